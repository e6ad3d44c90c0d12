import type { Pixels } from './pixels.ts';

/** Rec. 709 luma of each pixel, 0…255, height × width. Alpha is ignored. */
export function lumaOf({ data, width, height, channels }: Pixels): Float32Array {
  const luma = new Float32Array(width * height);
  for (let at = 0, from = 0; at < luma.length; at++, from += channels) {
    luma[at] =
      0.2126 * (data[from] as number) + 0.7152 * (data[from + 1] as number) + 0.0722 * (data[from + 2] as number);
  }
  return luma;
}
