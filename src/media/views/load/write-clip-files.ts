import { rm } from 'node:fs/promises';
import { noSpaceLeft } from '../../errors.ts';
import type { ClipHeader, MediaSource } from '../../schema.ts';
import { keepClip, presentContainer } from '../../video/keep-clip.ts';
import { encodeWav, voiceRateHz } from '../../voice/index.ts';
import type { FolderTools } from '../view.ts';

export type ClipFiles = FolderTools;

/**
 * Starts copying the clip into the work folder; the answer lists the copy once it is whole. A clip that can be decoded
 * but not copied is rare and no reason to refuse it: there is no file of the role `clip` then. Throws when the disk is
 * full.
 */
export async function startCopy(
  source: MediaSource,
  header: ClipHeader,
  files: ClipFiles,
): Promise<() => Promise<void>> {
  const { extension, media_type } = presentContainer(header.format);
  const name = `clip.${extension}`;
  const path = files.pathOf(name);
  try {
    await keepClip({ path: source.path, format: header.format }, path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw noSpaceLeft(source.param, message);
    await rm(path, { force: true });
    return async () => undefined;
  }
  return () =>
    files.listFile({
      name,
      role: 'clip',
      media_type,
      width_px: header.width_px,
      height_px: header.height_px,
      duration_seconds: header.duration_seconds,
      source: 0,
    });
}

/** Writes the voice sample; there is none of a clip that is silent or has no sound. */
export async function writeVoice(samples: Int16Array | null, files: ClipFiles): Promise<void> {
  if (samples === null) return;
  await files.writeFile(encodeWav(samples), {
    name: 'voice.wav',
    role: 'voice',
    media_type: 'audio/wav',
    duration_seconds: Math.round((samples.length / voiceRateHz) * 1000) / 1000,
    sample_rate_hz: voiceRateHz,
    source: 0,
  });
}
