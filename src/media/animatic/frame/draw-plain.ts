import type { Easel, HeldPlane } from './create-easel.ts';
import { findColumns, type Place, type PlanePair, type PlaneSize } from './draw-planes.ts';

/** As `drawPlanes`, for a layer of which each row has one color. */
export function drawPlain(
  { kernels }: Easel,
  pairs: readonly PlanePair[],
  { width, height, rest }: PlaneSize,
  { left, top, scaleX, scaleY, opacity }: Place,
): void {
  const bytes = new Uint8Array(kernels.memory.buffer);
  for (const { to, from } of pairs) {
    const { first, end } = findColumns(width, from.width, left, scaleX);
    if (first >= end) return;
    const rowEnd = Math.min(height, Math.ceil(top + from.height * scaleY - 0.5));
    for (let row = Math.max(0, Math.ceil(top - 0.5)); row < rowEnd; row++) {
      const at = Math.min(from.height - 1, Math.max(0, (row + 0.5 - top) / scaleY - 0.5));
      const color = sampleDown(bytes, from.color, from, at);
      const alpha = from.alpha === 0 ? 255 : sampleDown(bytes, from.alpha, from, at);
      // what stays of 256ths of what is there, and what is laid over it
      const stays = 256 - ((alpha * 257 * opacity + 32768) >> 16);
      const over = (color - rest) * opacity + rest * (256 - stays) + 128;
      const line = to + row * width;
      kernels.mixPlain(line + first, line + end, stays, over);
    }
  }
}

/** The first column of a plane at a height between two of its rows. */
function sampleDown(bytes: Uint8Array, place: number, { width, height }: HeldPlane, at: number): number {
  const upper = Math.min(height - 2, Math.floor(at));
  const high = bytes[place + upper * width] as number;
  const low = bytes[place + (upper + 1) * width] as number;
  return ((high << 8) + (low - high) * Math.round((at - upper) * 256) + 128) >> 8;
}
