import type { Judge } from './judge-patches.ts';

/** Weighs the signs of a cut. Written by bench/fit-judges.ts on the subjects to tune on alone; never by hand. */
export const confidenceJudge: Judge = {
  bias: -13.7902,
  weights: [
    5.5101, // overlap
    2.4546, // stability
    8.8389, // agreement
  ],
};
