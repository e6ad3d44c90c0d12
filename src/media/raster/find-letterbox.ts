import type { Box, RgbImage } from './raster.ts';

/** A bar is black to within this many of 255 levels; the bars of the sample photos are 0, the rest is room for recompression. */
const levelTolerance = 10;
/** Bars may take at most this share of a side; beyond that the picture is simply dark. */
const shareMax = 0.45;

/**
 * The part of the picture inside uniform black bars along whole edges, as phones and editors add them; without bars the
 * whole picture. Bars must come in pairs of like width, left and right or top and bottom. White margins stay: a drawing on
 * white paper has them too, and there they are the ground that shows what is not the subject.
 */
export function findLetterbox(image: RgbImage): Box {
  const { width, height } = image;
  const left = countBar(width, (index) => columnIsBar(image, index));
  const right = countBar(width, (index) => columnIsBar(image, width - 1 - index));
  const top = countBar(height, (index) => rowIsBar(image, index));
  const bottom = countBar(height, (index) => rowIsBar(image, height - 1 - index));
  const across = isPair(left, right, width);
  const down = isPair(top, bottom, height);
  return {
    left: across ? left : 0,
    top: down ? top : 0,
    width: across ? width - left - right : width,
    height: down ? height - top - bottom : height,
  };
}

function countBar(length: number, isBar: (index: number) => boolean): number {
  let count = 0;
  while (count < length && isBar(count)) count++;
  return count;
}

function isPair(one: number, other: number, length: number): boolean {
  const shorter = Math.min(one, other);
  return (
    shorter >= length * 0.02 && Math.max(one, other) <= length * shareMax && shorter * 1.5 + 2 >= Math.max(one, other)
  );
}

function columnIsBar(image: RgbImage, column: number): boolean {
  return lineIsBar(image, column * 3, image.width * 3, image.height);
}

function rowIsBar(image: RgbImage, row: number): boolean {
  return lineIsBar(image, row * image.width * 3, 3, image.width);
}

function lineIsBar({ data }: RgbImage, start: number, stride: number, count: number): boolean {
  for (let index = 0, at = start; index < count; index++, at += stride) {
    for (let channel = 0; channel < 3; channel++) {
      if ((data[at + channel] as number) > levelTolerance) return false;
    }
  }
  return true;
}
