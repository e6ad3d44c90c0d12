import type { Judge } from './judge-patches.ts';

/** Fuses the likenesses of two looks. Written by bench/same-subject.ts over all pairs; never by hand. */
export const sameSubjectJudge: Judge = {
  bias: -6.9002,
  weights: [
    1.0551, // colours
    4.6001, // cells
    1.3139, // cells_under_other_light
    53.867, // marks
  ],
};
