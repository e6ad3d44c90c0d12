import { stat } from 'node:fs/promises';
import { invalidMedia, noRoomForVideo } from '../../errors.ts';
import { DecodeError, decodedShareMin, type FrameRequest, type VideoDecoder } from '../../video/decoder.ts';
import { planFrames } from '../../video/plan-frames.ts';
import { countFrameBytes, type Frame, viewFrame } from '../frame/yuv-raster.ts';
import { frameRate, type ScriptClip } from '../script.ts';

interface Size {
  width: number;
  height: number;
}

/**
 * The frames of a clip at 24 a second, upright, cut in the middle to the shape of `size` (even numbers) and scaled to
 * it. Each is valid until the next is asked for, the last one for good; all lie in `memory` where it's given. Throws
 * `invalid_parameters` where the clip is damaged.
 */
export async function* readClip(
  decoder: VideoDecoder,
  clip: ScriptClip,
  size: Size,
  memory?: Uint8Array,
): AsyncGenerator<Frame> {
  let count = 0;
  try {
    for await (const data of decoder.frames({ ...planRequest(clip, size), memory })) {
      yield viewFrame(data, size.width, size.height);
      count += 1;
    }
  } catch (error) {
    throw describeDamage(error, clip, count);
  }
  refuseShort(clip, count);
}

/** Writes the frames that {@link readClip} reads into a new file. Throws as it does, and `resource_exhausted` on a full disk. */
export async function storeClip(decoder: VideoDecoder, clip: ScriptClip, size: Size, path: string): Promise<void> {
  const countStored = async () =>
    Math.floor((await stat(path).catch(() => ({ size: 0 }))).size / countFrameBytes(size.width, size.height));
  try {
    await decoder.store(planRequest(clip, size), path);
  } catch (error) {
    if (error instanceof DecodeError && isFull.test(error.message)) throw noRoomForVideo(error.message);
    throw describeDamage(error, clip, await countStored());
  }
  refuseShort(clip, await countStored());
}

const isFull = /no space left|ENOSPC|disk quota/i;

/** Frames that a whole clip gives. */
export function countExpected({ header }: ScriptClip): number {
  return planFrames(header, Math.max(header.width_px, header.height_px), frameRate).expectedCount;
}

function planRequest({ header, path }: ScriptClip, size: Size): FrameRequest {
  const scale = Math.max(size.width / header.width_px, size.height / header.height_px);
  const covering = {
    width: Math.max(size.width, Math.round((header.width_px * scale) / 2) * 2),
    height: Math.max(size.height, Math.round((header.height_px * scale) / 2) * 2),
  };
  const plan = planFrames(header, Math.max(covering.width, covering.height), frameRate);
  const fit = `scale=${covering.width}:${covering.height}:flags=bicubic,crop=${size.width}:${size.height}`;
  const filter = [plan.filter, fit].join(',');
  const asked = { path, format: header.format, track: header.track, frameCount: header.frame_count, filter, ...size };
  return { ...asked, threadCount: Math.max(header.width_px, header.height_px) > alonePx ? undefined : 1 };
}

/** Long side up to which one thread decodes a clip in time: what several have to tell each other is a tenth of the work. */
const alonePx = 1920;

function describeDamage(error: unknown, { param }: ScriptClip, count: number): unknown {
  if (!(error instanceof DecodeError)) return error;
  const rule = count === 0 ? 'none of its frames can be decoded' : 'not all of its frames can be decoded';
  return invalidMedia(param, `is damaged: ${rule}`, error.message);
}

function refuseShort(clip: ScriptClip, count: number): void {
  if (count >= Math.floor(decodedShareMin * countExpected(clip))) return;
  const rule = `only ${count / frameRate} of ${clip.header.duration_seconds} s can be decoded`;
  throw invalidMedia(clip.param, `is damaged or cut off: ${rule}`);
}
