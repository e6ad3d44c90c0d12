import { rm } from 'node:fs/promises';
import { noSpaceLeft } from '../../errors.ts';
import type { ClipHeader } from '../../schema.ts';
import type { MediaSource } from '../../sources.ts';
import { convertClip } from '../../video/convert-clip.ts';
import { keepClip, presentContainer } from '../../video/keep-clip.ts';
import { readContainer } from '../../video/read-container.ts';
import { encodeWav, voiceRateHz } from '../../voice/index.ts';
import type { FolderTools } from '../view.ts';

export type ClipFiles = FolderTools;

/** Codecs whose coded pictures are copied: what browsers play. The others are written anew in H.264. */
const copiedCodecs: ReadonlySet<string> = new Set(['avc', 'hevc', 'vp8', 'vp9', 'av1']);

/** Of a clip that is written anew: x264 takes more memory for more than a child may have beside a decoder. */
const rewrittenSidePx = 1080;

/** What is needed to write a clip anew. */
interface RewriteTools {
  /** As the setting names it. */
  program: string | undefined;
  onStep(): void;
  /** Settled when nothing else is decoded any more: both together would take too much memory. */
  after: Promise<unknown>;
}

/**
 * Starts copying the clip into the work folder, in H.264 where its coding is one of cameras and editors; the answer lists the
 * copy once it is whole. A clip that can be decoded but not copied is rare and no reason to refuse it: there is no file of
 * the role `clip` then. Throws when the disk is full.
 */
export async function startCopy(
  source: MediaSource,
  header: ClipHeader,
  files: ClipFiles,
  { program, onStep, after }: RewriteTools,
): Promise<() => Promise<void>> {
  const isCopied = copiedCodecs.has(header.video_codec);
  const { extension, media_type } = presentContainer(isCopied ? header.format : 'mp4');
  const name = `clip.${extension}`;
  const path = files.pathOf(name);
  let size = { width_px: header.width_px, height_px: header.height_px };
  try {
    if (isCopied) await keepClip({ path: source.path, format: header.format }, path);
    else {
      await after;
      await convertClip({ program, source, path, options: { shortSideMaxPx: rewrittenSidePx } }, onStep);
      const { width_px, height_px } = await readContainer({ param: source.param, path, bytes: source.bytes }, 'mp4');
      size = { width_px, height_px };
    }
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
      ...size,
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
