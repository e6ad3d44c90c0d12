import type { Plane } from '../../raster/raster.ts';
import { type GuideOptions, rules, type SubjectMask } from '../../subject/index.ts';
import type { View } from '../view.ts';

/**
 * Whether a view needs no further opinion of where its subject is: it has a matte, and not an unsure one of a plain ground. What has
 * lost parts to the ground's own color is found better, if at all, by other means.
 */
export function isSettled({ matte, isOnPlainGround }: View): boolean {
  return matte !== undefined && !(isOnPlainGround && matte.confidence < rules.matte_unsure);
}

/** Puts `matte` in its place where there is none, or an unsure one of a plain ground that it is surer than. */
export function settleMatte(view: View, matte: SubjectMask): void {
  if (view.matte !== undefined && matte.confidence <= view.matte.confidence) return;
  view.matte = matte;
  delete view.isOnPlainGround;
  delete view.matteGuide;
  if (view.modelMatte === undefined) return;
  const guide = guideMatte(matte.mask);
  // Without `small`, which has fewer pixels than such a filter is solved at.
  if (guide.solvePx !== undefined) view.matteGuide = guide;
}

/** Side at which the guided filter is solved by default; a finer matte keeps its detail only at its own. */
const usualGuidePx = 448;

/** How a model's matte is led along edges: where it is finer than the filter's usual size, at its own. */
export function guideMatte({ width, height }: Plane): Partial<GuideOptions> {
  const side = Math.max(width, height);
  return side > usualGuidePx ? { solvePx: side } : {};
}
