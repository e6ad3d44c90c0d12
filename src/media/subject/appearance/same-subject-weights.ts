import type { LogisticModel } from '../features/classify-patches.ts';

/** Fuses the likenesses of two looks. Written by bench/same-subject.ts over all pairs; never by hand. */
export const sameSubjectWeights: LogisticModel = {
  bias: -6.791,
  weights: [
    0.7798, // colors
    4.5406, // cells
    1.2476, // cells_under_other_light
    57.7284, // marks
  ],
};
