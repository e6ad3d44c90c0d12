import { lumaOf } from '../../raster/luma.ts';
import type { Pixels } from '../../raster/pixels.ts';
import type { Exposure } from '../../schema.ts';
import type { View } from '../view.ts';

/** Of the small picture, so that views compare. */
export function measureExposure(view: View): void {
  view.exposure = exposureOf(view.small);
}

/** {@link exposureOfLuma} of pixels. */
export function exposureOf(pixels: Pixels): Exposure {
  return exposureOfLuma(lumaOf(pixels));
}

/** Mean luma and the shares of pixels clipped to black (luma ≤ 4) and to white (luma ≥ 251); all 0…1, 3 decimals. */
export function exposureOfLuma(luma: Float32Array): Exposure {
  let sum = 0;
  let dark = 0;
  let bright = 0;
  for (let at = 0; at < luma.length; at++) {
    const value = luma[at] as number;
    sum += value;
    if (value <= 4) dark += 1;
    else if (value >= 251) bright += 1;
  }
  const share = (count: number) => Math.min(1, Math.round((count / luma.length) * 1000) / 1000);
  return { mean_luma: share(sum / 255), dark_share: share(dark), bright_share: share(bright) };
}
