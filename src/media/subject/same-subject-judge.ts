import type { Judge } from './judge-patches.ts';

/** Fuses the likenesses of two looks. Written by bench/same-subject.ts over all pairs; never by hand. */
export const sameSubjectJudge: Judge = {
  bias: -6.6388,
  weights: [
    0.6849, // colours
    4.7142, // cells
    1.3463, // cells_under_other_light
    49.7066, // marks
  ],
};
