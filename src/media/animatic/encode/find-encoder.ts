import type { MediaSettings } from '../../config.ts';
import { noVideoEncoder } from '../../errors.ts';
import { findFfmpegEncoder } from './encode-with-ffmpeg.ts';
import { findNodeAvEncoder } from './encode-with-node-av.ts';
import type { VideoEncoder } from './encoder.ts';

/** What can encode, as the setting `TROUPE_VIDEO_ENCODER` calls it. */
export type EncoderName = 'ffmpeg' | 'node-av';

export interface EncoderSettings extends Pick<MediaSettings, 'ffmpeg' | 'videoEncoder'> {
  /** The one that was the quicker here, where that is known (`encoder-choice`): a wish, where nothing is named. */
  quickerEncoder?: EncoderName | undefined;
}

/**
 * What encodes animatics: the one that `TROUPE_VIDEO_ENCODER` names, else the one that `TROUPE_FFMPEG` names; neither is ever
 * replaced by another. Else the quicker one where that is known, ffmpeg from PATH where it isn't, and the other one where that
 * isn't there or can't write H.264. Throws `service_error` when there is none. What was found is kept for the next video.
 */
export async function findEncoder(settings: EncoderSettings): Promise<VideoEncoder> {
  for (const program of listPrograms(settings)) {
    const looking = found.get(program) ?? look(program);
    found.set(program, looking);
    const encoder = await looking;
    if (encoder !== null) return encoder;
    found.delete(program);
  }
  throw noVideoEncoder(`TROUPE_FFMPEG is ${settings.ffmpeg ?? 'unset'}, TROUPE_VIDEO_ENCODER ${settings.videoEncoder}`);
}

const found = new Map<string, Promise<VideoEncoder | null>>();

/** `node-av`, or the name or path of an ffmpeg; the first one that works is taken. */
function listPrograms({ ffmpeg, videoEncoder, quickerEncoder }: EncoderSettings): string[] {
  if (videoEncoder === 'node-av') return ['node-av'];
  if (videoEncoder === 'ffmpeg') return [ffmpeg === undefined || ffmpeg === 'node-av' ? 'ffmpeg' : ffmpeg];
  if (ffmpeg !== undefined) return [ffmpeg];
  return quickerEncoder === 'node-av' ? ['node-av', 'ffmpeg'] : ['ffmpeg', 'node-av'];
}

function look(program: string): Promise<VideoEncoder | null> {
  return program === 'node-av' ? findNodeAvEncoder() : findFfmpegEncoder(program);
}
