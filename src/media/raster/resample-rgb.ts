import type { RgbImage } from './raster.ts';

/**
 * The picture at `width` × `height`, values 0…255 as floats, H×W×3: bilinear with a kernel that widens when it shrinks, so
 * that nothing aliases. It is the resizing models are trained with (Pillow's BILINEAR, torchvision's `antialias=True`).
 */
export function resampleRgb(picture: RgbImage, width: number, height: number): Float32Array {
  const columns = weighAxis(picture.width, width);
  const rows = weighAxis(picture.height, height);
  const narrow = new Float32Array(picture.height * width * 3);
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0, to = y * width * 3; x < width; x++, to += 3) {
      let [r, g, b] = [0, 0, 0];
      const weights = columns.weights[x] as Float32Array;
      let from = (y * picture.width + (columns.starts[x] as number)) * 3;
      for (let at = 0; at < weights.length; at++, from += 3) {
        const weight = weights[at] as number;
        r += weight * (picture.data[from] as number);
        g += weight * (picture.data[from + 1] as number);
        b += weight * (picture.data[from + 2] as number);
      }
      narrow[to] = r;
      narrow[to + 1] = g;
      narrow[to + 2] = b;
    }
  }
  return sumRows(narrow, rows, width * 3);
}

interface Axis {
  /** First source pixel of each target pixel. */
  starts: Int32Array;
  /** Weights of the source pixels from there on; their sum is 1. */
  weights: Float32Array[];
}

/** A triangle over two source pixels, or over two target pixels where those are larger. */
function weighAxis(from: number, to: number): Axis {
  const scale = from / to;
  const reach = Math.max(1, scale);
  const starts = new Int32Array(to);
  const weights = Array.from({ length: to }, (_, index) => {
    const centre = (index + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach));
    const last = Math.min(from, Math.ceil(centre + reach));
    starts[index] = first;
    const raw = Float32Array.from({ length: last - first }, (_, at) =>
      Math.max(0, 1 - Math.abs(first + at + 0.5 - centre) / reach),
    );
    const sum = raw.reduce((total, weight) => total + weight, 0);
    return raw.map((weight) => weight / sum);
  });
  return { starts, weights };
}

function sumRows(narrow: Float32Array, rows: Axis, rowLength: number): Float32Array {
  const data = new Float32Array(rows.weights.length * rowLength);
  for (const [y, weights] of rows.weights.entries()) {
    for (const [at, weight] of weights.entries()) {
      const from = ((rows.starts[y] as number) + at) * rowLength;
      for (let x = 0, to = y * rowLength; x < rowLength; x++, to++) {
        data[to] = (data[to] as number) + weight * (narrow[from + x] as number);
      }
    }
  }
  return data;
}
