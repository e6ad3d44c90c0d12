/** An upright picture: interleaved sRGB, H×W×3, 8 bit, row by row from the top left. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** One channel, H×W, row by row from the top left. The range of the values is the business of whoever made it. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** A rectangle in whole pixels: `left` and `top` inside, `left + width` and `top + height` just outside. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function createPlane(width: number, height: number): Plane {
  return { width, height, data: new Float32Array(width * height) };
}

/** The number at `index`, or 0 outside: typed arrays answer `undefined` there, which arithmetic turns into NaN. */
export function at(array: ArrayLike<number>, index: number): number {
  return array[index] ?? 0;
}
