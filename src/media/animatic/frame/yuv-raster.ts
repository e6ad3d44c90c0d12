import { findRuns, type PlaneRuns } from './find-runs.ts';

/**
 * One plane of a layer, row by row: `color` is premultiplied by `alpha` around a resting value (0 for luma, 128 for
 * chroma), 0…255. Without alpha it is opaque. The two planes of chroma share theirs.
 */
export interface LayerPlane {
  readonly width: number;
  readonly height: number;
  readonly color: Uint8Array;
  readonly alpha: Uint8Array | null;
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

/** Bytes of a YUV 4:2:0 frame of even sides. */
export function countFrameBytes(width: number, height: number): number {
  return (width * height * 3) / 2;
}

/** Converts a picture of even width and height. Pictures that are opaque throughout lose their alpha. */
export function toRaster({ width, height, data }: Rgba): Raster {
  const [luma, lumaAlpha] = [new Uint8Array(width * height), new Uint8Array(width * height)];
  let isOpaque = true;
  for (let at = 0, from = 0; at < luma.length; at++, from += 4) {
    const alpha = data[from + 3] as number;
    if (alpha !== 255) isOpaque = false;
    lumaAlpha[at] = alpha;
    luma[at] = lumaOf(data[from] as number, data[from + 1] as number, data[from + 2] as number, alpha) + 0.5;
  }
  const half = { width: width / 2, height: height / 2 };
  const { blue, red, alpha } = halveChroma(data, half);
  return joinRaster({ width, height }, luma, isOpaque ? null : lumaAlpha, half, [blue, red], isOpaque ? null : alpha);
}

/** The planes of a layer, whose rows know where anything is to be seen; opaque without alpha. */
export function joinRaster(
  full: { width: number; height: number },
  luma: Uint8Array,
  lumaAlpha: Uint8Array | null,
  half: { width: number; height: number },
  [blue, red]: readonly [Uint8Array, Uint8Array],
  chromaAlpha: Uint8Array | null,
): Raster {
  const lumaRuns = lumaAlpha === null ? null : findRuns({ ...full, alpha: lumaAlpha });
  const runs = chromaAlpha === null ? null : findRuns({ ...half, alpha: chromaAlpha });
  return {
    ...full,
    y: { ...full, color: luma, alpha: lumaAlpha, runs: lumaRuns },
    u: { ...half, color: blue, alpha: chromaAlpha, runs },
    v: { ...half, color: red, alpha: chromaAlpha, runs },
  };
}

/** Chroma and alpha at half the size. */
function halveChroma(data: Uint8ClampedArray, { width, height }: { width: number; height: number }) {
  const [blue, red, alpha] = [0, 1, 2].map(() => new Uint8Array(width * height)) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  const row = width * 8;
  for (let line = 0, at = 0; line < height; line++) {
    for (let from = line * 2 * row, end = from + row; from < end; from += 8, at++) {
      const r = sumFour(data, from, row);
      const g = sumFour(data, from + 1, row);
      const b = sumFour(data, from + 2, row);
      alpha[at] = sumFour(data, from + 3, row) / 4 + 0.5;
      blue[at] = 128.5 - 0.02515 * r - 0.08465 * g + 0.1098 * b;
      red[at] = 128.5 + 0.1098 * r - 0.099725 * g - 0.010075 * b;
    }
  }
  return { blue, red, alpha };
}

/** Of one channel of four pixels that share their chroma; the weights of the sum hold the quarter. */
function sumFour(data: Uint8ClampedArray, at: number, row: number): number {
  return (data[at] as number) + (data[at + 4] as number) + (data[at + row] as number) + (data[at + row + 4] as number);
}

/** ITU-R BT.709, 8 bit video range: black is 16, white 235; premultiplied, so that nothing is 0. */
export function lumaOf(r: number, g: number, b: number, a: number): number {
  return (16 / 255) * a + 0.1826 * r + 0.6142 * g + 0.062 * b;
}
