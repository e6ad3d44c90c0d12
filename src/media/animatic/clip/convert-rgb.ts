import type { Frame } from '../yuv-raster.ts';

/** Fills a frame from RGB of its size (height × width × 3): BT.709, video range, chroma as the mean of four pixels. */
export function convertRgb(rgb: Uint8Array, { width, height, y, u, v }: Frame): void {
  const row = width * 3;
  for (let line = 0, half = 0; line < height; line += 2) {
    for (let column = 0; column < width; column += 2, half++) {
      const first = (line * width + column) * 3;
      let [r, g, b] = [0, 0, 0];
      for (let corner = 0; corner < 4; corner++) {
        const at = first + (corner & 1 ? 3 : 0) + (corner & 2 ? row : 0);
        const [red, green, blue] = [rgb[at] as number, rgb[at + 1] as number, rgb[at + 2] as number];
        y[(line + (corner >> 1)) * width + column + (corner & 1)] = 16.5 + 0.1826 * red + 0.6142 * green + 0.062 * blue;
        r += red;
        g += green;
        b += blue;
      }
      u[half] = 128.5 - 0.02515 * r - 0.08465 * g + 0.1098 * b;
      v[half] = 128.5 + 0.1098 * r - 0.099725 * g - 0.010075 * b;
    }
  }
}
