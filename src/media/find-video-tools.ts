import { findEncoder } from './animatic/encode/find-encoder.ts';
import { findDecoder } from './video/find-decoder.ts';

/** Names with versions of what reads and what writes video here, chosen by the setting `TROUPE_FFMPEG`; null where there is none. */
export async function findVideoTools(
  setting: string | undefined,
): Promise<{ decoder: string | null; encoder: string | null }> {
  const nameOf = async (tool: Promise<{ name: string }>) => await tool.then(({ name }) => name).catch(() => null);
  return { decoder: await nameOf(findDecoder(setting, 'video')), encoder: await nameOf(findEncoder(setting)) };
}
