import type { Judge } from './judge-patches.ts';

/** Weighs the signs of a cut. Written by bench/fit-judges.ts; never by hand. */
export const confidenceJudge: Judge = {
  bias: -21.7315,
  weights: [
    8.5667, // overlap
    2.7064, // stability
    13.5408, // agreement
  ],
};
