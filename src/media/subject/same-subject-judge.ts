import type { Judge } from './judge-patches.ts';

/** Fuses the likenesses of two looks. Written by bench/same-subject.ts over all pairs; never by hand. */
export const sameSubjectJudge: Judge = {
  bias: -6.7919,
  weights: [
    1.062, // colours
    4.7435, // cells
    1.1684, // cells_under_other_light
    50.0872, // marks
  ],
};
