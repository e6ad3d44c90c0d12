import type { Judge } from './judge-patches.ts';

/** Fuses the likenesses of two looks. Written by bench/same-subject.ts over all pairs; never by hand. */
export const sameSubjectJudge: Judge = {
  bias: -23.9627,
  weights: [
    3.4383, // colours
    0.4973, // chroma
    16.2245, // texture
    -1.9848, // cells_mean
    5.3524, // cells_least
    2.3539, // cells_plain
    -0.8453, // blocks
    -4.0694, // marks
    41.0261, // marks_share
    2.4348, // shape
  ],
};
