import type { Pixels } from './pixels.ts';

/**
 * Scales pixels down so that the longer side is `sidePx`, by area averages (box filter); smaller pictures come back
 * unchanged in size. Transparent pixels weigh as little as their alpha; fully transparent areas become white. The
 * result has 3 channels. One pass over the input.
 */
export function shrinkPixels(pixels: Pixels, sidePx: number): Pixels & { channels: 3 } {
  const scale = Math.min(1, sidePx / Math.max(pixels.width, pixels.height));
  const width = Math.max(1, Math.round(pixels.width * scale));
  const height = Math.max(1, Math.round(pixels.height * scale));
  const sums = new Uint32Array(width * height * 4);
  const columns = Uint32Array.from({ length: pixels.width }, (_, x) => Math.floor((x * width) / pixels.width) * 4);
  for (let y = 0; y < pixels.height; y++) {
    const row = Math.floor((y * height) / pixels.height) * width * 4;
    if (pixels.channels === 3) addOpaqueRow(sums, row, columns, pixels.data, y * pixels.width * 3);
    else addRow(sums, row, columns, pixels.data, y * pixels.width * 4);
  }
  return { data: average(sums), width, height, channels: 3 };
}

/** Adds one row of input to the sums of red, green, blue and weight. A sum of 2^32 would need 4096 × 4096 in a box. */
function addOpaqueRow(sums: Uint32Array, row: number, columns: Uint32Array, data: Uint8Array, start: number): void {
  for (let x = 0, from = start; x < columns.length; x++, from += 3) {
    const to = row + (columns[x] as number);
    sums[to] = (sums[to] as number) + (data[from] as number);
    sums[to + 1] = (sums[to + 1] as number) + (data[from + 1] as number);
    sums[to + 2] = (sums[to + 2] as number) + (data[from + 2] as number);
    sums[to + 3] = (sums[to + 3] as number) + 1;
  }
}

/** The same with alpha as the weight (0…255), so that a box may hold 256 × 256 input pixels. */
function addRow(sums: Uint32Array, row: number, columns: Uint32Array, data: Uint8Array, start: number): void {
  for (let x = 0, from = start; x < columns.length; x++, from += 4) {
    const to = row + (columns[x] as number);
    const alpha = data[from + 3] as number;
    sums[to] = (sums[to] as number) + alpha * (data[from] as number);
    sums[to + 1] = (sums[to + 1] as number) + alpha * (data[from + 1] as number);
    sums[to + 2] = (sums[to + 2] as number) + alpha * (data[from + 2] as number);
    sums[to + 3] = (sums[to + 3] as number) + alpha;
  }
}

function average(sums: Uint32Array): Uint8Array {
  const out = new Uint8Array((sums.length / 4) * 3).fill(255);
  for (let from = 0, to = 0; from < sums.length; from += 4, to += 3) {
    const weight = sums[from + 3] as number;
    if (weight === 0) continue;
    for (let channel = 0; channel < 3; channel++) {
      out[to + channel] = Math.round((sums[from + channel] as number) / weight);
    }
  }
  return out;
}
