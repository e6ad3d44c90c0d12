import type { RgbImage } from '../../raster/raster.ts';

/**
 * The picture in the middle of a square of its longer side, on ground of one color (0…255), which also shows through where
 * `alpha` (0…1, one a pixel) is below 1; without `alpha` the picture is opaque.
 */
export function layOnSquare(
  { width, height, data }: RgbImage,
  alpha: Float32Array | null,
  ground: readonly [number, number, number],
): RgbImage {
  const side = Math.max(width, height);
  const square = new Uint8ClampedArray(side * side * 3);
  for (let at = 0; at < square.length; at++) square[at] = ground[at % 3] as number;
  const left = (side - width) >> 1;
  const top = (side - height) >> 1;
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const share = alpha === null ? 1 : (alpha[pixel] as number);
      const to = ((y + top) * side + x + left) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const color = data[pixel * 3 + channel] as number;
        square[to + channel] = share * color + (1 - share) * (ground[channel] as number);
      }
    }
  }
  return { width: side, height: side, data: square };
}
