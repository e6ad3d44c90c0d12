import { rules, type SubjectMask } from '../../subject/index.ts';
import type { View } from '../view.ts';

/**
 * Whether a view needs no further opinion of where its subject is: it has a matte, and not an unsure one of a plain ground. What has
 * lost parts to the ground's own color is found better, if at all, by other means.
 */
export function isSettled({ matte, isOnPlainGround }: View): boolean {
  return matte !== undefined && !(isOnPlainGround && matte.confidence < rules.matte_unsure);
}

/** Puts `matte` in the place of an unsure one of a plain ground, where it is surer. */
export function settleMatte(view: View, matte: SubjectMask): void {
  if (matte.confidence <= (view.matte?.confidence ?? 0)) return;
  view.matte = matte;
  delete view.isOnPlainGround;
  delete view.matteGuide;
}
