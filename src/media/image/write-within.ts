import { rename, stat } from 'node:fs/promises';
import { loadSharp } from '../raster/load-sharp.ts';
import type { Pixels } from '../raster/pixels.ts';

/** JPEG qualities, the best first: at 98 without chroma subsampling nobody tells it from its source. */
const qualities = [98, 95, 92, 85] as const;

/** What doesn't fit at the last quality is made smaller by this much until it does. */
const scale = 0.75;

/** Writes a JPEG, or a PNG where there is alpha, the best that has at most `bytesMax`, and answers its bytes. `path` appears when it is whole. */
export async function writeWithin(pixels: Pixels, path: string, bytesMax: number): Promise<number> {
  for (let side = Math.max(pixels.width, pixels.height); ; side = Math.floor(side * scale)) {
    const bytes = await writeAtSide(pixels, side, `${path}.part`, bytesMax);
    if (bytes === null) continue;
    await rename(`${path}.part`, path);
    return bytes;
  }
}

async function writeAtSide(pixels: Pixels, side: number, path: string, bytesMax: number): Promise<number | null> {
  const { data, width, height, channels } = pixels;
  const sharp = await loadSharp();
  const fit = { width: side, height: side, fit: 'inside', withoutEnlargement: true } as const;
  const image = sharp(data, { raw: { width, height, channels } }).resize(fit);
  for (const quality of channels === 4 ? [null] : qualities) {
    const encoded =
      quality === null ? image.clone().png() : image.clone().jpeg({ quality, chromaSubsampling: '4:4:4' });
    await encoded.toFile(path);
    const { size } = await stat(path);
    if (size <= bytesMax) return size;
  }
  return null;
}
