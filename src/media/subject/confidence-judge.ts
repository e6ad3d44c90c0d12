import type { Judge } from './judge-patches.ts';

/** Weighs the signs of a cut. Written by bench/fit-judges.ts on the subjects to tune on alone; never by hand. */
export const confidenceJudge: Judge = {
  bias: -14.0362,
  weights: [
    5.5269, // overlap
    2.4291, // stability
    9.1422, // agreement
  ],
};
