import { loadSharp } from '../../raster/load-sharp.ts';
import type { Asset } from '../asset.ts';
import type { Raster } from '../frame/yuv-raster.ts';
import { blurMask } from './blur-mask.ts';
import { even } from './density.ts';
import { enlargePlanes, type Straight } from './planes/enlarge-planes.ts';

/** A cut-out at its size in the frame, with clean edges. */
export async function drawCutout(
  { path, width, height, near }: Extract<Asset, { kind: 'cutout' }>,
  density: number,
): Promise<Raster> {
  const small = await readCutout(path, even(width), even(height));
  cleanEdges(small);
  const seen = near ? await bringNear(small) : small;
  return enlargePlanes(seen, { width: even(small.width * density), height: even(small.height * density) });
}

/** Light that is left of one who stands near, before the light; and how far out of focus, as a share of the height. */
const nearLight = 0.34;
const nearBlur = 0.008;

async function bringNear({ width, height, data }: Straight): Promise<Straight> {
  const sharp = await loadSharp();
  const dark = data.map((value, at) => (at % 4 === 3 ? value : value * nearLight));
  const raw = { width, height, channels: 4 as const };
  const blurred = await sharp(dark, { raw })
    .blur(Math.max(0.5, nearBlur * height))
    .raw()
    .toBuffer();
  return { ...raw, data: blurred };
}

/** Alpha 0…1 (height × width) of a cut-out at a size, with the same clean edges. */
export async function readSilhouette(path: string, width: number, height: number): Promise<Float32Array> {
  const { data } = await readCutout(path, width, height);
  const alpha = new Float32Array(width * height);
  for (let pixel = 0; pixel < alpha.length; pixel++) alpha[pixel] = firm(data[pixel * 4 + 3] as number) / 255;
  return alpha;
}

async function readCutout(path: string, width: number, height: number): Promise<Straight> {
  const sharp = await loadSharp();
  const image = sharp(path).resize({ width, height, fit: 'fill' }).ensureAlpha();
  return { width, height, channels: 4, data: await image.raw().toBuffer() };
}

/**
 * The rim of a cut-out still holds the colors of its old surroundings, which shine as a seam on a new ground: half
 * transparent and clear pixels take the colors of the opaque ones near them. These are looked at in squares of 2 × 2
 * pixels: the color near a place is as good of half the pixels, at a quarter of the time.
 */
function cleanEdges(picture: Straight): void {
  const { width, height, data } = picture;
  const { weight, sums, columns } = spreadColors(picture);
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at += 4) {
      const alpha = data[at + 3] as number;
      data[at + 3] = firm(alpha);
      if (alpha >= opaqueFrom) continue;
      const near = (row >> 1) * columns + (column >> 1);
      const known = weight[near] as number;
      if (known < 0.02) continue;
      for (let channel = 0; channel < 3; channel++)
        data[at + channel] = Math.min(255, ((sums[channel] as Float32Array)[near] as number) / known);
    }
  }
}

/** Share of opaque pixels and sums of their colors around each square of 2 × 2 pixels, `columns` squares a row. */
function spreadColors({ width, height, data }: Straight) {
  const [columns, rows] = [width / 2, height / 2];
  const weight = new Float32Array(columns * rows);
  const sums = [0, 1, 2].map(() => new Float32Array(columns * rows)) as [Float32Array, Float32Array, Float32Array];
  const [red, green, blue] = sums;
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at += 4) {
      if ((data[at + 3] as number) < opaqueFrom) continue;
      const to = (row >> 1) * columns + (column >> 1);
      weight[to] = (weight[to] as number) + 0.25;
      red[to] = (red[to] as number) + 0.25 * (data[at] as number);
      green[to] = (green[to] as number) + 0.25 * (data[at + 1] as number);
      blue[to] = (blue[to] as number) + 0.25 * (data[at + 2] as number);
    }
  }
  const reach = (0.004 * Math.max(width, height) + 1) / 2;
  for (const plane of [weight, ...sums]) blurMask(plane, columns, rows, reach);
  return { weight, sums, columns };
}

const opaqueFrom = 245;

/** Takes the faintest veil away and makes the nearly opaque opaque. */
function firm(alpha: number): number {
  return Math.min(255, Math.max(0, ((alpha - 20) * 255) / 220));
}
