/** Job of a media child process: a picture written anew as others take it. */

import { rename, stat } from 'node:fs/promises';
import type { MediaSettings } from '../../config.ts';
import { decodeImage } from '../../image/decode-image.ts';
import { inspectSource } from '../../inspect/inspect-source.ts';
import type { Progress } from '../../progress.ts';
import { loadSharp } from '../../raster/load-sharp.ts';
import type { Pixels } from '../../raster/pixels.ts';
import type { ImageHeader, MediaSource } from '../../schema.ts';

export interface RewriteInput {
  source: Omit<MediaSource, 'role'>;
  path: string;
  bytesMax: number;
  settings: MediaSettings;
}

/** Longer side in pixels. No model is known to look at more, and the pixels of 4096 × 4096 take 50 MB. */
const sideMaxPx = 4096;

/** JPEG qualities, the best first: at 98 without chroma subsampling nobody tells it from its source. */
const qualities = [98, 95, 92, 85] as const;

/** What doesn't fit at the last quality is made smaller by this much until it does. */
const scale = 0.75;

/** Job `rewrite-image`: upright, in sRGB, without EXIF, the best that has at most `bytesMax`; JPEG, or PNG with alpha. */
export default async function rewriteImage(
  { source, path, bytesMax, settings }: RewriteInput,
  report: (progress: Progress) => void,
): Promise<null> {
  report({ fraction: 0.1, step: 'decodeImage', param: source.param });
  const header = (await inspectSource({ kind: 'image', ...source }, settings)) as ImageHeader;
  const pixels = await decodeImage(source, header, { ...settings, uprightSideMaxPx: sideMaxPx });
  report({ fraction: 0.6, step: 'encodeImage', param: source.param });
  for (let side = Math.max(pixels.width, pixels.height); ; side = Math.floor(side * scale)) {
    if (await writeWithin(pixels, side, `${path}.part`, bytesMax)) break;
  }
  await rename(`${path}.part`, path);
  return null;
}

async function writeWithin(pixels: Pixels, side: number, path: string, bytesMax: number): Promise<boolean> {
  const { data, width, height, channels } = pixels;
  const sharp = await loadSharp();
  const fit = { width: side, height: side, fit: 'inside', withoutEnlargement: true } as const;
  const image = sharp(data, { raw: { width, height, channels } }).resize(fit);
  for (const quality of channels === 4 ? [null] : qualities) {
    const encoded =
      quality === null ? image.clone().png() : image.clone().jpeg({ quality, chromaSubsampling: '4:4:4' });
    await encoded.toFile(path);
    if ((await stat(path)).size <= bytesMax) return true;
  }
  return false;
}
