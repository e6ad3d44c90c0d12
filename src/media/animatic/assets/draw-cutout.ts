import { loadSharp } from '../../raster/load-sharp.ts';
import type { Asset } from '../asset.ts';
import type { Raster } from '../frame/yuv-raster.ts';
import { even } from './density.ts';
import { cleanEdges, firm } from './planes/clean-edges.ts';
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
