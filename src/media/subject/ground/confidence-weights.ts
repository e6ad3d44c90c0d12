import type { LogisticModel } from '../features/classify-patches.ts';

/** Weighs the signs of a subject on plain ground. Fitted on 542 cuts of photos with known masks (0020); bench/fit-confidence.ts writes it anew. */
export const groundConfidenceWeights: LogisticModel = {
  bias: -129.48,
  weights: [
    13.03, // clearness
    121.53, // evenness
  ],
};
