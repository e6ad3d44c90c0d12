import { noVideoEncoder } from '../../errors.ts';
import { findFfmpegEncoder } from './encode-with-ffmpeg.ts';
import { findNodeAvEncoder } from './encode-with-node-av.ts';
import type { VideoEncoder } from './encoder.ts';

/**
 * The encoder the setting `TROUPE_FFMPEG` names, chosen as the decoder is: a path, or `node-av`; without a setting the
 * ffmpeg from PATH if it can write H.264, else node-av. A named one is never replaced. Throws `service_error` when there
 * is none.
 */
export async function findEncoder(setting: string | undefined): Promise<VideoEncoder> {
  const encoder = found.get(setting) ?? (await look(setting));
  if (encoder === null) throw noVideoEncoder(`TROUPE_FFMPEG is ${setting ?? 'unset'}`);
  found.set(setting, encoder);
  return encoder;
}

const found = new Map<string | undefined, VideoEncoder>();

async function look(setting: string | undefined): Promise<VideoEncoder | null> {
  if (setting === undefined) return (await findFfmpegEncoder('ffmpeg')) ?? findNodeAvEncoder();
  return setting === 'node-av' ? findNodeAvEncoder() : findFfmpegEncoder(setting);
}
