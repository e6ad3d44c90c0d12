import type { LogisticModel } from '../features/classify-patches.ts';

/** Weighs the signs of a subject on plain ground. Written by bench/fit-confidence.ts; never by hand. */
export const groundConfidenceWeights: LogisticModel = {
  bias: -81.9585,
  weights: [
    10.7439, // clearness
    75.4149, // evenness
  ],
};
