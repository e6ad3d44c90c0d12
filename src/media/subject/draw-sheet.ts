import { loadSharp } from '../image/load-sharp.ts';
import { computeSheetLayout, type SheetOptions } from './sheet-layout.ts';

/** Middle grey, so that neither black nor white subjects drown. */
const GROUND = '#b9bcc0';

/**
 * The subject sheet as WebP: the trimmed cut-outs (encoded pictures with alpha, frontal first) side by side on neutral
 * grey. No metadata is kept.
 */
export async function drawSheet(
  cutouts: readonly (Uint8Array | string)[],
  options: Partial<SheetOptions> = {},
): Promise<{ data: Buffer; width: number; height: number }> {
  const sharp = await loadSharp();
  const sizes = await Promise.all(
    cutouts.map(async (cutout) => {
      const { width, height } = await sharp(cutout).metadata();
      return { width, height };
    }),
  );
  const layout = computeSheetLayout(sizes, options);
  const layers = await Promise.all(
    layout.places.map(async (place, index) => ({
      input: await sharp(cutouts[index])
        .resize(place.width, place.height, { fit: 'fill' })
        .ensureAlpha()
        .raw()
        .toBuffer(),
      raw: { width: place.width, height: place.height, channels: 4 as const },
      left: place.left,
      top: place.top,
    })),
  );
  const data = await sharp({ create: { width: layout.width, height: layout.height, channels: 3, background: GROUND } })
    .composite(layers)
    .webp({ quality: 86, effort: 2 })
    .toBuffer();
  return { data, width: layout.width, height: layout.height };
}
