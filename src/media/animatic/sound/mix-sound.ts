import { soundRateHz } from '../encode/encoder.ts';
import { frameRate, type ScriptShot } from '../script.ts';
import type { Samples } from './read-wav.ts';

/**
 * The sound track: 16-bit samples, one channel, {@link soundRateHz}; as many whole AAC frames as the pictures last, so
 * that the sound never makes the file longer than asked. In each shot the voices of its figures are heard one after the
 * other, each in its part of the shot; the clip's own sound lies under them. Silence where there is neither.
 */
export function mixSound(
  shots: readonly Pick<ScriptShot, 'frame_count' | 'cast'>[],
  voices: readonly (Samples | null)[],
  clipSound: Float32Array | null,
): Int16Array {
  const frames = shots.reduce((sum, shot) => sum + shot.frame_count, 0);
  const length = Math.floor((frames * soundRateHz) / frameRate / aacFrame) * aacFrame;
  if (clipSound === null && voices.every((voice) => voice === null)) return new Int16Array(length);
  const mixed = new Float32Array(length);
  if (clipSound !== null) mixed.set(clipSound.subarray(0, length));
  let from = 0;
  for (const shot of shots) {
    const own = shot.cast.flatMap((at) => voices[at] ?? []);
    const room = (shot.frame_count * soundRateHz) / frameRate / Math.max(1, own.length);
    for (const [order, voice] of own.entries())
      addVoice(mixed, voice, Math.round(from + order * room), Math.floor(room));
    from += (shot.frame_count * soundRateHz) / frameRate;
  }
  const samples = new Int16Array(length);
  for (let at = 0; at < length; at++) samples[at] = Math.round(32767 * Math.min(1, Math.max(-1, mixed[at] as number)));
  return samples;
}

const aacFrame = 1024;
/** Root mean square that voices are brought to, −20 dB against full scale, and the most they are raised. */
const voiceLevel = 0.1;
const gainMax = 4;
const peakMax = 0.89;
/** Seconds over which a voice comes and goes, so that no cut clicks. */
const fadeSeconds = 0.06;

function addVoice(mixed: Float32Array, voice: Samples, from: number, room: number): void {
  const length = Math.min(room, Math.floor((voice.data.length * soundRateHz) / voice.rateHz), mixed.length - from);
  const gain = chooseGain(voice.data);
  const fade = Math.min(length / 2, fadeSeconds * soundRateHz);
  const step = voice.rateHz / soundRateHz;
  for (let at = 0; at < length; at++) {
    const position = at * step;
    const low = Math.floor(position);
    const one = voice.data[low] ?? 0;
    const other = voice.data[low + 1] ?? one;
    const edge = Math.min(1, at / fade, (length - 1 - at) / fade);
    mixed[from + at] = (mixed[from + at] as number) + gain * edge * (one + (other - one) * (position - low));
  }
}

function chooseGain(data: Float32Array): number {
  let [squares, peak] = [0, 0];
  for (const value of data) {
    squares += value * value;
    peak = Math.max(peak, Math.abs(value));
  }
  if (peak === 0) return 0;
  return Math.min(gainMax, voiceLevel / Math.sqrt(squares / data.length), peakMax / peak);
}
