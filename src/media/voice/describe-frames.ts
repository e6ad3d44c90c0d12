import { voiceRateHz } from './encode-wav.ts';
import { transform } from './fft.ts';

/** What is heard in each stretch of 40 ms, one every 10 ms. */
export interface SoundFrames {
  count: number;
  /** Mean power between 100 and 4,000 Hz, in units of full scale squared. */
  power: Float64Array;
  /** Mean amplitude in each of {@link bandEdgesHz}'s bands, band by band: bands × count. */
  bands: Float64Array[];
  /** How periodic it is, 0…1, and the pitch of that period in Hz (0 where nothing repeats). */
  harmonicity: Float64Array;
  pitch: Float64Array;
  /** Changes of sign over samples, 0…1. */
  crossings: Float64Array;
}

const frameStepSamples = voiceRateHz / 100;
const frameSamples = 4 * frameStepSamples;
const size = 1024;
/** Half octaves and wider over the range of speech. */
const bandEdgesHz = [100, 300, 600, 1000, 1700, 2700, 4000];
/** Pitch of speaking voices, low men to children. */
const pitchMinHz = 70;
const pitchMaxHz = 420;

/**
 * Describes samples frame by frame. Harmonicity is the highest peak of the autocorrelation over that of the window
 * (P. Boersma, "Accurate short-term analysis of the fundamental frequency…", IFA Proceedings 17, 1993).
 */
export function describeFrames(samples: Int16Array): SoundFrames {
  const count = Math.max(0, Math.floor((samples.length - frameSamples) / frameStepSamples) + 1);
  const frames: SoundFrames = {
    count,
    power: new Float64Array(count),
    bands: bandEdgesHz.slice(1).map(() => new Float64Array(count)),
    harmonicity: new Float64Array(count),
    pitch: new Float64Array(count),
    crossings: new Float64Array(count),
  };
  const real = new Float64Array(size);
  const imaginary = new Float64Array(size);
  for (let frame = 0; frame < count; frame++) {
    const part = samples.subarray(frame * frameStepSamples, frame * frameStepSamples + frameSamples);
    frames.crossings[frame] = countCrossings(part);
    real.fill(0);
    imaginary.fill(0);
    for (let at = 0; at < frameSamples; at++) real[at] = ((part[at] as number) / 32_768) * (hann[at] as number);
    transform(real, imaginary);
    toPower(real, imaginary);
    measureBands(real, frames, frame);
    transform(real, imaginary);
    const { harmonicity, lag } = findPeriod(real);
    frames.harmonicity[frame] = harmonicity;
    frames.pitch[frame] = lag === 0 ? 0 : voiceRateHz / lag;
  }
  return frames;
}

const hann = Float64Array.from(
  { length: frameSamples },
  (_, at) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (at + 0.5)) / frameSamples),
);

function countCrossings(part: Int16Array): number {
  let count = 0;
  for (let at = 1; at < part.length; at++) if ((part[at] as number) < 0 !== (part[at - 1] as number) < 0) count++;
  return count / part.length;
}

/** The power spectrum without what is outside of 60…4,000 Hz: hum and hiss repeat in their own ways. */
function toPower(real: Float64Array, imaginary: Float64Array): void {
  for (let at = 0; at < size; at++) {
    const frequency = (Math.min(at, size - at) * voiceRateHz) / size;
    const isKept = frequency >= 60 && frequency <= 4000;
    real[at] = isKept ? (real[at] as number) ** 2 + (imaginary[at] as number) ** 2 : 0;
    imaginary[at] = 0;
  }
}

function measureBands(power: Float64Array, frames: SoundFrames, frame: number): void {
  for (const [index, band] of frames.bands.entries()) {
    const from = Math.round(((bandEdgesHz[index] as number) * size) / voiceRateHz);
    const to = Math.round(((bandEdgesHz[index + 1] as number) * size) / voiceRateHz);
    let sum = 0;
    for (let at = from; at < to; at++) sum += power[at] as number;
    band[frame] = Math.sqrt(sum);
    frames.power[frame] = (frames.power[frame] as number) + sum / (size * frameSamples);
  }
}

/** Autocorrelation of the window alone, 1 at lag 0. */
const windowPeriod = Float64Array.from({ length: frameSamples }, (_, lag) => {
  let sum = 0;
  for (let at = lag; at < frameSamples; at++) sum += (hann[at] as number) * (hann[at - lag] as number);
  return sum;
}).map((value, _, all) => value / (all[0] as number));

function findPeriod(correlation: Float64Array): { harmonicity: number; lag: number } {
  const whole = correlation[0] as number;
  if (!(whole > 0)) return { harmonicity: 0, lag: 0 };
  const at = (lag: number) => (correlation[lag] as number) / whole / (windowPeriod[lag] as number);
  let best = { harmonicity: 0, lag: 0, worth: 0 };
  for (let lag = Math.floor(voiceRateHz / pitchMaxHz); lag <= voiceRateHz / pitchMinHz; lag++) {
    const [before, here, after] = [at(lag - 1), at(lag), at(lag + 1)];
    if (here < before || here < after) continue;
    // of a period and its multiples, which correlate alike, the shortest is meant
    const worth = here - 0.02 * Math.log2((lag * pitchMaxHz) / voiceRateHz);
    if (worth <= best.worth) continue;
    const bend = before - 2 * here + after;
    const shift = bend === 0 ? 0 : (0.5 * (before - after)) / bend;
    best = { harmonicity: Math.min(1, here), lag: lag + shift, worth };
  }
  return best;
}
