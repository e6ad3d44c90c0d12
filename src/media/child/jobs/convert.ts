/** Job of a media child process: a clip written anew as an MP4 that others take. */

import type { MediaSettings } from '../../config.ts';
import type { Progress } from '../../progress.ts';
import type { MediaSource } from '../../sources.ts';
import { type ConversionOptions, convertClip } from '../../video/convert-clip.ts';

export interface ConvertInput {
  source: Omit<MediaSource, 'role'>;
  path: string;
  options: ConversionOptions;
  settings: MediaSettings;
}

/** Job `convert`: a clip written anew at `path`. */
export default async function convert(
  { source, path, options, settings }: ConvertInput,
  report: (progress: Progress) => void,
): Promise<null> {
  await convertClip({ program: settings.ffmpeg, source, path, options }, () => {
    report({ fraction: 0.5, step: 'convertClip', param: source.param });
  });
  return null;
}
