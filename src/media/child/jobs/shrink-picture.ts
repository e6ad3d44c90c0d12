/** Job of a media child process: a picture of our own making, small enough to be looked at by a model. */

import type { Progress } from '../../progress.ts';
import { loadSharp } from '../../raster/load-sharp.ts';

interface ShrinkInput {
  path: string;
  into: string;
  sideMaxPx: number;
}

/** Neutral grey, that of the sheets, behind what is transparent. */
const background = '#808080';

/** Job `shrink-picture`: the picture as a JPEG of at most that longer side, at the path `into`. */
export default async function shrinkPicture(
  { path, into, sideMaxPx }: ShrinkInput,
  report: (progress: Progress) => void,
): Promise<null> {
  report({ fraction: 0.1, step: 'shrinkPicture', param: undefined });
  const sharp = await loadSharp();
  const fit = { width: sideMaxPx, height: sideMaxPx, fit: 'inside', withoutEnlargement: true } as const;
  await sharp(path).flatten({ background }).resize(fit).jpeg({ quality: 85 }).toFile(into);
  return null;
}
