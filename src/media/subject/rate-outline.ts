import { confidenceJudge } from './confidence-judge.ts';
import { cutPatches } from './cut-patches.ts';
import type { PatchFacts } from './describe-patches.ts';
import { judgePatches } from './judge-patches.ts';

/** The columns of `measureSigns`, in order. */
export const signNames = ['overlap', 'stability', 'agreement'] as const;

/** Nats that all chances are moved by, down and up, to see how much of the cut hangs on them. */
const NUDGE = 1;

/**
 * The chance 0…1 that the mask is good to the eye (IoU ≥ 0.92 with the true subject), from three signs without truth. Fitted
 * on masks of subjects that the judges had not seen (bench/fit-judges.ts); bench/matte.ts prints how it holds.
 */
export function rateOutline(
  picture: PatchFacts,
  chances: Float32Array,
  patchMask: Uint8Array,
  mask: Uint8Array,
): number {
  const values = measureSigns(picture, chances, patchMask, mask);
  return judgePatches(confidenceJudge, { count: 1, values })[0] as number;
}

/**
 * Three signs, each 0…1 and the higher the better: the expected IoU by the chances themselves; the IoU of the cuts over
 * patches with all chances nudged down and up; the IoU of the first cut over patches with the final mask of pixels.
 */
export function measureSigns(
  picture: PatchFacts,
  chances: Float32Array,
  patchMask: Uint8Array,
  mask: Uint8Array,
): Float32Array {
  return Float32Array.of(
    expectOverlap(picture, chances, mask),
    measureStability(picture, chances),
    compareMasks(picture, patchMask, mask),
  );
}

/** Expected intersection over expected union of the mask with a subject of these chances. */
function expectOverlap({ patches: { labels } }: PatchFacts, chances: Float32Array, mask: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const chance = chances[labels[pixel] as number] as number;
    if (mask[pixel]) both += chance;
    either += mask[pixel] ? 1 : chance;
  }
  return either > 0 ? both / either : 0;
}

function measureStability(picture: PatchFacts, chances: Float32Array): number {
  const { area } = picture.patches;
  const narrow = cutPatches(picture, nudge(chances, -NUDGE));
  const wide = cutPatches(picture, nudge(chances, NUDGE));
  let both = 0;
  let either = 0;
  for (let patch = 0; patch < area.length; patch++) {
    if (narrow[patch] && wide[patch]) both += area[patch] as number;
    if (narrow[patch] || wide[patch]) either += area[patch] as number;
  }
  return either > 0 ? both / either : 0;
}

function nudge(chances: Float32Array, nats: number): Float32Array {
  return chances.map((chance) => {
    const kept = Math.min(0.98, Math.max(0.02, chance));
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
