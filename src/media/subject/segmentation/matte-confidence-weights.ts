import type { LogisticModel } from '../features/classify-patches.ts';

/** Weighs the signs of a cut that a matting model had a say in. Written by bench/fit-logistic-weights.ts; never by hand. */
export const matteConfidenceWeights: LogisticModel = {
  bias: -29.9843,
  weights: [
    6.5935, // overlap
    19.4555, // firmness
    8.8445, // likeness
  ],
};
