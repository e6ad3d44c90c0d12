import type { RgbImage } from '../../raster/raster.ts';
import { classifyPatches } from '../features/classify-patches.ts';
import type { SubjectMask } from '../segmentation/outline-subject.ts';
import { groundConfidenceWeights } from './confidence-weights.ts';
import { cutOnPlainGround } from './cut-on-plain-ground.ts';

/** Not 1: what is enclosed may be a hole or white. */
const confidenceMax = 0.98;

/**
 * The subject of a picture on plain ground by `cutOnPlainGround`, with the probability that it is good (an IoU of 0.92 or more)
 * by its two signs; null where the ground is not plain or nothing stands on it.
 */
export function findOnPlainGround(picture: RgbImage): SubjectMask | null {
  const cut = cutOnPlainGround(picture);
  if (cut === null) return null;
  const values = Float32Array.of(cut.clearness, cut.evenness);
  const [chance = 0] = classifyPatches(groundConfidenceWeights, { count: 1, values });
  const mask = { width: picture.width, height: picture.height, data: Float32Array.from(cut.mask) };
  return { mask, confidence: Math.min(confidenceMax, chance) };
}
