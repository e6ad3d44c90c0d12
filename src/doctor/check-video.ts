import { findVideoTools } from '../media/index.ts';
import type { Check } from './schema.ts';

/** The settings of the media room, and where it keeps which encoder is the quicker one. */
export interface VideoOptions {
  settings: Parameters<typeof findVideoTools>[0];
  folder: string;
}

/** Whether video can be read, for elements of clips, and written, for animatics and clips that are handed on. */
export async function checkVideo({ settings, folder }: VideoOptions): Promise<Omit<Check, 'part'>> {
  const { decoder, encoder, choice } = await findVideoTools(settings, folder);
  const { ffmpeg, videoEncoder } = settings;
  const remedy =
    ffmpeg === undefined
      ? 'install ffmpeg with libx264 (apt-get install ffmpeg), or the npm package node-av'
      : `TROUPE_FFMPEG is ${ffmpeg}: name an ffmpeg with libx264 there, or leave it out`;
  if (decoder === null) return { status: 'broken', message: 'nothing here reads video', remedy };
  if (encoder === null) {
    const forced = `TROUPE_VIDEO_ENCODER is ${videoEncoder}, which is not here or can't write H.264: install it, or leave the setting out`;
    const message = `${decoder} reads video, nothing writes H.264`;
    return { status: 'broken', message, remedy: videoEncoder === 'auto' ? remedy : forced };
  }
  const tools = decoder === encoder ? decoder : `${decoder} reads, ${encoder} writes`;
  return { status: 'ok', message: choice === null ? tools : `${tools}; ${choice}` };
}
