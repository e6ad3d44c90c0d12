import { toLabImage } from '../../raster/lab-image.ts';
import type { Plane, RgbImage } from '../../raster/raster.ts';

export interface Motion {
  /** For each frame how far each pixel differs from the still ground, 0 (ground) to 1 (moved). */
  readonly moved: readonly Plane[];
  /** Share of the picture that stays the same over all frames, 0…1. Below about 0.3 the camera moves: no hint then. */
  readonly still_share: number;
}

/** Lab distance from the ground at which a pixel has clearly moved; chosen, not yet measured on clips. */
const clear = 15;
const quiet = 6;

/**
 * What moved between the frames of one scene (3 or more, equal sizes): each pixel against its median over the frames,
 * which is the ground wherever the subject stays less than half the time.
 */
export function measureMotion(frames: readonly RgbImage[]): Motion {
  const [first] = frames;
  if (!first || frames.length < 3) throw new RangeError('motion needs at least three frames');
  const labs = frames.map(toLabImage);
  const size = first.width * first.height;
  const moved = frames.map(() => ({ width: first.width, height: first.height, data: new Float32Array(size) }));
  const column = new Float32Array(frames.length);
  const median = (pick: (frame: number) => number) => {
    for (let frame = 0; frame < column.length; frame++) column[frame] = pick(frame);
    column.sort();
    return column[column.length >> 1] as number;
  };
  let still = 0;
  for (let pixel = 0; pixel < size; pixel++) {
    const l = median((frame) => labs[frame]?.l[pixel] as number);
    const a = median((frame) => labs[frame]?.a[pixel] as number);
    const b = median((frame) => labs[frame]?.b[pixel] as number);
    let most = 0;
    for (const [frame, lab] of labs.entries()) {
      const distance = Math.hypot(
        (lab.l[pixel] as number) - l,
        (lab.a[pixel] as number) - a,
        (lab.b[pixel] as number) - b,
      );
      (moved[frame] as Plane).data[pixel] = Math.min(1, Math.max(0, (distance - quiet) / (clear - quiet)));
      most = Math.max(most, distance);
    }
    if (most < quiet) still++;
  }
  return { moved, still_share: Math.round((still / size) * 1000) / 1000 };
}
