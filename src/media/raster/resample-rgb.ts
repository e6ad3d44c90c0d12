import type { RgbImage } from './raster.ts';

/**
 * The picture at `width` × `height`, values 0…255 as floats, H×W×3: bilinear with a kernel that widens when it shrinks, so
 * that nothing aliases. It is the resizing models are trained with (Pillow's BILINEAR, torchvision's `antialias=True`).
 */
export function resampleRgb(picture: RgbImage, width: number, height: number): Float32Array {
  const columns = weighAxis(picture.width, width);
  const rows = weighAxis(picture.height, height);
  // Rows first: long sums beside each other, and then fewer rows to make narrow.
  const low = sumRows(picture, rows);
  const answer = new Float32Array(height * width * 3);
  for (let y = 0, to = 0; y < height; y++) {
    const row = y * picture.width * 3;
    for (let x = 0; x < width; x++, to += 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      let from = row + (columns.starts[x] as number) * 3;
      const end = columns.ends[x] as number;
      for (let at = columns.ends[x - 1] ?? 0; at < end; at++, from += 3) {
        const weight = columns.weights[at] as number;
        red += weight * (low[from] as number);
        green += weight * (low[from + 1] as number);
        blue += weight * (low[from + 2] as number);
      }
      answer[to] = red;
      answer[to + 1] = green;
      answer[to + 2] = blue;
    }
  }
  return answer;
}

interface Axis {
  /** First source pixel of each target pixel. */
  readonly starts: Int32Array;
  /** Weights of the source pixels from there on, those of one target pixel behind those of the one before; their sum is 1. */
  readonly weights: Float32Array;
  /** Where in them each target pixel's end. */
  readonly ends: Int32Array;
}

/** A triangle over two source pixels, or over two target pixels where those are larger. */
function weighAxis(from: number, to: number): Axis {
  const scale = from / to;
  const reach = Math.max(1, scale);
  const starts = new Int32Array(to);
  const ends = new Int32Array(to);
  const weights = new Float32Array(to * Math.ceil(2 * reach + 1));
  for (let index = 0, end = 0; index < to; index++) {
    const centre = (index + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach));
    const last = Math.min(from, Math.ceil(centre + reach));
    starts[index] = first;
    const begin = end;
    let sum = 0;
    for (let at = first; at < last; at++, end++) {
      const weight = Math.max(0, 1 - Math.abs(at + 0.5 - centre) / reach);
      weights[end] = weight;
      sum += weight;
    }
    for (let at = begin; at < end; at++) weights[at] = (weights[at] as number) / sum;
    ends[index] = end;
  }
  return { starts, weights, ends };
}

function sumRows({ data, width }: RgbImage, { starts, weights, ends }: Axis): Float32Array {
  const length = width * 3;
  const answer = new Float32Array(starts.length * length);
  for (let y = 0; y < starts.length; y++) {
    const line = answer.subarray(y * length, (y + 1) * length);
    const begin = ends[y - 1] ?? 0;
    for (let at = begin; at < (ends[y] as number); at++) {
      const weight = weights[at] as number;
      const first = ((starts[y] as number) + at - begin) * length;
      const source = data.subarray(first, first + length);
      for (let x = 0; x < length; x++) line[x] = (line[x] as number) + weight * (source[x] as number);
    }
  }
  return answer;
}
