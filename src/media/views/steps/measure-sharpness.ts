import { lumaOf } from '../../raster/luma.ts';
import type { Pixels } from '../../raster/pixels.ts';
import type { View } from '../view.ts';

/** Of the small picture, so that views compare. */
export function measureSharpness(view: View): void {
  view.sharpness = sharpnessOf(view.small);
}

/** {@link sharpnessOfLuma} of pixels. */
export function sharpnessOf(pixels: Pixels): number {
  return sharpnessOfLuma(lumaOf(pixels), pixels.width, pixels.height);
}

/**
 * Variance of the 4-neighbour Laplacian of the luma (0…255), without the border pixels; one decimal, ≥ 0.
 * Depends on the size of the picture: compare pictures of one size only.
 * Source: Pech-Pacheco et al., "Diatom autofocusing in brightfield microscopy", ICPR 2000.
 */
export function sharpnessOfLuma(luma: Float32Array, width: number, height: number): number {
  let sum = 0;
  let squares = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const around =
        (luma[at - 1] as number) +
        (luma[at + 1] as number) +
        (luma[at - width] as number) +
        (luma[at + width] as number);
      const value = around - 4 * (luma[at] as number);
      sum += value;
      squares += value * value;
    }
  }
  const count = Math.max(1, (width - 2) * (height - 2));
  return Math.round((squares / count - (sum / count) ** 2) * 10) / 10;
}
