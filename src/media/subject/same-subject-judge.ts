import type { Judge } from './judge-patches.ts';

/** Fuses the likenesses of two looks. Written by bench/same-subject.ts over all pairs; never by hand. */
export const sameSubjectJudge: Judge = {
  bias: -22.948,
  weights: [
    2.052, // colours
    -0.2895, // chroma
    13.8862, // texture
    -2.0076, // cells_mean
    6.1772, // cells_least
    3.7787, // cells_plain
    -0.9326, // blocks
    -0.0598, // marks
    43.4396, // marks_share
    1.2017, // shape
  ],
};
