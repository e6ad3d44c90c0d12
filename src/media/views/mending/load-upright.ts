import { loadSharp } from '../../raster/load-sharp.ts';
import type { Pixels } from '../../raster/pixels.ts';

/** The pixels of an element's own upright picture, as it was written by `encodeUpright`. */
export async function loadUpright(path: string): Promise<Pixels> {
  const sharp = await loadSharp();
  const { data, info } = await sharp(path)
    .toColorspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
}

/** The matte of an element (grey, white is subject), 0…255, at `size`; all surroundings where there is no file. */
export async function loadMatte(path: string | null, size: { width: number; height: number }): Promise<Uint8Array> {
  if (path === null) return new Uint8Array(size.width * size.height);
  const sharp = await loadSharp();
  const image = sharp(path).toColorspace('b-w').removeAlpha();
  const { width, height } = await sharp(path).metadata();
  const fitted = width === size.width && height === size.height ? image : image.resize({ ...size, fit: 'fill' });
  return await fitted.extractChannel(0).raw({ depth: 'uchar' }).toBuffer();
}
