import type { ClipHeader, Sound } from '../schema.ts';
import type { VideoDecoder } from './decoder.ts';

/** A track whose loudest sample stays below this is silent: 16-bit dither alone is near −90, a quiet room near −50. */
const silentBelowDbfs = -60;

/**
 * Decodes the sound track and measures it; null where the clip has none. A track that exists but cannot be decoded is
 * no fault of the pictures: its loudness is null then.
 */
export async function measureSound(
  decoder: VideoDecoder,
  clip: { path: string; header: ClipHeader },
): Promise<Sound | null> {
  const track = clip.header.sound_track;
  if (track === null) return null;
  let squares = 0;
  let count = 0;
  let peak = 0;
  try {
    for await (const samples of decoder.sound({ path: clip.path, format: clip.header.format })) {
      for (const sample of samples) {
        squares += sample * sample;
        peak = Math.max(peak, Math.abs(sample));
      }
      count += samples.length;
    }
  } catch {
    count = 0;
  }
  if (count === 0) return { ...track, loudness_dbfs: null, peak_dbfs: null, silent: null };
  const peakDbfs = decibels(peak);
  return {
    ...track,
    loudness_dbfs: decibels(Math.sqrt(squares / count)),
    peak_dbfs: peakDbfs,
    silent: peakDbfs < silentBelowDbfs,
  };
}

/** Against full scale of 16 bits, one decimal; digital silence counts as −100. */
function decibels(amplitude: number): number {
  return amplitude === 0 ? -100 : Math.round(20 * Math.log10(amplitude / 32768) * 10) / 10;
}
