/**
 * Owns: what can be told of a sound track by its samples: loudness, whether somebody speaks, and the file of it.
 * Not: decoding (the video folder's), and who speaks or what is said.
 * Invariant: pure functions of 16-bit samples, one channel, 16 kHz; equal samples give equal answers.
 */

export { classifySpeech, scoreSpeech } from './classify-speech.ts';
export { encodeWav, voiceRateHz } from './encode-wav.ts';
export { measureLoudness } from './measure-loudness.ts';
export {
  computeSpeechFeatures,
  type SpeechFeatures,
  type SpeechRanges,
  speechFeatureNames,
} from './speech-features.ts';
