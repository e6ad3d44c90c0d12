import { loadSharp } from '../../raster/load-sharp.ts';
import type { Pixels } from '../../raster/pixels.ts';
import type { Asset } from '../asset.ts';
import { type Raster, toRaster } from '../frame/yuv-raster.ts';
import { noiseAt } from './color.ts';
import { even } from './density.ts';
import { enlargePlanes, type Straight } from './planes/enlarge-planes.ts';

/** An image that fills its box: sharp, or out of focus and a little subdued, as a place behind figures. */
export async function drawPhoto(
  asset: Extract<Asset, { kind: 'photo' }>,
  pixels: Pixels,
  density: number,
): Promise<Raster> {
  const { width, height } = asset;
  if (!asset.isPlace) {
    const small = await fitBox(pixels, width, height);
    return enlargePlanes(small, { width: even(small.width * density), height: even(small.height * density) });
  }
  const fitted = await fitPixels(pixels, width, height, 0.5, asset.blurPx);
  subdue(fitted);
  return toRaster(fitted);
}

/** How much light and color a place keeps. */
const place = { light: 0.82, color: 0.86, grain: 3 };

function subdue({ width, height, data }: { width: number; height: number; data: Uint8ClampedArray }): void {
  for (let row = 0, at = 0; row < height; row++) {
    const y = (2 * row) / height - 1;
    for (let column = 0; column < width; column++, at += 4) {
      const x = (2 * column) / width - 1;
      const fall = Math.min(1, (x * x + y * y) / 2);
      const light = place.light * (1 - 0.3 * fall * fall);
      const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
      const grey = (0.2126 * r + 0.7152 * g + 0.0722 * b) * (1 - place.color);
      const noise = noiseAt(column, row) * place.grain;
      data[at] = (grey + r * place.color) * light + noise;
      data[at + 1] = (grey + g * place.color) * light + noise;
      data[at + 2] = (grey + b * place.color) * light + noise;
    }
  }
}

/**
 * Pixels cut in the middle to the shape of the box, opaque (white where they were not), at `density` pixels for each
 * pixel of the box. Scaled to the box first and enlarged then, so that nothing finer is left than the frame can show.
 */
export async function fitPixels(
  pixels: Pixels,
  width: number,
  height: number,
  density: number,
  blurPx: number,
): Promise<{ width: number; height: number; data: Uint8ClampedArray }> {
  const sharp = await loadSharp();
  const box = await fitBox(pixels, width, height);
  const blurred = sharp(box.data, { raw: { width: box.width, height: box.height, channels: 3 } });
  const { data: large, info } = await (blurPx > 0.3 ? blurred.blur(blurPx) : blurred)
    .resize({ width: even(width * density), height: even(height * density), fit: 'fill', kernel: 'cubic' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const view = new Uint8ClampedArray(large.buffer, large.byteOffset, large.length);
  return { width: info.width, height: info.height, data: view };
}

async function fitBox(
  { width, height, channels, data }: Pixels,
  boxWidth: number,
  boxHeight: number,
): Promise<Straight> {
  const sharp = await loadSharp();
  const box = { width: even(boxWidth), height: even(boxHeight) };
  const image = sharp(data, { raw: { width, height, channels } }).flatten({ background: '#ffffff' });
  return {
    ...box,
    channels: 3,
    data: await image
      .resize({ ...box, fit: 'cover' })
      .raw()
      .toBuffer(),
  };
}
