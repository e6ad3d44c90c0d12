import type { Judge } from './judge-patches.ts';

/** Weighs the clues of a picture and its siblings. Written by bench/fit-judges.ts; never by hand. */
export const firstJudge: Judge = {
  bias: -2.2574,
  weights: [
    2.5996, // way_from_edge
    2.0089, // way_from_upper_edges
    -0.4622, // own_against_edge_look
    0.5701, // own_against_upper_edge_look
    -3.0948, // off_centre
    -2.3818, // off_centre_of_width
    1.9474, // height
    2.3065, // near_edge
    -0.3633, // contrast
    -0.1403, // detail
    -0.1394, // detail_relative
    0.1212, // chroma_relative
    0.3872, // recurs
    0.2627, // recurs_least
    -0.1002, // recurs_against_here
    0.7627, // edge_look_elsewhere
    -0.6747, // look_scatter
    -5.0882, // look_off_centre
    0.0691, // lightness_relative
    0.177, // contrast_recurs
    0.1494, // centre_recurs
    3.4612, // nearest_side
    5.1331, // second_side
    2.0938, // third_side
    -0.5421, // farthest_side
  ],
};

/** Weighs the same clues and those drawn from the first opinion. Written by bench/fit-judges.ts. */
export const secondJudge: Judge = {
  bias: -0.493,
  weights: [
    1.6763, // way_from_edge
    0.9447, // way_from_upper_edges
    -0.4126, // own_against_edge_look
    0.2406, // own_against_upper_edge_look
    3.1784, // off_centre
    -1.5005, // off_centre_of_width
    0.3425, // height
    -1.2957, // near_edge
    -0.2794, // contrast
    0.0431, // detail
    -0.2389, // detail_relative
    -0.0341, // chroma_relative
    0.3247, // recurs
    -0.0377, // recurs_least
    0.0004, // recurs_against_here
    -0.1596, // edge_look_elsewhere
    0.9645, // look_scatter
    -4.0058, // look_off_centre
    0.0304, // lightness_relative
    0.0813, // contrast_recurs
    0.0658, // centre_recurs
    2.7638, // nearest_side
    3.556, // second_side
    0.5087, // third_side
    -0.5448, // farthest_side
    -0.2635, // before
    3.5854, // before_around
    0.1012, // own_models
    0.3809, // others_models
    0.0443, // others_against_here
    -1.6439, // off_subject_centre
    -1.3696, // off_subject_spread
    -2.3945, // way_from_subject
    0.2935, // way_from_ground
  ],
};
