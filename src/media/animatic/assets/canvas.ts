import type { Rgba } from '../frame/yuv-raster.ts';
import type { Rgb } from './color.ts';

/** A transparent picture. */
export function createCanvas(width: number, height: number): Rgba {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/** Lays a color over the picture wherever the mask (0…1, as large as the picture) covers it. */
export function paintMask({ data }: Rgba, mask: Float32Array, color: Rgb, opacity = 1): void {
  for (let pixel = 0, at = 0; pixel < mask.length; pixel++, at += 4) {
    const cover = (mask[pixel] as number) * opacity;
    if (cover <= 0) continue;
    const stays = 1 - cover;
    data[at] = (data[at] as number) * stays + color[0] * cover;
    data[at + 1] = (data[at + 1] as number) * stays + color[1] * cover;
    data[at + 2] = (data[at + 2] as number) * stays + color[2] * cover;
    data[at + 3] = (data[at + 3] as number) * stays + 255 * cover;
  }
}

/** Lays straight-alpha pixels (height × width × 4) over the picture with their top left corner at `left`, `top`. */
export function paintPixels(
  { width, data }: Rgba,
  pixels: { data: Uint8Array; width: number; height: number },
  left: number,
  top: number,
): void {
  for (let row = 0, from = 0; row < pixels.height; row++) {
    let at = ((row + top) * width + left) * 4;
    for (let column = 0; column < pixels.width; column++, from += 4, at += 4) {
      const cover = (pixels.data[from + 3] as number) / 255;
      const stays = 1 - cover;
      data[at] = (data[at] as number) * stays + (pixels.data[from] as number) * cover;
      data[at + 1] = (data[at + 1] as number) * stays + (pixels.data[from + 1] as number) * cover;
      data[at + 2] = (data[at + 2] as number) * stays + (pixels.data[from + 2] as number) * cover;
      data[at + 3] = (data[at + 3] as number) * stays + 255 * cover;
    }
  }
}

/** Coverage 0…1 (height × width) of a rectangle with round corners, smooth over one pixel at its edge. */
export function roundedBox(
  width: number,
  height: number,
  box: { left: number; top: number; width: number; height: number },
  radius: number,
): Float32Array {
  const mask = new Float32Array(width * height);
  const [centreX, centreY] = [box.left + box.width / 2, box.top + box.height / 2];
  for (let row = 0, at = 0; row < height; row++) {
    const y = Math.max(0, Math.abs(row + 0.5 - centreY) - box.height / 2 + radius);
    for (let column = 0; column < width; column++, at++) {
      const x = Math.abs(column + 0.5 - centreX) - box.width / 2 + radius;
      const distance = x > 0 ? Math.hypot(x, y) : y;
      mask[at] = Math.min(1, Math.max(0, radius - distance + 0.5));
    }
  }
  return mask;
}
