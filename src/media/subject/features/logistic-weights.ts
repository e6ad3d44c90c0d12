import type { LogisticModel } from './classify-patches.ts';

/** Weighs the features of a picture and its siblings. Written by bench/fit-logistic-weights.ts; never by hand. */
export const firstWeights: LogisticModel = {
  bias: -4.8949,
  weights: [
    3.4902, // way_from_edge
    1.1287, // way_from_upper_edges
    -0.1977, // own_against_edge_look
    0.33, // own_against_upper_edge_look
    -0.8752, // off_centre
    -6.3764, // off_centre_of_width
    2.3482, // height
    3.0037, // near_edge
    1.046, // contrast
    -0.564, // detail
    0.0999, // detail_relative
    -0.0518, // chroma_relative
    0.6087, // recurs
    0.0588, // recurs_least
    -0.1947, // recurs_against_here
    0.8535, // edge_look_elsewhere
    0.5184, // look_scatter
    -4.4049, // look_off_centre
    0.0827, // lightness_relative
    0.4171, // contrast_recurs
    0.003, // centre_recurs
    5.3732, // nearest_side
    6.985, // second_side
    6.3826, // third_side
    -4.5164, // farthest_side
  ],
};

/** Weighs the same features and those drawn from the first opinion. Written by bench/fit-logistic-weights.ts. */
export const laterWeights: LogisticModel = {
  bias: -5.4498,
  weights: [
    5.4801, // way_from_edge
    1.4089, // way_from_upper_edges
    -0.1453, // own_against_edge_look
    0.3194, // own_against_upper_edge_look
    8.949, // off_centre
    -9.4837, // off_centre_of_width
    1.8558, // height
    2.1319, // near_edge
    0.923, // contrast
    -0.3295, // detail
    -0.1561, // detail_relative
    -0.1361, // chroma_relative
    1.0319, // recurs
    -0.1769, // recurs_least
    -0.006, // recurs_against_here
    0.4005, // edge_look_elsewhere
    1.9491, // look_scatter
    -6.8867, // look_off_centre
    0.1074, // lightness_relative
    0.3708, // contrast_recurs
    -0.164, // centre_recurs
    7.7575, // nearest_side
    9.224, // second_side
    7.3247, // third_side
    -5.6335, // farthest_side
    -0.8927, // before
    3.3291, // before_around
    0.1036, // own_models
    0.5286, // others_models
    -0.0697, // others_against_here
    -1.2012, // off_subject_centre
    -2.0512, // off_subject_spread
    -3.4237, // way_from_subject
    -2.0638, // way_from_ground
  ],
};
