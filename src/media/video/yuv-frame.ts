import type { Pixels } from '../raster/pixels.ts';
import type { RgbImage } from '../raster/raster.ts';

/**
 * A decoded frame as decoders hold it: planes of luma, blue and red difference, the latter two at half the width and
 * height (4:2:0, sited left as in MPEG-2), 8 bits, BT.709 matrix, video range (luma 16…235). Sides are even.
 * Half the bytes of RGB, and most frames are only measured: turning all of them into RGB took longer than decoding them.
 */
export interface YuvFrame {
  data: Uint8Array;
  width: number;
  height: number;
}

/** Bytes of a YUV 4:2:0 frame of even sides. */
export function countFrameBytes(width: number, height: number): number {
  return (width * height * 3) / 2;
}

/** BT.709 with video range, in 1/65536 (ITU-R BT.709-6, 3.2 and 3.5). */
const factors = { luma: 76_309, redOfV: 117_489, greenOfU: -13_975, greenOfV: -34_925, blueOfU: 138_438 };

/** The frame as upright RGB; color differences are interpolated between their sites. */
export function toRgb({ data, width, height }: YuvFrame): Pixels & { channels: 3 } {
  const out = new Uint8ClampedArray(width * height * 3);
  const [halfWidth, halfHeight] = [width >> 1, height >> 1];
  const blue = data.subarray(width * height, width * height + halfWidth * halfHeight);
  const red = data.subarray(width * height + halfWidth * halfHeight);
  const blueRow = new Int32Array(halfWidth + 1);
  const redRow = new Int32Array(halfWidth + 1);
  for (let y = 0, at = 0, to = 0; y < height; y++) {
    mixRows(blue, blueRow, y, halfHeight);
    mixRows(red, redRow, y, halfHeight);
    for (let x = 0; x < width; x++, at++, to += 3) {
      const column = x >> 1;
      const next = column + (x & 1);
      const light = ((data[at] as number) - 16) * factors.luma + 32_768;
      // rows hold four times the value, so the mean of two sites is an eighth of their sum
      const u = (blueRow[column] as number) + (blueRow[next] as number) - 1024;
      const v = (redRow[column] as number) + (redRow[next] as number) - 1024;
      out[to] = (light + ((factors.redOfV * v) >> 3)) >> 16;
      out[to + 1] = (light + ((factors.greenOfU * u + factors.greenOfV * v) >> 3)) >> 16;
      out[to + 2] = (light + ((factors.blueOfU * u) >> 3)) >> 16;
    }
  }
  return { data: new Uint8Array(out.buffer), width, height, channels: 3 };
}

/** Four times the color difference at row `y` of the picture: three parts of the nearer row and one of the other. */
function mixRows(plane: Uint8Array, row: Int32Array, y: number, rowCount: number): void {
  const width = row.length - 1;
  const near = y >> 1;
  const far = Math.min(rowCount - 1, Math.max(0, near + (y & 1 ? 1 : -1)));
  for (let x = 0; x < width; x++) {
    row[x] = 3 * (plane[near * width + x] as number) + (plane[far * width + x] as number);
  }
  row[width] = row[width - 1] as number;
}

/** Luma of the frame scaled down to `sidePx` on the longer side by area means: 0…255 full range, height × width. */
export function shrinkLuma(frame: YuvFrame, sidePx: number): { luma: Float32Array; width: number; height: number } {
  const size = fitInside(frame, sidePx);
  const luma = shrinkPlane(frame.data, frame, size);
  for (let at = 0; at < luma.length; at++) luma[at] = Math.min(255, Math.max(0, ((luma[at] as number) - 16) * 1.16438));
  return { luma, ...size };
}

/** The frame in RGB scaled down to `sidePx` on the longer side by area means. */
export function shrinkToRgb(frame: YuvFrame, sidePx: number): RgbImage {
  const { data, width, height } = frame;
  const size = fitInside(frame, sidePx);
  const half = { width: width >> 1, height: height >> 1 };
  const area = half.width * half.height;
  const luma = shrinkPlane(data, frame, size);
  const blue = shrinkPlane(data.subarray(width * height), half, size);
  const red = shrinkPlane(data.subarray(width * height + area), half, size);
  const out = new Uint8ClampedArray(luma.length * 3);
  for (let at = 0; at < luma.length; at++) {
    const light = ((luma[at] as number) - 16) * factors.luma;
    const u = (blue[at] as number) - 128;
    const v = (red[at] as number) - 128;
    out[at * 3] = (light + factors.redOfV * v) / 65_536;
    out[at * 3 + 1] = (light + factors.greenOfU * u + factors.greenOfV * v) / 65_536;
    out[at * 3 + 2] = (light + factors.blueOfU * u) / 65_536;
  }
  return { data: out, ...size };
}

interface Size {
  width: number;
  height: number;
}

function fitInside({ width, height }: Size, sidePx: number): Size {
  const scale = Math.min(1, sidePx / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** So many rows of a box stand for all of them, spread evenly: a small picture of a large frame feels no more. */
const rowsPerBox = 2;

/** Means over boxes; where the target is finer than the plane, the value it lies on. */
function shrinkPlane(plane: Uint8Array, from: Size, to: Size): Float32Array {
  if (to.width > from.width || to.height > from.height) return pickPlane(plane, from, to);
  const out = new Float32Array(to.width * to.height);
  const sums = new Uint32Array(to.width);
  const ends = Int32Array.from({ length: to.width }, (_, x) => Math.floor(((x + 1) * from.width) / to.width));
  for (let row = 0; row < to.height; row++) {
    const [top, bottom] = [
      Math.floor((row * from.height) / to.height),
      Math.floor(((row + 1) * from.height) / to.height),
    ];
    const step = Math.ceil((bottom - top) / rowsPerBox);
    sums.fill(0);
    for (let y = top; y < bottom; y += step) addRow(plane, y * from.width, ends, sums);
    const rowCount = Math.ceil((bottom - top) / step);
    for (let x = 0, start = 0; x < to.width; x++) {
      const end = ends[x] as number;
      out[row * to.width + x] = (sums[x] as number) / ((end - start) * rowCount);
      start = end;
    }
  }
  return out;
}

function addRow(plane: Uint8Array, start: number, ends: Int32Array, sums: Uint32Array): void {
  for (let x = 0, at = start; x < sums.length; x++) {
    const end = start + (ends[x] as number);
    let sum = sums[x] as number;
    for (; at < end; at++) sum += plane[at] as number;
    sums[x] = sum;
  }
}

function pickPlane(plane: Uint8Array, from: Size, to: Size): Float32Array {
  return Float32Array.from({ length: to.width * to.height }, (_, at) => {
    const x = Math.floor(((at % to.width) * from.width) / to.width);
    const y = Math.floor((Math.floor(at / to.width) * from.height) / to.height);
    return plane[y * from.width + x] as number;
  });
}
