import type { LogisticModel } from '../features/classify-patches.ts';

/** Weighs the signs of a person that the networks drew. Written by bench/fit-person-confidence.ts; never by hand. */
export const personConfidenceWeights: LogisticModel = {
  bias: -6.9781,
  weights: [
    1.6893, // log-odds of the agreement
    -0.5574, // log of what both looks dispute
  ],
};
