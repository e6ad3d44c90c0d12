import type { LogisticModel } from '../features/classify-patches.ts';

/** Weighs the signs of a cut. Written by bench/fit-logistic-weights.ts; never by hand. */
export const confidenceWeights: LogisticModel = {
  bias: -21.7315,
  weights: [
    8.5667, // overlap
    2.7064, // stability
    13.5408, // agreement
  ],
};
