import type { LogisticModel } from '../features/classify-patches.ts';

/** Weighs the signs of a cut that a matting model had a say in. Written by bench/fit-logistic-weights.ts --model; never by hand. */
export const matteConfidenceWeights: LogisticModel = {
  bias: -29.3998,
  weights: [
    6.5154, // overlap
    15.7538, // firmness
    11.5127, // likeness
  ],
};
