/** Job of a media child process: what reads and what writes video here. */

import { type EncoderSettings, findEncoder } from '../../animatic/encode/find-encoder.ts';
import { findDecoder } from '../../video/find-decoder.ts';

export interface VideoTools {
  /** Names with versions; null where there is none. */
  decoder: string | null;
  encoder: string | null;
}

/** Job `find-video-tools`: those that the settings choose. */
export default async function findVideoTools(settings: EncoderSettings): Promise<VideoTools> {
  const nameOf = async (tool: Promise<{ name: string }>) => await tool.then(({ name }) => name).catch(() => null);
  return { decoder: await nameOf(findDecoder(settings.ffmpeg, 'video')), encoder: await nameOf(findEncoder(settings)) };
}
