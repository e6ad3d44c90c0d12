import type { Box, RgbImage } from '../../raster/raster.ts';

/** The subject's part of a picture. */
export interface SubjectCrop {
  readonly image: RgbImage;
  /** Alpha 0…1 of each pixel of `image`. */
  readonly alpha: Float32Array;
}

/**
 * The smallest box that holds every pixel of `alpha` (0…255, H×W) of at least `alphaMin`, grown by `marginPx` inside
 * the picture; null when there is none.
 */
export function findSubjectBox(
  alpha: Uint8Array,
  width: number,
  height: number,
  { alphaMin = 128, marginPx = 0 }: { alphaMin?: number; marginPx?: number } = {},
): Box | null {
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    const start = y * width;
    // only what lies outside the box so far can widen it: the inside is never read
    let first = 0;
    while (first < left && (alpha[start + first] as number) < alphaMin) first++;
    let last = width - 1;
    while (last > right && (alpha[start + last] as number) < alphaMin) last--;
    if (first < left) left = first;
    if (last > right) right = last;
    if (right >= 0 && hasPixel(alpha, start + left, start + right, alphaMin)) {
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) return null;
  left = Math.max(0, left - marginPx);
  top = Math.max(0, top - marginPx);
  right = Math.min(width - 1, right + marginPx);
  bottom = Math.min(height - 1, bottom + marginPx);
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Whether a pixel from `first` to `last`, both included, is at least `alphaMin`. */
function hasPixel(alpha: Uint8Array, first: number, last: number, alphaMin: number): boolean {
  for (let pixel = first; pixel <= last; pixel++) if ((alpha[pixel] as number) >= alphaMin) return true;
  return false;
}

/**
 * The subject's box scaled so that its longer side is `longSidePx` (enlarged where it is smaller, so that descriptors
 * of near and far views compare); the whole picture when the mask is empty.
 */
export function cropSubject(picture: RgbImage, alpha: Uint8Array, longSidePx: number): SubjectCrop {
  const box = findSubjectBox(alpha, picture.width, picture.height) ?? {
    left: 0,
    top: 0,
    width: picture.width,
    height: picture.height,
  };
  const scale = longSidePx / Math.max(box.width, box.height);
  const width = Math.max(1, Math.round(box.width * scale));
  const height = Math.max(1, Math.round(box.height * scale));
  const data = new Uint8ClampedArray(width * height * 3);
  const soft = new Float32Array(width * height);
  const source = picture.data;
  for (let y = 0, to = 0; y < height; y++) {
    const top = Math.floor((y / height) * box.height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) / height) * box.height));
    for (let x = 0; x < width; x++, to++) {
      const left = Math.floor((x / width) * box.width);
      const right = Math.max(left + 1, Math.floor(((x + 1) / width) * box.width));
      let [r, g, b, share] = [0, 0, 0, 0];
      for (let sy = top; sy < bottom; sy++) {
        for (let sx = left; sx < right; sx++) {
          const from = (sy + box.top) * picture.width + sx + box.left;
          r += source[from * 3] as number;
          g += source[from * 3 + 1] as number;
          b += source[from * 3 + 2] as number;
          share += alpha[from] as number;
        }
      }
      const count = (bottom - top) * (right - left);
      data[to * 3] = r / count;
      data[to * 3 + 1] = g / count;
      data[to * 3 + 2] = b / count;
      soft[to] = share / count / 255;
    }
  }
  return { image: { width, height, data }, alpha: soft };
}
