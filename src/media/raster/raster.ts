/** An upright picture: interleaved sRGB, H×W×3, 8 bit, row by row from the top left. */
export interface RgbImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** One channel, H×W, row by row from the top left. The range of the values is the business of the code that made it. */
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

/** The part of the picture inside `box`; the picture itself when the box is all of it. */
export function cropRgb(image: RgbImage, box: Box): RgbImage {
  if (box.width === image.width && box.height === image.height) return image;
  const data = new Uint8Array(box.width * box.height * 3);
  for (let y = 0; y < box.height; y++) {
    const from = ((y + box.top) * image.width + box.left) * 3;
    data.set(image.data.subarray(from, from + box.width * 3), y * box.width * 3);
  }
  return { width: box.width, height: box.height, data };
}

/** The values of the plane inside `box`, row by row. */
export function cropPlane(plane: Plane, box: Box): Float32Array {
  const data = new Float32Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const from = (y + box.top) * plane.width + box.left;
    data.set(plane.data.subarray(from, from + box.width), y * box.width);
  }
  return data;
}
