import type { Judge } from './judge-patches.ts';

/** Weighs the clues of a picture and its siblings. Written by bench/fit-judges.ts; never by hand. */
export const firstJudge: Judge = {
  bias: -2.1515,
  weights: [
    3.0514, // way_from_edge
    1.8231, // way_from_upper_edges
    -0.8367, // own_against_edge_look
    0.6459, // own_against_upper_edge_look
    -3.0516, // off_centre
    -2.3065, // off_centre_of_width
    2.0278, // height
    2.1938, // near_edge
    -0.2987, // contrast
    -0.1535, // detail
    -0.1536, // detail_relative
    0.131, // chroma_relative
    0.4867, // recurs
    0.2459, // recurs_least
    -0.4086, // recurs_against_here
    0.7154, // edge_look_elsewhere
    -0.7129, // look_scatter
    -5.6396, // look_off_centre
    0.0522, // lightness_relative
    0.1987, // contrast_recurs
    0.3802, // centre_recurs
    3.6358, // nearest_side
    5.9839, // second_side
    1.9195, // third_side
    -0.7007, // farthest_side
  ],
};

/** Weighs the same clues and those drawn from the first opinion. Written by bench/fit-judges.ts. */
export const secondJudge: Judge = {
  bias: -1.509,
  weights: [
    3.2741, // way_from_edge
    1.5575, // way_from_upper_edges
    -0.7557, // own_against_edge_look
    0.542, // own_against_upper_edge_look
    3.796, // off_centre
    -3.2275, // off_centre_of_width
    1.094, // height
    -0.0501, // near_edge
    -0.4214, // contrast
    0.0107, // detail
    -0.274, // detail_relative
    -0.019, // chroma_relative
    0.6874, // recurs
    -0.0238, // recurs_least
    -0.0927, // recurs_against_here
    0.0292, // edge_look_elsewhere
    0.8699, // look_scatter
    -7.4006, // look_off_centre
    0.0701, // lightness_relative
    0.143, // contrast_recurs
    0.1984, // centre_recurs
    4.6132, // nearest_side
    6.9538, // second_side
    0.9956, // third_side
    -0.9238, // farthest_side
    -0.7493, // before
    3.9055, // before_around
    0.1036, // own_models
    0.5419, // others_models
    -0.0591, // others_against_here
    -0.4126, // off_subject_centre
    -1.8328, // off_subject_spread
    -2.8002, // way_from_subject
    0.0039, // way_from_ground
  ],
};
