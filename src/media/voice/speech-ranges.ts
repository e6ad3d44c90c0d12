import type { SpeechRanges } from './speech-features.ts';

/** Written by bench/speech.ts; never by hand. */
export const speechRanges: SpeechRanges = {
  voiced_share: [0.485, 0.977],
  gliding_share: [0.366, 0.851],
  leaping_share: [0, 0.191],
  syllable_share: [0.248, 0.592],
  modulation_depth: [0.627, 1.364],
  vowel_spread: [0.364, 1.066],
  crossing_spread: [0.031, 0.171],
};
