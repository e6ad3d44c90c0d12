import { loadSharp } from '../../raster/load-sharp.ts';
import type { Raster } from '../frame/yuv-raster.ts';
import { blurMask } from './blur-mask.ts';
import { even } from './density.ts';
import { enlargePlanes, type Straight } from './enlarge-planes.ts';

/** A cut-out at its size in the frame, with clean edges. */
export async function drawCutout(path: string, width: number, height: number, density: number): Promise<Raster> {
  const small = await readCutout(path, even(width), even(height));
  cleanEdges(small);
  return enlargePlanes(small, { width: even(width * density), height: even(height * density) });
}

/** Alpha 0…1 (height × width) of a cut-out at a size, with the same clean edges. */
export async function readSilhouette(path: string, width: number, height: number): Promise<Float32Array> {
  const { data } = await readCutout(path, width, height);
  return Float32Array.from({ length: width * height }, (_, pixel) => firm(data[pixel * 4 + 3] as number) / 255);
}

async function readCutout(path: string, width: number, height: number): Promise<Straight> {
  const sharp = await loadSharp();
  const image = sharp(path).resize({ width, height, fit: 'fill' }).ensureAlpha();
  return { width, height, channels: 4, data: await image.raw().toBuffer() };
}

/**
 * The rim of a cut-out still holds the colors of its old surroundings, which shine as a seam on a new ground: half
 * transparent and clear pixels take the colors of the opaque ones near them.
 */
function cleanEdges({ width, height, data }: Straight): void {
  const reach = 0.004 * Math.max(width, height) + 1;
  const weight = new Float32Array(width * height);
  const sums = [0, 1, 2].map(() => new Float32Array(width * height)) as [Float32Array, Float32Array, Float32Array];
  for (let pixel = 0; pixel < weight.length; pixel++) {
    if ((data[pixel * 4 + 3] as number) < opaqueFrom) continue;
    weight[pixel] = 1;
    for (let channel = 0; channel < 3; channel++)
      (sums[channel] as Float32Array)[pixel] = data[pixel * 4 + channel] as number;
  }
  for (const plane of [weight, ...sums]) blurMask(plane, width, height, reach);
  for (let pixel = 0, at = 0; pixel < weight.length; pixel++, at += 4) {
    const alpha = data[at + 3] as number;
    data[at + 3] = firm(alpha);
    const known = weight[pixel] as number;
    if (alpha >= opaqueFrom || known < 0.02) continue;
    for (let channel = 0; channel < 3; channel++)
      data[at + channel] = Math.min(255, ((sums[channel] as Float32Array)[pixel] as number) / known);
  }
}

const opaqueFrom = 245;

/** Takes the faintest veil away and makes the nearly opaque opaque. */
function firm(alpha: number): number {
  return Math.min(255, Math.max(0, ((alpha - 20) * 255) / 220));
}
