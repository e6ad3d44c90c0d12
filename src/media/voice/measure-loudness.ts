import { applyKWeighting } from './apply-k-weighting.ts';
import { voiceRateHz } from './encode-wav.ts';

/** How loud samples are. Decibels against full scale of 16 bits, one decimal; digital silence counts as −100. */
export interface Loudness {
  /** Root mean square of all samples. */
  loudness_dbfs: number;
  peak_dbfs: number;
  /** Integrated loudness as heard; null when no block of 400 ms is above −70 LUFS. */
  loudness_lufs: number | null;
}

/** The blocks of ITU-R BS.1770-4, annex 1: 400 ms, three quarters overlapping, so steps of 100 ms. */
const stepSamples = voiceRateHz / 10;
const stepsPerBlock = 4;
const gateLufs = -70;
const relativeGate = 10;

/**
 * Loudness of the samples given: plain level, peak, and integrated loudness after ITU-R BS.1770-4 (K weighting, both
 * gates). The latter is that of the voice sample, not of the clip as it was: mixed to one channel, and without what is
 * above 8 kHz, which on pink noise makes it 1.4 dB less and on speech the same (2026-11, against ffmpeg's `ebur128`, which
 * agrees to 0.1 dB on equal samples).
 */
export function measureLoudness(samples: Int16Array): Loudness {
  let squares = 0;
  let peak = 0;
  for (const sample of samples) {
    squares += sample * sample;
    peak = Math.max(peak, Math.abs(sample));
  }
  return {
    loudness_dbfs: decibels(Math.sqrt(squares / Math.max(1, samples.length)) / 32_768),
    peak_dbfs: decibels(peak / 32_768),
    loudness_lufs: integrate(measureBlocks(applyKWeighting(samples))),
  };
}

/** Mean square of each block. */
function measureBlocks(weighted: Float64Array): number[] {
  const steps: number[] = [];
  for (let from = 0; from + stepSamples <= weighted.length; from += stepSamples) {
    let sum = 0;
    for (let at = from; at < from + stepSamples; at++) sum += (weighted[at] as number) ** 2;
    steps.push(sum / stepSamples);
  }
  return steps.slice(stepsPerBlock - 1).map((_, at) => mean(steps.slice(at, at + stepsPerBlock)));
}

function integrate(blocks: readonly number[]): number | null {
  const heard = blocks.filter((block) => toLufs(block) > gateLufs);
  if (heard.length === 0) return null;
  const limit = toLufs(mean(heard)) - relativeGate;
  return Math.round(toLufs(mean(heard.filter((block) => toLufs(block) > limit))) * 10) / 10;
}

function toLufs(meanSquare: number): number {
  return -0.691 + 10 * Math.log10(meanSquare);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function decibels(amplitude: number): number {
  // adding zero makes 0 of −0
  return amplitude === 0 ? -100 : Math.round(200 * Math.log10(amplitude)) / 10 + 0;
}
