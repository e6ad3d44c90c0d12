import type { Judge } from './judge-patches.ts';

/** Weighs the signs of a cut. Written by bench/fit-judges.ts on the subjects to tune on alone; never by hand. */
export const confidenceJudge: Judge = {
  bias: -13.7131,
  weights: [
    9.5542, // overlap
    2.9649, // stability
    4.6058, // agreement
  ],
};
