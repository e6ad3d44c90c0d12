import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaSettings } from '../../config.ts';
import { findDecoder } from '../../video/find-decoder.ts';
import { countFrameBytes, type Frame, viewFrame } from '../frame/yuv-raster.ts';
import type { AnimaticScript } from '../script.ts';
import { countExpected, readClip, storeClip } from './read-clip.ts';
import { chooseSmallSize, shrinkLuma } from './shrink-luma.ts';

/** A clip's frames, as large as the video; both may throw as `readClip` does. */
export interface Clip {
  /** Once, and behind {@link Clip.readSmall}. */
  read(): AsyncGenerator<Frame>;
  /** The luma of each, of the size that `track-motion.ts` looks at; valid until the next is asked for. */
  readSmall(): AsyncGenerator<Uint8Array>;
}

/** Bytes of decoded frames that the work folder may hold: 12 s at 720p. */
const storedBytesMax = 400e6;

/**
 * The clip of a script; null where there is none. It is decoded once, into a file of the work folder, where that isn't too
 * large: to decode a clip again for its motion, and to take its frames from a pipe, cost as much as all that is drawn.
 * Throws `invalid_parameters` where it is damaged, `resource_exhausted` on a full disk, `service_error` without a decoder.
 */
export async function openClip(
  { clip }: AnimaticScript,
  size: { width: number; height: number },
  workFolder: string,
  settings: MediaSettings,
): Promise<Clip | null> {
  if (clip === null) return null;
  const decoder = await findDecoder(settings.ffmpeg, clip.param);
  const small = chooseSmallSize(size);
  if (countExpected(clip) * countFrameBytes(size.width, size.height) > storedBytesMax) {
    return {
      read: () => readClip(decoder, clip, size),
      async *readSmall() {
        for await (const { y } of readClip(decoder, clip, small)) yield y;
      },
    };
  }
  const path = join(workFolder, 'clip.yuv');
  await storeClip(decoder, clip, size, path);
  return {
    async *read() {
      try {
        yield* readStored(path, size);
      } finally {
        // a clip that is longer than the video isn't read to its end
        await rm(path, { force: true });
      }
    },
    async *readSmall() {
      for await (const { y } of readStored(path, size, 'luma')) yield shrinkLuma(y, size, small);
    },
  };
}

/** `part` is what is read of a frame; the rest is nothing. */
async function* readStored(
  path: string,
  { width, height }: { width: number; height: number },
  part: 'luma' | 'all' = 'all',
): AsyncGenerator<Frame> {
  const frame = viewFrame(new Uint8Array(countFrameBytes(width, height)), width, height);
  const wanted = part === 'luma' ? frame.y : frame.data;
  const file = await open(path);
  try {
    for (let at = 0; ; at += frame.data.length) {
      if ((await file.read(wanted, 0, wanted.length, at)).bytesRead < wanted.length) break;
      yield frame;
    }
  } finally {
    await file.close();
  }
}
