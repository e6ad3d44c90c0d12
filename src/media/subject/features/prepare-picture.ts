import { findLetterbox } from '../../raster/find-letterbox.ts';
import { type LabImage, toLabImage } from '../../raster/lab-image.ts';
import { type Box, cropRgb, type RgbImage } from '../../raster/raster.ts';
import { fitLongSide, shrinkRgb } from '../../raster/resize-raster.ts';
import { describePatches, type PatchFacts } from './describe-patches.ts';
import { findSuperpixels } from './superpixels.ts';

/** Long side at which the subject is looked for: finer costs more and finds the same (see docs/decisions). */
const workingPx = 256;
const patches = { spacingPx: 10, compactness: 15, rounds: 5 };

/** One picture at working size, with its patches. */
export interface PreparedPicture {
  readonly lab: LabImage;
  readonly facts: PatchFacts;
  /** The part of the working picture inside letterbox bars; `lab` and `facts` know only this. */
  readonly box: Box;
  readonly working: { readonly width: number; readonly height: number };
}

/** The picture at working size, without its bars, in Lab, and cut into patches. */
export function preparePicture(picture: RgbImage): PreparedPicture {
  const prepared = preparePixels(picture);
  return { ...prepared, facts: describePatches(prepared.lab, findSuperpixels(prepared.lab, patches)) };
}

/** As {@link preparePicture}, without the patches. */
export function preparePixels(picture: RgbImage): Omit<PreparedPicture, 'facts'> {
  const working = fitLongSide(picture, workingPx);
  const whole = shrinkRgb(picture, working.width, working.height);
  const box = findLetterbox(whole);
  return { lab: toLabImage(cropRgb(whole, box)), box, working };
}
