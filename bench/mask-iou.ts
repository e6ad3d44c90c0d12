import type { Box } from '../src/media/raster/raster.ts';

/** Intersection over union of two masks (0…255, subject from 128 up); 1 when both are empty. */
export function maskIou(one: Uint8Array, other: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let pixel = 0; pixel < one.length; pixel++) {
    const a = (one[pixel] as number) >= 128;
    const b = (other[pixel] as number) >= 128;
    if (a && b) both++;
    if (a || b) either++;
  }
  return either === 0 ? 1 : both / either;
}

/** The mask at `to` pixels by taking the nearest pixel, then only the part inside `box`. */
export function shrinkMask(
  mask: Uint8Array,
  from: { width: number; height: number },
  to: { width: number; height: number },
  box: Box = { left: 0, top: 0, ...to },
): Uint8Array {
  const answer = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const sy = Math.floor(((y + box.top + 0.5) * from.height) / to.height);
    for (let x = 0; x < box.width; x++) {
      const sx = Math.floor(((x + box.left + 0.5) * from.width) / to.width);
      answer[y * box.width + x] = mask[sy * from.width + sx] as number;
    }
  }
  return answer;
}
