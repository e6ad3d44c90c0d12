import {
  computeSpeechFeatures,
  type SpeechFeatures,
  type SpeechRanges,
  speechFeatureNames,
} from './speech-features.ts';
import { speechRanges } from './speech-ranges.ts';

export interface SpeechFinding {
  /** Whether somebody seems to speak: {@link SpeechFinding.score} is at least a half. */
  likely: boolean;
  /** 0…1. */
  score: number;
  /** What it was judged by, three decimals each. */
  evidence: SpeechFeatures;
}

/**
 * Judges whether somebody speaks in 16 kHz samples, as a whole: a hint and no proof; songs and animals are where it
 * fails. Every feature has to lie in the range it has in speech, or near: it takes a voice and pauses and vowels and hisses
 * together. Null where there is nothing to judge: less than 0.5 s, or digital silence. Error rates: docs/decisions/0034.
 */
export function classifySpeech(samples: Int16Array): SpeechFinding | null {
  const features = computeSpeechFeatures(samples);
  if (features === null) return null;
  const score = round(scoreSpeech(features, speechRanges));
  const evidence = Object.fromEntries(
    speechFeatureNames.map((name) => [name, round(features[name])]),
  ) as unknown as SpeechFeatures;
  return { likely: score >= 0.5, score, evidence };
}

/** A quarter of a range beyond it, for one feature, brings 1 down to 0.61; half a range to 0.14. */
const widthsPerRange = 4;

/** 1 where every feature is in its range, falling to 0 outside as a bell does. */
export function scoreSpeech(features: SpeechFeatures, ranges: SpeechRanges): number {
  let squares = 0;
  for (const name of speechFeatureNames) {
    const [from, to] = ranges[name];
    const beyond = Math.max(from - features[name], features[name] - to, 0) / ((to - from) / widthsPerRange);
    squares += beyond * beyond;
  }
  return Math.exp(-squares / 2);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
