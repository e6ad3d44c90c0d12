import { noVideoDecoder } from '../errors.ts';
import { findFfmpeg } from './decode-with-ffmpeg.ts';
import { findNodeAv } from './decode-with-node-av.ts';
import type { VideoDecoder } from './decoder.ts';

/**
 * The decoder the setting names: a path, or `node-av`; without a setting ffmpeg from PATH, else node-av. A named one is
 * never replaced by another. Throws `service_error` when there is none.
 */
export async function findDecoder(setting: string | undefined, param: string): Promise<VideoDecoder> {
  const decoder =
    setting === undefined
      ? ((await findFfmpeg('ffmpeg')) ?? (await findNodeAv()))
      : await (setting === 'node-av' ? findNodeAv() : findFfmpeg(setting));
  if (decoder === null) throw noVideoDecoder(param, `TROUPE_FFMPEG is ${setting ?? 'unset'}`);
  return decoder;
}
