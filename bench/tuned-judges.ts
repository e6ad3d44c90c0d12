import type { Judge } from '../src/media/subject/judge-patches.ts';

/** Weighs the clues of a picture and its siblings. Written by bench/fit-judges.ts; never by hand. */
export const firstJudge: Judge = {
  bias: 2.0604,
  weights: [
    3.1386, // way_from_edge
    1.4511, // way_from_upper_edges
    0.0446, // own_against_edge_look
    0.4136, // own_against_upper_edge_look
    -4.8415, // off_centre
    -5.2235, // off_centre_of_width
    2.2435, // height
    3.4959, // near_edge
    0.6383, // contrast
    -0.6732, // detail
    0.4037, // detail_relative
    0.0966, // chroma_relative
    0.0583, // recurs
    0.1052, // recurs_least
    0.2943, // recurs_against_here
    0.8685, // edge_look_elsewhere
    0.6533, // look_scatter
    -7.1312, // look_off_centre
    0.1281, // lightness_relative
    0.1745, // contrast_recurs
    0.2675, // centre_recurs
  ],
};

/** Weighs the same clues and those drawn from the first opinion. Written by bench/fit-judges.ts. */
export const secondJudge: Judge = {
  bias: 2.8785,
  weights: [
    3.5442, // way_from_edge
    1.1141, // way_from_upper_edges
    0.0685, // own_against_edge_look
    0.2732, // own_against_upper_edge_look
    3.0523, // off_centre
    -4.9043, // off_centre_of_width
    0.9694, // height
    0.1928, // near_edge
    0.5577, // contrast
    -0.2367, // detail
    0.0886, // detail_relative
    -0.0497, // chroma_relative
    0.0915, // recurs
    -0.1344, // recurs_least
    0.3094, // recurs_against_here
    0.1057, // edge_look_elsewhere
    1.2351, // look_scatter
    -6.1083, // look_off_centre
    0.1157, // lightness_relative
    0.1189, // contrast_recurs
    0.1564, // centre_recurs
    -0.3608, // before
    2.6563, // before_around
    -0.0022, // own_models
    0.3311, // others_models
    0.1244, // others_against_here
    -2.6797, // off_subject_centre
    -1.5569, // off_subject_spread
    -3.6751, // way_from_subject
    -2.0041, // way_from_ground
  ],
};
