import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadSharp } from '../../raster/load-sharp.ts';
import type { Pixels } from '../../raster/pixels.ts';
import { shrinkToLongSide } from '../../raster/resize-raster.ts';
import { encodeCutout, findSubjects, guideAlpha, measureSubject } from '../../subject/index.ts';
import type { FigureView } from '../script.ts';

/** Chance of a cut-out that is good to the eye below which it isn't shown; as the element's `matte_confidence`. */
const confidenceMin = 0.7;
/** Long side of the picture the subject is cut out of: an element's is no larger. */
const sidePx = 1280;

/** The subject of an image as a figure, written into `workFolder`; the whole image where the cut-out is unsure. */
export async function cutOutImage(pixels: Pixels, path: string, workFolder: string): Promise<FigureView> {
  const whole: FigureView = { kind: 'picture', path, width_px: pixels.width, height_px: pixels.height, is_bust: false };
  const picture = await flatten(pixels);
  const small = shrinkToLongSide(picture, 512);
  const [subject] = findSubjects([small]);
  if (subject === undefined || subject.confidence < confidenceMin) return whole;
  const alpha = guideAlpha(subject.mask, picture, { small });
  const cutout = await encodeCutout(picture, alpha);
  const facts = measureSubject(picture, alpha);
  if (cutout === null || facts === null) return whole;
  const file = join(workFolder, 'figure.webp');
  await writeFile(file, cutout.data);
  const { width, height } = cutout.box;
  return { kind: 'cutout', path: file, width_px: width, height_px: height, is_bust: facts.touches.includes('bottom') };
}

async function flatten({ data, width, height, channels }: Pixels) {
  const sharp = await loadSharp();
  const { data: flat, info } = await sharp(data, { raw: { width, height, channels } })
    .flatten({ background: '#ffffff' })
    .resize({ width: sidePx, height: sidePx, fit: 'inside', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: flat, width: info.width, height: info.height };
}
