import { type LabImage, toLabImage } from '../../raster/lab-image.ts';
import type { RgbImage } from '../../raster/raster.ts';
import { fitLongSide, shrinkAlpha, shrinkRgb } from '../../raster/resize-raster.ts';
import { applyStroke, type MendedMask } from './apply-stroke.ts';
import type { Stroke } from './stroke.ts';

/**
 * Long side at which strokes are worked on. At 256, 320, 384 and 512 px five strokes gave the same (mean IoU 0.958 to
 * 0.962, bench/mending.ts), at two to six times the processor time.
 */
const workingPx = 320;

/** A picture prepared to be mended. What is made of it depends on nothing else. */
export interface MendingCanvas {
  /** Width of the upright picture, in whose pixels strokes are told. */
  readonly uprightWidth: number;
  /** At the matte's size. */
  readonly picture: RgbImage;
  /** The matte that mending begins with, 0…255, as large as the picture. */
  readonly alpha: Uint8Array;
  /** The picture at working size. */
  readonly small: RgbImage;
  readonly lab: LabImage;
  /** The matte as a mask at that size, nothing said of it. */
  readonly start: MendedMask;
}

/** `alpha` is as large as the picture. */
export function prepareCanvas(picture: RgbImage, alpha: Uint8Array, uprightWidth: number): MendingCanvas {
  const size = fitLongSide(picture, workingPx);
  const small = shrinkRgb(picture, size.width, size.height);
  const mask = shrinkAlpha(alpha, picture, size);
  for (let pixel = 0; pixel < mask.length; pixel++) mask[pixel] = (mask[pixel] as number) >= 128 ? 1 : 0;
  const start = { mask, said: new Int8Array(mask.length) };
  return { uprightWidth, picture, alpha, small, lab: toLabImage(small), start };
}

/** What one more stroke makes of the mask. */
export function paintStroke(
  { lab, small, uprightWidth }: MendingCanvas,
  before: MendedMask,
  stroke: Stroke,
): MendedMask {
  return applyStroke(lab, before, stroke, small.width / uprightWidth);
}

/** Bytes that it holds, about. */
export function measureCanvas({ picture, alpha, small }: MendingCanvas): number {
  // Lab is three planes of 32 bits.
  return picture.data.byteLength + alpha.byteLength + small.data.byteLength * 5;
}
