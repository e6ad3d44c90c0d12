import type { Judge } from '../src/media/subject/judge-patches.ts';

/** Weighs the clues of a picture and its siblings. Written by bench/fit-judges.ts; never by hand. */
export const firstJudge: Judge = {
  bias: 2.4091,
  weights: [
    3.0061, // way_from_edge
    1.5772, // way_from_upper_edges
    -0.0074, // own_against_edge_look
    0.3769, // own_against_upper_edge_look
    -5.0434, // off_centre
    -4.9691, // off_centre_of_width
    2.3529, // height
    3.5051, // near_edge
    0.5812, // contrast
    -0.7003, // detail
    0.429, // detail_relative
    0.1003, // chroma_relative
    0.0607, // recurs
    0.1137, // recurs_least
    0.2604, // recurs_against_here
    0.8657, // edge_look_elsewhere
    0.4448, // look_scatter
    -7.6524, // look_off_centre
    0.1692, // lightness_relative
    0.1501, // contrast_recurs
    0.2899, // centre_recurs
  ],
};

/** Weighs the same clues and those drawn from the first opinion. Written by bench/fit-judges.ts. */
export const secondJudge: Judge = {
  bias: 3.1189,
  weights: [
    3.4429, // way_from_edge
    1.1683, // way_from_upper_edges
    0.0653, // own_against_edge_look
    0.2333, // own_against_upper_edge_look
    2.8756, // off_centre
    -4.765, // off_centre_of_width
    1.1999, // height
    0.4535, // near_edge
    0.448, // contrast
    -0.3146, // detail
    0.1395, // detail_relative
    -0.0162, // chroma_relative
    0.138, // recurs
    -0.1497, // recurs_least
    0.2674, // recurs_against_here
    0.1419, // edge_look_elsewhere
    0.8452, // look_scatter
    -6.2012, // look_off_centre
    0.181, // lightness_relative
    0.0939, // contrast_recurs
    0.1673, // centre_recurs
    -0.3663, // before
    2.6129, // before_around
    -0.0011, // own_models
    0.3171, // others_models
    0.1404, // others_against_here
    -2.7215, // off_subject_centre
    -1.5408, // off_subject_spread
    -3.2586, // way_from_subject
    -1.8146, // way_from_ground
  ],
};
