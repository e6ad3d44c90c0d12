/** Job of a media child process: the matte of a picture after strokes. */

import type { Progress } from '../../progress.ts';
import { loadSharp } from '../../raster/load-sharp.ts';
import { type MendMatteInput, type MendMatteResult, mendMatte } from '../../views/mending/mend-matte.ts';

/** Job `mend-matte`: draws it from what the picture has or is given; null where it was to be prepared and isn't. */
export default function run(input: MendMatteInput, report: (progress: Progress) => void): Promise<MendMatteResult> {
  return mendMatte(input, report);
}

/** Loads what every matte needs, before its time begins. */
export async function prepare(): Promise<void> {
  await loadSharp();
}
