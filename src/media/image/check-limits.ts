import type { MediaSettings } from '../config.ts';
import { imageDimensionMismatch, invalidMedia } from '../errors.ts';
import type { ImageHeader } from '../schema.ts';

/** Checks the size of the file, before any of it is read. Throws `invalid_parameters`. */
export function checkImageBytes(bytes: number, param: string, limits: Pick<MediaSettings, 'imageBytesMax'>): void {
  if (bytes > limits.imageBytesMax) {
    throw invalidMedia(param, `${bytes} bytes, an image may have at most ${limits.imageBytesMax} bytes`);
  }
}

type SizeLimits = Pick<MediaSettings, 'imageSideMinPx' | 'imageRatioMax' | 'imagePixelsMax'>;

/**
 * Checks the contract's image rules on the upright size and our own on its pixels, before anything is decoded. A side or ratio exactly at its
 * limit passes. Throws `image_dimension_mismatch`.
 */
export function checkImageSize(
  { width_px: width, height_px: height }: Pick<ImageHeader, 'width_px' | 'height_px'>,
  param: string,
  limits: SizeLimits,
): void {
  const size = `${width} × ${height} px`;
  if (width * height > limits.imagePixelsMax) {
    throw imageDimensionMismatch(param, `${size}, an image may have at most ${limits.imagePixelsMax / 1e6} megapixels`);
  }
  if (Math.min(width, height) < limits.imageSideMinPx) {
    throw imageDimensionMismatch(param, `${size}, each side must be at least ${limits.imageSideMinPx} px`);
  }
  const ratio = Math.max(width, height) / Math.min(width, height);
  if (ratio > limits.imageRatioMax) {
    const measured = width > height ? `${round(ratio)}:1` : `1:${round(ratio)}`;
    throw imageDimensionMismatch(
      param,
      `${size} is ${measured}, the aspect ratio must be from 1:${limits.imageRatioMax} to ${limits.imageRatioMax}:1`,
    );
  }
}

/** Up to three decimals, rounded up: a ratio above the limit never reads as the limit. */
function round(ratio: number): number {
  return Math.ceil(ratio * 1000) / 1000;
}
