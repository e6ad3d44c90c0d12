import type { LogisticModel } from '../features/classify-patches.ts';

/** Weighs the sign of a person that the networks drew. Written by bench/fit-person-confidence.ts; never by hand. */
export const personConfidenceWeights: LogisticModel = {
  bias: -4.7876,
  weights: [
    2.0587, // log-odds of the agreement
  ],
};
