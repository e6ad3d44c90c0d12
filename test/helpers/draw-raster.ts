import type { RgbImage } from '../../src/media/raster/raster.ts';

export type Color = readonly [number, number, number];

/** A picture whose pixel at x, y is `paint(x, y)`. */
export function drawRaster(width: number, height: number, paint: (x: number, y: number) => Color): RgbImage {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(paint(x, y), (y * width + x) * 3);
  }
  return { width, height, data };
}

/** Repeatable noise −0.5…0.5 for a pixel. */
export function grainAt(x: number, y: number, seed: number): number {
  let hash = Math.imul(x + 1, 374761393) ^ Math.imul(y + 1, 668265263) ^ Math.imul(seed + 1, 2246822519);
  hash = Math.imul(hash ^ (hash >>> 13), 1274126177);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296 - 0.5;
}

/** `color` with grain of `strength` levels and a slow shade, as a real surface has it. */
export function surface(color: Color, x: number, y: number, strength: number, seed: number): Color {
  const level = grainAt(x, y, seed) * strength + 8 * Math.sin(x / 31 + seed) + 8 * Math.cos(y / 37 + seed);
  return [color[0] + level, color[1] + level, color[2] + level];
}

/** Share of agreeing area of two masks, from 0.5 (or 128 of bytes) up. */
export function overlap(one: ArrayLike<number>, other: ArrayLike<number>, limit = 0.5): number {
  let both = 0;
  let either = 0;
  for (let index = 0; index < one.length; index++) {
    const a = (one[index] as number) >= limit;
    const b = (other[index] as number) >= limit;
    if (a && b) both++;
    if (a || b) either++;
  }
  return either === 0 ? 1 : both / either;
}
