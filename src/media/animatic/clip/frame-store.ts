import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isOutOfRoom } from '../../../lib/is-out-of-room.ts';
import { noRoomForVideo } from '../../errors.ts';
import { countFrameBytes } from '../frame/yuv-raster.ts';
import type { ClipFrames } from './clip.ts';

/** Decoded frames in a file of the work folder, one behind the other. */
export interface FrameStore {
  readonly path: string;
  /** Writes a new one. Throws `resource_exhausted` on a full disk. */
  create(): { append(frame: Uint8Array): void; close(): void };
  /** Fills `part` with the beginning of each frame in turn. */
  list(part: Uint8Array): Generator<undefined>;
  /** The file is gone when they are closed. */
  open(): ClipFrames;
}

/**
 * The file has just been written, so that it is read from memory: to let a thread read each frame and to wait for it would cost more
 * than that.
 */
export function createFrameStore(workFolder: string, size: { width: number; height: number }): FrameStore {
  const path = join(workFolder, 'clip.yuv');
  const frameBytes = countFrameBytes(size.width, size.height);
  return {
    path,
    create() {
      const file = openSync(path, 'w');
      return { append: (frame) => writeAll(file, frame), close: () => closeSync(file) };
    },
    *list(part) {
      const file = openSync(path, 'r');
      try {
        for (let at = 0; readSync(file, part, 0, part.length, at) === part.length; at += frameBytes) yield;
      } finally {
        closeSync(file);
      }
    },
    open() {
      const file = openSync(path, 'r');
      let next = 0;
      return {
        async write(into) {
          if (readSync(file, into, 0, frameBytes, next) === frameBytes) next += frameBytes;
          else if (next > 0) readSync(file, into, 0, frameBytes, next - frameBytes);
        },
        finish: () => Promise.resolve(),
        async close() {
          closeSync(file);
          // a clip that is longer than the video isn't read to its end
          await rm(path, { force: true });
        },
      };
    },
  };
}

function writeAll(file: number, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  } catch (error) {
    throw isOutOfRoom(error) ? noRoomForVideo((error as Error).message) : error;
  }
}
