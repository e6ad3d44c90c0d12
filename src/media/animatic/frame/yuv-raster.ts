import type { RowSource } from './draw-rows.ts';
import { findRuns, type PlaneRuns } from './find-runs.ts';

/**
 * One plane of a layer: `colorRows` are premultiplied by `alphaRows` around a resting value (0 for luma, 128 for
 * chroma), 0…255. Without alpha it is opaque. Bytes behind the width are never seen.
 */
export interface LayerPlane {
  readonly width: number;
  readonly height: number;
  readonly colorRows: RowSource;
  readonly alphaRows: RowSource | null;
  /** Where rows have alpha; null when it is opaque. */
  readonly runs: PlaneRuns | null;
}

/** A picture to compose: BT.709 with video range, chroma at half the size, sited in the middle. Width and height are even. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly y: LayerPlane;
  readonly u: LayerPlane;
  readonly v: LayerPlane;
}

/** A frame of the video: planar 4:2:0 in one piece of memory (I420), BT.709 with video range, even width and height. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
}

/** Premultiplied sRGB: height × width × 4, 0…255. */
export interface Rgba {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** Contents are black in no color space: draw something opaque first. */
export function createFrame(width: number, height: number): Frame {
  const data = new Uint8Array(countFrameBytes(width, height));
  return viewFrame(data, width, height);
}

/** The planes of I420 memory. */
export function viewFrame(data: Uint8Array, width: number, height: number): Frame {
  const luma = width * height;
  const chroma = luma / 4;
  return {
    width,
    height,
    data,
    y: data.subarray(0, luma),
    u: data.subarray(luma, luma + chroma),
    v: data.subarray(luma + chroma, luma + 2 * chroma),
  };
}

/** The memory of a frame as an opaque layer, without copying. */
export function viewAsRaster({ width, height, y, u, v }: Frame): Raster {
  const plane = (color: Uint8Array, share: number): LayerPlane => ({
    width: width * share,
    height: height * share,
    colorRows: viewRows(color, width * share),
    alphaRows: null,
    runs: null,
  });
  return { width, height, y: plane(y, 1), u: plane(u, 0.5), v: plane(v, 0.5) };
}

/** Bytes of a YUV 4:2:0 frame of even sides. */
export function countFrameBytes(width: number, height: number): number {
  return (width * height * 3) / 2;
}

/** Converts a picture of even width and height. Pictures that are opaque throughout lose their alpha. */
export function toRaster({ width, height, data }: Rgba): Raster {
  const full = createPlane(width, height);
  const half = { ...createPlane(width / 2, height / 2), other: new Uint8Array(0) };
  half.other = new Uint8Array(half.color.length);
  let isOpaque = true;
  for (let line = 0, from = 0; line < height; line++) {
    for (let at = line * full.stride, end = at + width; at < end; at++, from += 4) {
      const alpha = data[from + 3] as number;
      if (alpha !== 255) isOpaque = false;
      full.alpha[at] = alpha;
      const luma = lumaOf(data[from] as number, data[from + 1] as number, data[from + 2] as number, alpha);
      full.color[at] = luma + 0.5;
    }
  }
  const row = width * 4;
  for (let line = 0; line < half.height; line++) {
    let at = line * half.stride;
    for (let from = line * 2 * row, end = from + row; from < end; from += 8, at++) {
      const r = sumFour(data, from, row);
      const g = sumFour(data, from + 1, row);
      const b = sumFour(data, from + 2, row);
      half.alpha[at] = sumFour(data, from + 3, row) / 4 + 0.5;
      half.color[at] = 128.5 - 0.02515 * r - 0.08465 * g + 0.1098 * b;
      half.other[at] = 128.5 + 0.1098 * r - 0.099725 * g - 0.010075 * b;
    }
  }
  const { other, ...chroma } = half;
  const [y, u, v] = [full, chroma, { ...chroma, color: other }].map((plane) => finishPlane(plane, isOpaque));
  return { width, height, y: y as LayerPlane, u: u as LayerPlane, v: v as LayerPlane };
}

/** A plane that is being filled; rows begin at whole words. */
export interface OpenPlane {
  width: number;
  height: number;
  stride: number;
  color: Uint8Array;
  alpha: Uint8Array;
}

/** An empty plane, transparent; rows begin at multiples of 4 bytes. */
export function createPlane(width: number, height: number): OpenPlane {
  const stride = (width + 3) & ~3;
  return { width, height, stride, color: new Uint8Array(stride * height), alpha: new Uint8Array(stride * height) };
}

/** The plane ready to be drawn. An opaque one keeps no alpha; else rows know where anything is to be seen. */
export function finishPlane(plane: OpenPlane, isOpaque: boolean): LayerPlane {
  const { width, height, stride, color, alpha } = plane;
  return {
    width,
    height,
    colorRows: viewRows(color, stride),
    alphaRows: isOpaque ? null : viewRows(alpha, stride),
    runs: isOpaque ? null : findRuns(plane),
  };
}

function viewRows(bytes: Uint8Array, stride: number): RowSource {
  const isAligned = ((stride | bytes.byteOffset) & 3) === 0;
  return {
    bytes,
    stride,
    words: isAligned ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2) : null,
  };
}

/** Of one channel of four pixels that share their chroma; the weights of the sum hold the quarter. */
function sumFour(data: Uint8ClampedArray, at: number, row: number): number {
  return (data[at] as number) + (data[at + 4] as number) + (data[at + row] as number) + (data[at + row + 4] as number);
}

/** ITU-R BT.709, 8 bit video range: black is 16, white 235; premultiplied, so that nothing is 0. */
export function lumaOf(r: number, g: number, b: number, a: number): number {
  return (16 / 255) * a + 0.1826 * r + 0.6142 * g + 0.062 * b;
}
