import { loadSharp } from '../../raster/load-sharp.ts';
import type { StepTools, View } from '../view.ts';

/** Longer side of a thumbnail. */
const thumbnailSidePx = 256;

/** Writes a WebP thumbnail, 256 px on the longer side, alpha kept. */
export async function makeThumbnail(view: View, tools: StepTools): Promise<void> {
  const sharp = await loadSharp();
  // the small copy has no alpha
  const { data, width, height, channels } = view.pixels.channels === 3 ? view.small : view.pixels;
  const { data: bytes, info } = await sharp(data, { raw: { width, height, channels } })
    .resize({ width: thumbnailSidePx, height: thumbnailSidePx, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer({ resolveWithObject: true });
  await tools.writeFile(bytes, {
    name: `${view.stem}-thumbnail.webp`,
    role: 'thumbnail',
    media_type: 'image/webp',
    width_px: info.width,
    height_px: info.height,
    source: view.source,
  });
}
