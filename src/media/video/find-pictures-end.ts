import { FilePathSource, Input } from 'mediabunny';
import type { ClipHeader } from '../schema.ts';
import { chooseTracks } from './choose-tracks.ts';
import { containerFormats } from './read-container.ts';

/** When the last picture of a clip ends, in seconds of its own clock, by which its sound is to be cut. */
export async function findPicturesEnd(path: string, format: ClipHeader['format']): Promise<number> {
  using input = new Input({ formats: containerFormats[format], source: new FilePathSource(path) });
  const { video } = await chooseTracks(input);
  return (await video?.computeDuration()) ?? 0;
}
