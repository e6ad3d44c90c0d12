import { describeFrames, type SoundFrames } from './describe-frames.ts';
import { transform } from './fft.ts';

/** What tells speech from other sound, each measured over the whole sample. */
export interface SpeechFeatures {
  /** Share of the loud frames that are voiced: they repeat at the pitch of a voice. Noise has none, a tone all. */
  voiced_share: number;
  /** Share of steps between voiced frames over which the pitch glides, as voices do and notes do not. */
  gliding_share: number;
  /** Share of steps between voiced frames at which the pitch leaps: chords and rhythms have many. */
  leaping_share: number;
  /** Share of the loudness changes between 0.5 and 20 Hz that is at 3 to 8 Hz, the pace of syllables. */
  syllable_share: number;
  /** Spread of the loudness over its mean in the bands of speech: how deep those changes are. */
  modulation_depth: number;
  /** Spread of the color of the voiced frames (levels of the bands to one another, nepers): vowels take turns. */
  vowel_spread: number;
  /** Spread of the zero crossings over the loud frames: hissed and voiced sounds take turns in speech. */
  crossing_spread: number;
}

export const speechFeatureNames = [
  'voiced_share',
  'gliding_share',
  'leaping_share',
  'syllable_share',
  'modulation_depth',
  'vowel_spread',
  'crossing_spread',
] as const satisfies readonly (keyof SpeechFeatures)[];

/** Where each feature lies in speech: the 2nd to the 98th of 100 samples. */
export type SpeechRanges = Readonly<Record<keyof SpeechFeatures, readonly [from: number, to: number]>>;

/** Frames more than this below the loudest (a twentieth is louder) are pauses, in decibels. */
const loudRangeDb = 30;
const voicedFrom = 0.55;
/** Semitones in 10 ms: slower is a held note or our own error, faster a leap. */
const glide = { from: 0.06, to: 1.5 };

/** Gathers the features of 16 kHz samples; null when there are less than 0.5 s of them, or they are digital silence. */
export function computeSpeechFeatures(samples: Int16Array): SpeechFeatures | null {
  const frames = describeFrames(samples);
  if (frames.count < 50) return null;
  const loud = findLoud(frames);
  if (loud.length === 0) return null;
  return {
    voiced_share: loud.filter((frame) => isVoiced(frames, frame)).length / loud.length,
    ...measurePitch(frames, loud),
    ...measureModulation(frames),
    vowel_spread: measureVowels(
      frames,
      loud.filter((frame) => isVoiced(frames, frame)),
    ),
    crossing_spread: spread(loud.map((frame) => frames.crossings[frame] as number)),
  };
}

function findLoud({ power }: SoundFrames): number[] {
  const sorted = Float64Array.from(power).sort();
  const loudest = sorted[Math.floor(sorted.length * 0.95)] as number;
  const limit = loudest * 10 ** (-loudRangeDb / 10);
  return loudest === 0 ? [] : [...power.keys()].filter((frame) => (power[frame] as number) > limit);
}

function isVoiced(frames: SoundFrames, frame: number): boolean {
  return (frames.harmonicity[frame] as number) >= voicedFrom;
}

function measurePitch(frames: SoundFrames, loud: readonly number[]) {
  let [steps, glides, leaps] = [0, 0, 0];
  for (const frame of loud) {
    if (frame === 0 || !isVoiced(frames, frame) || !isVoiced(frames, frame - 1)) continue;
    const semitones = Math.abs(12 * Math.log2((frames.pitch[frame] as number) / (frames.pitch[frame - 1] as number)));
    steps += 1;
    if (semitones >= glide.to) leaps += 1;
    else if (semitones >= glide.from) glides += 1;
  }
  return { gliding_share: glides / Math.max(1, steps), leaping_share: leaps / Math.max(1, steps) };
}

function measureVowels({ bands }: SoundFrames, voiced: readonly number[]): number {
  if (voiced.length < 10) return 0;
  const levels = bands.map((band) => voiced.map((frame) => Math.log(1e-6 + (band[frame] as number))));
  const middle = voiced.map((_, at) => levels.reduce((sum, level) => sum + (level[at] as number), 0) / levels.length);
  const spreads = levels.map((level) => spread(level.map((value, at) => value - (middle[at] as number))));
  return spreads.reduce((sum, value) => sum + value, 0) / spreads.length;
}

/** Means over the bands, each weighed by its share of the sound. */
function measureModulation({ bands, count }: SoundFrames) {
  const size = 2 ** Math.ceil(Math.log2(count));
  let [weights, depth, share] = [0, 0, 0];
  for (const band of bands) {
    const mean = band.reduce((sum, value) => sum + value, 0) / count;
    if (mean === 0) continue;
    const changes = new Float64Array(size);
    for (let at = 0; at < count; at++) changes[at] = (band[at] as number) / mean - 1;
    weights += mean;
    depth += mean * spread(Array.from(changes.subarray(0, count)));
    share += mean * measurePace(changes);
  }
  return { syllable_share: share / Math.max(1e-12, weights), modulation_depth: depth / Math.max(1e-12, weights) };
}

/** Share of the power of `changes` (100 a second) between 0.5 and 20 Hz that lies between 3 and 8 Hz. */
function measurePace(changes: Float64Array): number {
  const imaginary = new Float64Array(changes.length);
  transform(changes, imaginary);
  let [inside, all] = [0, 1e-12];
  for (let at = 1; at < changes.length / 2; at++) {
    const frequency = (at * 100) / changes.length;
    if (frequency < 0.5 || frequency > 20) continue;
    const power = (changes[at] as number) ** 2 + (imaginary[at] as number) ** 2;
    all += power;
    if (frequency >= 3 && frequency <= 8) inside += power;
  }
  return inside / all;
}

function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
