import type { RgbImage } from '../raster/raster.ts';
import type { SubjectFacts } from '../schema.ts';
import { findSubjectBox } from './cutout/crop-subject.ts';

const touchShare = 0.02;
const nearlyBlack = 12;
const nearlyWhite = 246;

/**
 * Facts of the subject from a picture and its alpha (0…255, as large as the picture); null when the mask is empty.
 * Sharpness depends on the size: compare only pictures of the same long side (512 px in an element).
 */
export function measureSubject(picture: RgbImage, alpha: Uint8Array): SubjectFacts | null {
  const { width, height } = picture;
  const box = findSubjectBox(alpha, width, height);
  if (!box) return null;
  const sums = sumInside(picture, alpha);
  const round = (value: number) => Math.round(value * 1000) / 1000;
  const mean = sums.laplacian / sums.inner;
  return {
    share: round(sums.area / (width * height)),
    left: round(box.left / width),
    top: round(box.top / height),
    right: round((box.left + box.width) / width),
    bottom: round((box.top + box.height) / height),
    centre_x: round(sums.x / sums.area / width),
    centre_y: round(sums.y / sums.area / height),
    touches: findTouches(alpha, width, height),
    sharpness: sums.inner > 0 ? Math.round((sums.laplacianSquare / sums.inner - mean * mean) * 10) / 10 : 0,
    brightness: round(sums.light / sums.area / 255),
    dark_share: round(sums.dark / sums.area),
    bright_share: round(sums.bright / sums.area),
  };
}

function sumInside({ width, height, data }: RgbImage, alpha: Uint8Array) {
  const light = new Float32Array(width * height);
  for (let pixel = 0; pixel < light.length; pixel++) {
    light[pixel] =
      0.299 * (data[pixel * 3] as number) +
      0.587 * (data[pixel * 3 + 1] as number) +
      0.114 * (data[pixel * 3 + 2] as number);
  }
  const sums = { area: 0, x: 0, y: 0, light: 0, dark: 0, bright: 0, inner: 0, laplacian: 0, laplacianSquare: 0 };
  const inside = (pixel: number) => (alpha[pixel] as number) >= 128;
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      if (!inside(pixel)) continue;
      const value = light[pixel] as number;
      sums.area++;
      sums.x += x;
      sums.y += y;
      sums.light += value;
      if (value < nearlyBlack) sums.dark++;
      if (value > nearlyWhite) sums.bright++;
      if (x === 0 || y === 0 || x === width - 1 || y === height - 1) continue;
      if (!(inside(pixel - 1) && inside(pixel + 1) && inside(pixel - width) && inside(pixel + width))) continue;
      const across = (light[pixel - 1] as number) + (light[pixel + 1] as number);
      const laplacian = across + (light[pixel - width] as number) + (light[pixel + width] as number) - 4 * value;
      sums.inner++;
      sums.laplacian += laplacian;
      sums.laplacianSquare += laplacian * laplacian;
    }
  }
  return sums;
}

function findTouches(alpha: Uint8Array, width: number, height: number): SubjectFacts['touches'] {
  const count = (start: number, stride: number, length: number) => {
    let inside = 0;
    for (let index = 0, pixel = start; index < length; index++, pixel += stride)
      if ((alpha[pixel] as number) >= 128) inside++;
    return inside / length >= touchShare;
  };
  const touches: ('top' | 'right' | 'bottom' | 'left')[] = [];
  if (count(0, 1, width)) touches.push('top');
  if (count(width - 1, width, height)) touches.push('right');
  if (count((height - 1) * width, 1, width)) touches.push('bottom');
  if (count(0, width, height)) touches.push('left');
  return touches;
}
