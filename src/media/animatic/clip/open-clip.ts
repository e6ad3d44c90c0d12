import type { MediaSettings } from '../../config.ts';
import type { VideoDecoder } from '../../video/decoder.ts';
import { findDecoder } from '../../video/find-decoder.ts';
import { type EncoderSettings, findEncoder } from '../encode/find-encoder.ts';
import { countFrameBytes } from '../frame/yuv-raster.ts';
import type { AnimaticScript, ScriptClip } from '../script.ts';
import type { Clip, ClipFrames } from './clip.ts';
import { createFrameStore, type FrameStore } from './frame-store.ts';
import { countExpected, readClip, storeClip } from './read-clip.ts';
import { chooseSmallSize, createShrinker } from './shrink-luma.ts';

interface Size {
  width: number;
  height: number;
}

/** Bytes of decoded frames that the work folder may hold: 12 s at 720p. */
const storedBytesMax = 400e6;

/**
 * The clip of a script; null where there is none. It is decoded once where its frames aren't too many for a file of the work folder:
 * to decode a clip again for its motion costs as much as all that is drawn. A decoder that is a process of its own writes that file
 * itself, since to take frames from its pipe costs as much again; one of this process gives each frame as it is decoded.
 * Throws `invalid_parameters` where it is damaged, `resource_exhausted` on a full disk, `service_error` without a decoder.
 */
export async function openClip(
  { clip }: AnimaticScript,
  size: Size,
  workFolder: string,
  settings: MediaSettings & EncoderSettings,
): Promise<Clip | null> {
  if (clip === null) return null;
  const decoder = await chooseDecoder(clip, settings);
  const isSmall = countExpected(clip) * countFrameBytes(size.width, size.height) <= storedBytesMax;
  const store = isSmall ? createFrameStore(workFolder, size) : null;
  if (store === null || decoder.isInProcess) return stream(decoder, clip, size, store);
  await storeClip(decoder, clip, size, store.path);
  return { open: store.open, readSmall: () => shrinkStored(store, size) };
}

/** What encodes decodes as well, where it does both in this process and no setting names another. */
async function chooseDecoder({ param }: ScriptClip, settings: MediaSettings & EncoderSettings): Promise<VideoDecoder> {
  if (settings.ffmpeg !== undefined) return findDecoder(settings.ffmpeg, param);
  const { isInProcess } = await findEncoder(settings);
  return findDecoder(isInProcess ? 'node-av' : undefined, param);
}

/** Straight from the decoder. What was looked at in small is stored on the way, where there is room for it, and isn't decoded again. */
function stream(decoder: VideoDecoder, clip: ScriptClip, size: Size, store: FrameStore | null): Clip {
  let isStored = false;
  return {
    open: () => (isStored && store !== null ? store.open() : openStream(readClip(decoder, clip, size))),
    async *readSmall() {
      const { frame, shrink } = createShrinker(size, chooseSmallSize(size));
      const writing = store?.create();
      try {
        for await (const { data } of readClip(decoder, clip, size, frame)) {
          writing?.append(data);
          yield shrink();
        }
        isStored = store !== null;
      } finally {
        writing?.close();
      }
    },
  };
}

function openStream(frames: AsyncGenerator<{ data: Uint8Array }>): ClipFrames {
  let last: Uint8Array | undefined;
  let isOver = false;
  const ask = async () => {
    const { value, done } = isOver ? { value: undefined, done: true } : await frames.next();
    if (done) isOver = true;
    else last = value?.data;
  };
  return {
    async write(into) {
      await ask();
      if (last !== undefined) into.set(last);
    },
    async finish() {
      for (let at = 0; at < nearlyThrough && !isOver; at++) await ask();
    },
    close: async () => void (await frames.return(undefined)),
  };
}

/** Frames that may be left of a clip that is read to its end: a second. */
const nearlyThrough = 24;

async function* shrinkStored(store: FrameStore, size: Size): AsyncGenerator<Uint8Array> {
  const { frame, shrink } = createShrinker(size, chooseSmallSize(size));
  const luma = frame.subarray(0, size.width * size.height);
  for (const _ of store.list(luma)) yield shrink();
}
