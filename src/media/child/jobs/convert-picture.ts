/** Job of a media child process: a picture of another format as a JPEG or PNG. */

import type { MediaSettings } from '../../config.ts';
import { type ConversionSource, convertPicture } from '../../image/convert-picture.ts';
import type { Progress } from '../../progress.ts';
import { loadSharp } from '../../raster/load-sharp.ts';

interface ConvertPictureInput {
  source: ConversionSource;
  path: string;
  settings: MediaSettings;
}

/** Job `convert-picture`: a JPEG or PNG at `path`, and what was done. */
export default function run(
  { source, path, settings }: ConvertPictureInput,
  report: (progress: Progress) => void,
): ReturnType<typeof convertPicture> {
  report({ fraction: 0, step: 'convertPicture', param: source.param });
  return convertPicture(source, path, settings);
}

/** Loads what every picture needs, before its time begins. */
export async function prepare(): Promise<void> {
  await loadSharp();
}
