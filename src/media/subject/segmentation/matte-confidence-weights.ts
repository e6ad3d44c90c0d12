import type { LogisticModel } from '../features/classify-patches.ts';

/** Weighs the signs of a cut that a matting model had a say in. Written by bench/fit-logistic-weights.ts; never by hand. */
export const matteConfidenceWeights: LogisticModel = {
  bias: -19.5769,
  weights: [
    8.3297, // overlap
    2.9655, // firmness
    12.5439, // likeness
  ],
};
