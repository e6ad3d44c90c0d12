import type { Plane, RgbImage } from './raster.ts';

/**
 * The picture at `width`×`height` pixels by area averaging, so that texture shrinks without aliasing. Meant for making
 * it smaller; enlarging repeats pixels.
 */
export function shrinkRgb(image: RgbImage, width: number, height: number): RgbImage {
  if (width === image.width && height === image.height) return image;
  const data = new Uint8ClampedArray(width * height * 3);
  const source = image.data;
  const columns = cellEdges(image.width, width);
  const rows = cellEdges(image.height, height);
  for (let y = 0; y < height; y++) {
    const top = rows[y] as number;
    const bottom = Math.max(top + 1, rows[y + 1] as number);
    for (let x = 0; x < width; x++) {
      const left = columns[x] as number;
      const right = Math.max(left + 1, columns[x + 1] as number);
      let r = 0;
      let g = 0;
      let b = 0;
      for (let sy = top; sy < bottom; sy++) {
        let at = (sy * image.width + left) * 3;
        for (let sx = left; sx < right; sx++, at += 3) {
          r += source[at] as number;
          g += source[at + 1] as number;
          b += source[at + 2] as number;
        }
      }
      const count = (bottom - top) * (right - left);
      const to = (y * width + x) * 3;
      data[to] = r / count;
      data[to + 1] = g / count;
      data[to + 2] = b / count;
    }
  }
  return { width, height, data };
}

/** The plane at `width`×`height` by bilinear interpolation between pixel centres; edges repeat. */
export function enlargePlane(plane: Plane, width: number, height: number): Plane {
  const data = new Float32Array(width * height);
  const columns = sampleAxis(plane.width, width);
  const rows = sampleAxis(plane.height, height);
  const source = plane.data;
  for (let y = 0; y < height; y++) {
    const upper = (rows.low[y] as number) * plane.width;
    const lower = (rows.high[y] as number) * plane.width;
    const fy = rows.part[y] as number;
    for (let x = 0, to = y * width; x < width; x++, to++) {
      const left = columns.low[x] as number;
      const right = columns.high[x] as number;
      const fx = columns.part[x] as number;
      const a = source[upper + left] as number;
      const b = source[upper + right] as number;
      const c = source[lower + left] as number;
      const d = source[lower + right] as number;
      const high = a + (b - a) * fx;
      data[to] = high + (c + (d - c) * fx - high) * fy;
    }
  }
  return { width, height, data };
}

/** The picture with its long side at most `longSidePx`; the picture itself where it is small enough already. */
export function shrinkToLongSide(image: RgbImage, longSidePx: number): RgbImage {
  const { width, height } = fitLongSide(image, longSidePx);
  return width === image.width && height === image.height ? image : shrinkRgb(image, width, height);
}

/** Alpha (0…255, of size `from`) at the size `to`: nearest pixels, for measuring, not for show. */
export function shrinkAlpha(
  alpha: Uint8Array,
  from: { width: number; height: number },
  to: { width: number; height: number },
): Uint8Array {
  const answer = new Uint8Array(to.width * to.height);
  const columns = Int32Array.from({ length: to.width }, (_, x) => Math.floor(((x + 0.5) * from.width) / to.width));
  for (let y = 0, at = 0; y < to.height; y++) {
    const row = Math.floor(((y + 0.5) * from.height) / to.height) * from.width;
    for (let x = 0; x < to.width; x++, at++) answer[at] = alpha[row + (columns[x] as number)] as number;
  }
  return answer;
}

/** Width and height after scaling down until the longer side is `longSidePx`; never enlarges, never below 1 px. */
export function fitLongSide(
  size: { width: number; height: number },
  longSidePx: number,
): { width: number; height: number } {
  const scale = Math.min(1, longSidePx / Math.max(size.width, size.height));
  return { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) };
}

function cellEdges(from: number, to: number): Int32Array {
  return Int32Array.from({ length: to + 1 }, (_, index) => Math.floor((index * from) / to));
}

/** For each of `to` pixels along an axis of `from`: the two pixels it lies between, and how far towards the higher. */
export function sampleAxis(from: number, to: number): { low: Int32Array; high: Int32Array; part: Float32Array } {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const part = new Float32Array(to);
  for (let index = 0; index < to; index++) {
    const position = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5));
    low[index] = Math.floor(position);
    high[index] = Math.min(from - 1, (low[index] as number) + 1);
    part[index] = position - (low[index] as number);
  }
  return { low, high, part };
}

/** Where the pixels `first` … `end - 1` of a row begin that lie between the same two of `low` ({@link sampleAxis}), and `end`. */
export function findSpans(low: Int32Array, first: number, end: number): Int32Array {
  const starts: number[] = [];
  for (let x = first; x < end; x++) if (x === first || low[x] !== low[x - 1]) starts.push(x);
  return Int32Array.from([...starts, end]);
}
