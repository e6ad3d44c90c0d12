import { noVideoDecoder } from '../errors.ts';
import { findFfmpeg } from './decode-with-ffmpeg.ts';
import { findNodeAv } from './decode-with-node-av.ts';
import type { VideoDecoder } from './decoder.ts';

/**
 * The decoder the setting names: a path, or `node-av`; without a setting ffmpeg from PATH, else node-av. A named one is
 * never replaced by another. Throws `service_error` when there is none. What was found is kept for the next clip.
 */
export async function findDecoder(setting: string | undefined, param: string): Promise<VideoDecoder> {
  const decoder = found.get(setting) ?? (await look(setting));
  if (decoder === null) throw noVideoDecoder(param, `TROUPE_FFMPEG is ${setting ?? 'unset'}`);
  found.set(setting, decoder);
  return decoder;
}

const found = new Map<string | undefined, VideoDecoder>();

async function look(setting: string | undefined): Promise<VideoDecoder | null> {
  if (setting === undefined) return (await findFfmpeg('ffmpeg')) ?? findNodeAv();
  return setting === 'node-av' ? findNodeAv() : findFfmpeg(setting);
}
