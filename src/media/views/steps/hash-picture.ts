import { computePerceptualHash } from '../../subject/index.ts';
import type { View } from '../view.ts';

/** By this hash copies are found. */
export function hashPicture(view: View): void {
  view.perceptualHash = computePerceptualHash(view.small);
}
