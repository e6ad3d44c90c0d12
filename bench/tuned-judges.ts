import type { Judge } from '../src/media/subject/judge-patches.ts';

/** Weighs the clues of a picture and its siblings. Written by bench/fit-judges.ts; never by hand. */
export const firstJudge: Judge = {
  bias: -4.6786,
  weights: [
    2.8900, // way_from_edge
    1.4232, // way_from_upper_edges
    -0.1121, // own_against_edge_look
    0.3031, // own_against_upper_edge_look
    -1.6053, // off_centre
    -5.8504, // off_centre_of_width
    2.2066, // height
    2.8428, // near_edge
    0.5639, // contrast
    -0.5117, // detail
    0.0718, // detail_relative
    -0.0726, // chroma_relative
    0.4762, // recurs
    0.1121, // recurs_least
    -0.0687, // recurs_against_here
    0.8144, // edge_look_elsewhere
    0.7986, // look_scatter
    -4.0583, // look_off_centre
    0.0938, // lightness_relative
    0.3168, // contrast_recurs
    0.0159, // centre_recurs
    5.0444, // nearest_side
    6.1644, // second_side
    5.8108, // third_side
    -3.6643, // farthest_side
  ],
};

/** Weighs the same clues and those drawn from the first opinion. Written by bench/fit-judges.ts. */
export const secondJudge: Judge = {
  bias: -2.7019,
  weights: [
    3.1876, // way_from_edge
    1.0930, // way_from_upper_edges
    -0.1064, // own_against_edge_look
    0.1200, // own_against_upper_edge_look
    6.2147, // off_centre
    -4.7979, // off_centre_of_width
    0.7520, // height
    -0.2746, // near_edge
    0.5697, // contrast
    -0.0963, // detail
    -0.1788, // detail_relative
    -0.1560, // chroma_relative
    0.4148, // recurs
    -0.1272, // recurs_least
    0.0352, // recurs_against_here
    0.0261, // edge_look_elsewhere
    1.7096, // look_scatter
    -3.9297, // look_off_centre
    0.1101, // lightness_relative
    0.2266, // contrast_recurs
    -0.0507, // centre_recurs
    4.5212, // nearest_side
    4.6109, // second_side
    3.8605, // third_side
    -2.9256, // farthest_side
    -0.3098, // before
    2.8731, // before_around
    0.0812, // own_models
    0.4019, // others_models
    0.0228, // others_against_here
    -2.4949, // off_subject_centre
    -1.4968, // off_subject_spread
    -3.2328, // way_from_subject
    -1.7910, // way_from_ground
  ],
};
