import { joinRaster, type LayerPlane, type Raster } from './yuv-raster.ts';

interface Size {
  width: number;
  height: number;
}

/**
 * A picture turned clockwise around its middle, as large as `size` (even sides), whose middle is the same point. What lies beyond its edges
 * is clear; an opaque picture stays opaque and must cover all of `size`.
 */
export function rotateRaster(raster: Raster, degrees: number, size: Size): Raster {
  const half = { width: size.width / 2, height: size.height / 2 };
  const y = rotatePlane(raster.y, degrees, size, 0);
  const [u, v] = [rotatePlane(raster.u, degrees, half, 128), rotatePlane(raster.v, degrees, half, 128)];
  return joinRaster(size, y.color, y.alpha, half, [u.color, v.color], u.alpha);
}

/** The smallest upright box around one that is turned by up to a quarter. */
export function boundRotated({ width, height }: Size, degrees: number): Size {
  const [sin, cos] = [Math.abs(Math.sin(toRadians(degrees))), Math.cos(toRadians(degrees))];
  return { width: width * cos + height * sin, height: width * sin + height * cos };
}

/** An angle in radians. */
export function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** `rest` is what premultiplied colors are where nothing is. */
function rotatePlane(plane: LayerPlane, degrees: number, size: Size, rest: number) {
  const { width, height } = size;
  const color = new Uint8Array(width * height);
  const alpha = plane.alpha === null ? null : new Uint8Array(width * height);
  const [sin, cos] = [Math.sin(toRadians(degrees)), Math.cos(toRadians(degrees))];
  const clear = plane.alpha === null ? null : rest;
  for (let row = 0, at = 0; row < height; row++) {
    const down = row + 0.5 - height / 2;
    for (let column = 0; column < width; column++, at++) {
      const across = column + 0.5 - width / 2;
      const x = across * cos + down * sin + plane.width / 2 - 0.5;
      const y = down * cos - across * sin + plane.height / 2 - 0.5;
      color[at] = sample(plane.color, plane, x, y, clear) + 0.5;
      if (alpha !== null && plane.alpha !== null) alpha[at] = sample(plane.alpha, plane, x, y, 0) + 0.5;
    }
  }
  return { color, alpha };
}

/** Bilinear; beyond the edges `clear`, or the nearest pixel for null. */
function sample(values: Uint8Array, { width, height }: Size, x: number, y: number, clear: number | null): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, below] = [x - left, y - top];
  const at = (column: number, row: number): number => {
    const isInside = column >= 0 && row >= 0 && column < width && row < height;
    if (!isInside && clear !== null) return clear;
    const nearest = Math.min(height - 1, Math.max(0, row)) * width + Math.min(width - 1, Math.max(0, column));
    return values[nearest] as number;
  };
  const upper = at(left, top) * (1 - right) + at(left + 1, top) * right;
  const lower = at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right;
  return upper * (1 - below) + lower * below;
}
