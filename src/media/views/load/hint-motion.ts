import type { Plane } from '../../raster/raster.ts';
import { measureMotion } from '../../subject/index.ts';
import { shrinkToRgb } from '../../video/yuv-frame.ts';
import type { Candidate } from './frame-keeper.ts';

/** Less of the picture than this stays the same when the camera moves; then motion says nothing about the subject. */
const stillShareMin = 0.3;

/** Side at which the subject is looked for: finer would be thrown away. */
const motionSidePx = 256;

/**
 * What moved in each of the candidates over the still ground of its own scene; candidates of scenes with less than
 * three, or with a moving camera, are missing from the answer.
 */
export function hintMotion(
  candidates: readonly Candidate[],
  sceneOf: (candidate: Candidate) => number,
): Map<Candidate, Plane> {
  const moved = new Map<Candidate, Plane>();
  for (const scene of new Set(candidates.map(sceneOf))) {
    const own = candidates.filter((candidate) => sceneOf(candidate) === scene);
    if (own.length < 3) continue;
    const motion = measureMotion(own.map(({ frame }) => shrinkToRgb(frame, motionSidePx)));
    if (motion.still_share < stillShareMin) continue;
    for (const [at, candidate] of own.entries()) moved.set(candidate, motion.moved[at] as Plane);
  }
  return moved;
}
