import type { ClipHeader, Sound } from '../../schema.ts';
import type { VideoDecoder } from '../../video/decoder.ts';
import { classifySpeech, measureLoudness, voiceRateHz } from '../../voice/index.ts';

/** A track whose loudest sample stays below this is silent: 16-bit dither alone is near −90, a quiet room near −50. */
const silentBelowDbfs = -60;

/** The sound track of a clip: what was measured of it, and its samples where there is something to hear. */
export interface ReadSound {
  facts: Sound;
  /** 16 bits, one channel, 16 kHz, no longer than the clip; null when it is silent or could not be decoded. */
  samples: Int16Array | null;
}

/**
 * Decodes the sound track and measures it; null where the clip has none. A track that exists but cannot be decoded is
 * no fault of the pictures: its measures are null then. What sounds on after the last picture is not read.
 */
export async function readSound(
  decoder: VideoDecoder,
  clip: { path: string; header: ClipHeader },
): Promise<ReadSound | null> {
  const track = clip.header.sound_track;
  if (track === null) return null;
  const samples = await decode(decoder, clip);
  if (samples.length === 0) return { facts: { ...track, ...unknown }, samples: null };
  const loudness = measureLoudness(samples);
  const silent = loudness.peak_dbfs < silentBelowDbfs;
  const facts = { ...track, ...loudness, silent, speech: silent ? null : classifySpeech(samples) };
  return { facts, samples: silent ? null : samples };
}

const unknown = { loudness_dbfs: null, peak_dbfs: null, loudness_lufs: null, silent: null, speech: null };

async function decode(decoder: VideoDecoder, { path, header }: { path: string; header: ClipHeader }) {
  const samples = new Int16Array(Math.ceil(header.duration_seconds * voiceRateHz));
  let filled = 0;
  try {
    for await (const chunk of decoder.sound({ path, format: header.format, track: header.sound_track?.track })) {
      const part = chunk.subarray(0, samples.length - filled);
      samples.set(part, filled);
      filled += part.length;
      if (filled === samples.length) break;
    }
  } catch {
    return samples.subarray(0, 0);
  }
  return samples.subarray(0, filled);
}
