import { computePerceptualHash } from '../../subject/index.ts';
import type { View } from '../view.ts';

export function hashPicture(view: View): void {
  view.perceptualHash = computePerceptualHash(view.small);
}
