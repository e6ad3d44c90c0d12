import { rgbaToThumbHash } from 'thumbhash';
import { loadSharp } from '../../raster/load-sharp.ts';
import type { BuildState } from '../view.ts';

/** ThumbHash takes at most 100 × 100 pixels. */
const hashSidePx = 100;

/** Makes the ThumbHash of the frontal view, base64, about 21 bytes before encoding. */
export async function hashPlaceholder(state: BuildState): Promise<void> {
  const [frontal] = state.views;
  if (frontal === undefined) return;
  const sharp = await loadSharp();
  // the small copy has no alpha
  const { data, width, height, channels } = frontal.pixels.channels === 3 ? frontal.small : frontal.pixels;
  const { data: rgba, info } = await sharp(data, { raw: { width, height, channels } })
    .resize({ width: hashSidePx, height: hashSidePx, fit: 'inside' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  state.placeholderHash = Buffer.from(rgbaToThumbHash(info.width, info.height, rgba)).toString('base64');
}
