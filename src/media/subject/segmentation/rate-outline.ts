import { classifyPatches } from '../features/classify-patches.ts';
import type { PatchFacts } from '../features/describe-patches.ts';
import { confidenceWeights } from './confidence-weights.ts';
import { labelPatches } from './label-patches.ts';
import { matteConfidenceWeights } from './matte-confidence-weights.ts';

/** The columns of `measureSigns`, in order. */
export const signNames = ['overlap', 'stability', 'agreement'] as const;

/** Nats that all probabilities are moved by, down and up, to see how much of the cut hangs on them. */
const nudgeNats = 1;

/**
 * The probability 0…1 that the mask is good to the eye (IoU ≥ 0.92 with the true subject), from three signs without truth. Fitted
 * on masks of subjects that the models had not seen (bench/fit-logistic-weights.ts); bench/matte.ts prints how it holds.
 */
export function rateOutline(
  picture: PatchFacts,
  probabilities: Float32Array,
  patchMask: Uint8Array,
  mask: Uint8Array,
): number {
  const values = measureSigns(picture, probabilities, patchMask, mask);
  return classifyPatches(confidenceWeights, { count: 1, values })[0] as number;
}

/**
 * Three signs, each 0…1 and the higher the better: the expected IoU by the probabilities themselves; the IoU of the cuts over
 * patches with all probabilities nudged down and up; the IoU of the first cut over patches with the final mask of pixels.
 */
export function measureSigns(
  picture: PatchFacts,
  probabilities: Float32Array,
  patchMask: Uint8Array,
  mask: Uint8Array,
): Float32Array {
  return Float32Array.of(
    expectOverlap(picture, probabilities, mask),
    measureStability(picture, probabilities),
    compareMasks(picture, patchMask, mask),
  );
}

/** The columns of `measureMatteSigns`, in order. */
export const matteSignNames = ['overlap', 'firmness', 'likeness'] as const;

/** As `rateOutline`, of a mask that a matting model had a say in; `matte` 0…1 is the model's, as large as the mask. */
export function rateWithMatte(
  picture: PatchFacts,
  probabilities: Float32Array,
  mask: Uint8Array,
  matte: Float32Array,
): number {
  const values = measureMatteSigns(picture, probabilities, mask, matte);
  return classifyPatches(matteConfidenceWeights, { count: 1, values })[0] as number;
}

/**
 * Three signs, each 0…1 and the higher the better: the expected IoU by the probabilities, which the model had no say in; the matte's expected IoU
 * with its own inside; the IoU of that with the mask.
 */
export function measureMatteSigns(
  picture: PatchFacts,
  probabilities: Float32Array,
  mask: Uint8Array,
  matte: Float32Array,
): Float32Array {
  let [sure, all, both, either] = [0, 0, 0, 0];
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const chance = matte[pixel] as number;
    const isInside = chance >= 0.5;
    if (isInside) sure += chance;
    all += isInside ? 1 : chance;
    if (isInside && mask[pixel]) both++;
    if (isInside || mask[pixel]) either++;
  }
  return Float32Array.of(
    expectOverlap(picture, probabilities, mask),
    all > 0 ? sure / all : 0,
    either > 0 ? both / either : 0,
  );
}

/** Expected intersection over expected union of the mask with a subject of these probabilities. */
function expectOverlap({ patches: { labels } }: PatchFacts, probabilities: Float32Array, mask: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const probability = probabilities[labels[pixel] as number] as number;
    if (mask[pixel]) both += probability;
    either += mask[pixel] ? 1 : probability;
  }
  return either > 0 ? both / either : 0;
}

function measureStability(picture: PatchFacts, probabilities: Float32Array): number {
  const { area } = picture.patches;
  const narrow = labelPatches(picture, nudge(probabilities, -nudgeNats));
  const wide = labelPatches(picture, nudge(probabilities, nudgeNats));
  let both = 0;
  let either = 0;
  for (let patch = 0; patch < area.length; patch++) {
    if (narrow[patch] && wide[patch]) both += area[patch] as number;
    if (narrow[patch] || wide[patch]) either += area[patch] as number;
  }
  return either > 0 ? both / either : 0;
}

function nudge(probabilities: Float32Array, nats: number): Float32Array {
  return probabilities.map((probability) => {
    const kept = Math.min(0.98, Math.max(0.02, probability));
    return 1 / (1 + ((1 - kept) / kept) * Math.exp(-nats));
  });
}

function compareMasks({ patches: { labels } }: PatchFacts, patchMask: Uint8Array, mask: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const rough = patchMask[labels[pixel] as number];
    if (mask[pixel] && rough) both++;
    if (mask[pixel] || rough) either++;
  }
  return either > 0 ? both / either : 0;
}
