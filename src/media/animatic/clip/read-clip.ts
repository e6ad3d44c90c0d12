import { invalidMedia } from '../../errors.ts';
import { DecodeError, decodedShareMin, type VideoDecoder } from '../../video/decoder.ts';
import { planFrames } from '../../video/plan-frames.ts';
import { type Frame, viewFrame } from '../frame/yuv-raster.ts';
import { frameRate, type ScriptClip } from '../script.ts';

/** The decoder does it in a table of 256 values; in ours it took a quarter of the time of a frame. */
const subdue = "lutyuv=y='24+0.62*max(val-16,0)':u='128.5+0.3*(val-128)':v='128.5+0.3*(val-128)'";

/**
 * The frames of a clip at 24 a second, upright, cut in the middle to the shape of `size` (even numbers) and scaled to
 * it. Each is valid until the next is asked for; behind the last one there are no more. Throws `invalid_parameters`
 * where the clip is damaged. `isSubdued` takes light and most of the color out of them, so that a figure before them
 * stands out.
 */
export async function* readClip(
  decoder: VideoDecoder,
  clip: ScriptClip,
  size: { width: number; height: number },
  isSubdued = false,
): AsyncGenerator<Frame> {
  const { header, param, path } = clip;
  const scale = Math.max(size.width / header.width_px, size.height / header.height_px);
  const covering = {
    width: Math.max(size.width, Math.round((header.width_px * scale) / 2) * 2),
    height: Math.max(size.height, Math.round((header.height_px * scale) / 2) * 2),
  };
  const plan = planFrames(header, Math.max(covering.width, covering.height), frameRate);
  const fit = `scale=${covering.width}:${covering.height}:flags=bicubic,crop=${size.width}:${size.height}`;
  const filter = [plan.filter, fit, ...(isSubdued ? [subdue] : [])].join(',');
  const request = { path, format: header.format, track: header.track, frameCount: header.frame_count, filter, ...size };
  let count = 0;
  try {
    for await (const data of decoder.frames(request)) {
      yield viewFrame(data, size.width, size.height);
      count += 1;
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const rule = count === 0 ? 'none of its frames can be decoded' : 'not all of its frames can be decoded';
    throw invalidMedia(param, `is damaged: ${rule}`, error.message);
  }
  if (count < Math.floor(decodedShareMin * plan.expectedCount)) {
    const rule = `only ${count / frameRate} of ${header.duration_seconds} s can be decoded`;
    throw invalidMedia(param, `is damaged or cut off: ${rule}`);
  }
}
