/**
 * One plane of a layer: `colour` is premultiplied by `alpha` around a resting value (0 for luma, 128 for chroma), both
 * `height` × `width`, 0…255. Without alpha it is opaque.
 */
export interface LayerPlane {
  readonly width: number;
  readonly height: number;
  readonly colour: Uint8Array;
  readonly alpha: Uint8Array | null;
  /** For each row the first column with any alpha, and the one behind the last; null when it is opaque. */
  readonly spans: Int32Array | null;
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

/** Contents are black in no colour space: draw something opaque first. */
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
  const plane = (colour: Uint8Array, share: number): LayerPlane => ({
    width: width * share,
    height: height * share,
    colour,
    alpha: null,
    spans: null,
  });
  return { width, height, y: plane(y, 1), u: plane(u, 0.5), v: plane(v, 0.5) };
}

export function countFrameBytes(width: number, height: number): number {
  return (width * height * 3) / 2;
}

/** Converts a picture of even width and height. Pictures that are opaque throughout lose their alpha. */
export function toRaster({ width, height, data }: Rgba): Raster {
  const [halfWidth, halfHeight] = [width / 2, height / 2];
  const y = new Uint8Array(width * height);
  const alpha = new Uint8Array(width * height);
  const u = new Uint8Array(halfWidth * halfHeight);
  const v = new Uint8Array(halfWidth * halfHeight);
  const halfAlpha = new Uint8Array(halfWidth * halfHeight);
  let isOpaque = true;
  for (let at = 0, from = 0; at < y.length; at++, from += 4) {
    const a = data[from + 3] as number;
    if (a !== 255) isOpaque = false;
    alpha[at] = a;
    y[at] = lumaOf(data[from] as number, data[from + 1] as number, data[from + 2] as number, a) + 0.5;
  }
  const row = width * 4;
  for (let line = 0, at = 0; line < halfHeight; line++) {
    for (let from = line * 2 * row, end = from + row; from < end; from += 8, at++) {
      const mean = (channel: number) =>
        ((data[from + channel] as number) +
          (data[from + 4 + channel] as number) +
          (data[from + row + channel] as number) +
          (data[from + row + 4 + channel] as number)) /
        4;
      const [r, g, b] = [mean(0), mean(1), mean(2)];
      halfAlpha[at] = mean(3) + 0.5;
      u[at] = 128.5 - 0.1006 * r - 0.3386 * g + 0.4392 * b;
      v[at] = 128.5 + 0.4392 * r - 0.3989 * g - 0.0403 * b;
    }
  }
  const full = { width, height, ...(isOpaque ? opaque : { alpha, spans: findSpans(alpha, width, height) }) };
  const halfSpans = () => ({ alpha: halfAlpha, spans: findSpans(halfAlpha, halfWidth, halfHeight) });
  const half = { width: halfWidth, height: halfHeight, ...(isOpaque ? opaque : halfSpans()) };
  return { width, height, y: { ...full, colour: y }, u: { ...half, colour: u }, v: { ...half, colour: v } };
}

const opaque = { alpha: null, spans: null };

/** ITU-R BT.709, 8 bit video range: black is 16, white 235; premultiplied, so that nothing is 0. */
function lumaOf(r: number, g: number, b: number, a: number): number {
  return (16 / 255) * a + 0.1826 * r + 0.6142 * g + 0.062 * b;
}

function findSpans(alpha: Uint8Array, width: number, height: number): Int32Array {
  const spans = new Int32Array(height * 2);
  for (let line = 0; line < height; line++) {
    let first = line * width;
    let end = first + width;
    while (first < end && alpha[first] === 0) first++;
    while (end > first && alpha[end - 1] === 0) end--;
    const isEmpty = first === end;
    spans[line * 2] = isEmpty ? width : first - line * width;
    spans[line * 2 + 1] = isEmpty ? 0 : end - line * width;
  }
  return spans;
}
