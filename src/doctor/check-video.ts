import { findVideoTools } from '../media/index.ts';
import type { Check } from './schema.ts';

/** Whether video can be read, for elements of clips, and written, for animatics and clips that are handed on. */
export async function checkVideo(setting: string | undefined): Promise<Omit<Check, 'part'>> {
  const { decoder, encoder } = await findVideoTools(setting);
  const remedy =
    setting === undefined
      ? 'install ffmpeg with libx264 (apt-get install ffmpeg), or the npm package node-av'
      : `TROUPE_FFMPEG is ${setting}: name an ffmpeg with libx264 there, or leave it out`;
  if (decoder === null) return { status: 'broken', message: 'nothing here reads video', remedy };
  if (encoder === null) return { status: 'broken', message: `${decoder} reads video, nothing writes H.264`, remedy };
  return { status: 'ok', message: decoder === encoder ? decoder : `${decoder} reads, ${encoder} writes` };
}
