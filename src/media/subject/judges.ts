import type { Judge } from './judge-patches.ts';

/** Weighs the clues of a picture and its siblings. Written by bench/fit-judges.ts; never by hand. */
export const firstJudge: Judge = {
  bias: 3.1247,
  weights: [
    2.6061, // way_from_edge
    2.3688, // way_from_upper_edges
    -0.2885, // own_against_edge_look
    0.5691, // own_against_upper_edge_look
    -6.0968, // off_centre
    -2.1296, // off_centre_of_width
    1.8912, // height
    2.3135, // near_edge
    -0.3541, // contrast
    -0.2657, // detail
    0.1732, // detail_relative
    0.2351, // chroma_relative
    0.0608, // recurs
    0.233, // recurs_least
    0.1883, // recurs_against_here
    0.7517, // edge_look_elsewhere
    -1.2633, // look_scatter
    -7.2029, // look_off_centre
    0.0932, // lightness_relative
    0.0705, // contrast_recurs
    0.3288, // centre_recurs
  ],
};

/** Weighs the same clues and those drawn from the first opinion. Written by bench/fit-judges.ts. */
export const secondJudge: Judge = {
  bias: 3.5198,
  weights: [
    1.8874, // way_from_edge
    1.507, // way_from_upper_edges
    -0.1581, // own_against_edge_look
    0.2245, // own_against_upper_edge_look
    0.1483, // off_centre
    -1.8423, // off_centre_of_width
    0.5105, // height
    -1.069, // near_edge
    -0.5162, // contrast
    -0.0877, // detail
    -0.0102, // detail_relative
    0.0547, // chroma_relative
    0.1605, // recurs
    -0.0272, // recurs_least
    0.1839, // recurs_against_here
    -0.1944, // edge_look_elsewhere
    0.674, // look_scatter
    -5.6832, // look_off_centre
    0.0331, // lightness_relative
    -0.0094, // contrast_recurs
    0.1729, // centre_recurs
    -0.3282, // before
    3.1951, // before_around
    0.0513, // own_models
    0.3445, // others_models
    0.1781, // others_against_here
    -1.7779, // off_subject_centre
    -1.4061, // off_subject_spread
    -2.2383, // way_from_subject
    0.1732, // way_from_ground
  ],
};
