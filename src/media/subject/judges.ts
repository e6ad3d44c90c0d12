import type { Judge } from './judge-patches.ts';

/** Weighs the clues of a picture and its siblings. Written by bench/fit-judges.ts; never by hand. */
export const firstJudge: Judge = {
  bias: 3.3472,
  weights: [
    2.639, // way_from_edge
    2.3781, // way_from_upper_edges
    -0.3191, // own_against_edge_look
    0.5611, // own_against_upper_edge_look
    -6.073, // off_centre
    -2.0193, // off_centre_of_width
    1.9579, // height
    2.4198, // near_edge
    -0.3455, // contrast
    -0.2726, // detail
    0.181, // detail_relative
    0.2312, // chroma_relative
    0.0716, // recurs
    0.2511, // recurs_least
    0.1491, // recurs_against_here
    0.7564, // edge_look_elsewhere
    -1.4632, // look_scatter
    -7.5526, // look_off_centre
    0.0941, // lightness_relative
    0.0654, // contrast_recurs
    0.3337, // centre_recurs
  ],
};

/** Weighs the same clues and those drawn from the first opinion. Written by bench/fit-judges.ts. */
export const secondJudge: Judge = {
  bias: 3.7322,
  weights: [
    1.9032, // way_from_edge
    1.6322, // way_from_upper_edges
    -0.1769, // own_against_edge_look
    0.2167, // own_against_upper_edge_look
    0.0064, // off_centre
    -1.8034, // off_centre_of_width
    0.6358, // height
    -0.9951, // near_edge
    -0.516, // contrast
    -0.1051, // detail
    0.0237, // detail_relative
    0.0826, // chroma_relative
    0.1898, // recurs
    -0.0174, // recurs_least
    0.1498, // recurs_against_here
    -0.1747, // edge_look_elsewhere
    0.3735, // look_scatter
    -5.8449, // look_off_centre
    0.0621, // lightness_relative
    -0.014, // contrast_recurs
    0.1691, // centre_recurs
    -0.3383, // before
    3.2181, // before_around
    0.0482, // own_models
    0.3329, // others_models
    0.1897, // others_against_here
    -1.7998, // off_subject_centre
    -1.3908, // off_subject_spread
    -2.1977, // way_from_subject
    0.0736, // way_from_ground
  ],
};
