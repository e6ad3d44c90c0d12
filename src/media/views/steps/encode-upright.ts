import { loadSharp } from '../../raster/load-sharp.ts';
import type { StepTools, View } from '../view.ts';

/**
 * Writes the full-size upright picture: JPEG where it is opaque, PNG where it has alpha, so that it can be handed on
 * as a reference image, for which the contract takes only these two. Written from bare pixels: no EXIF, XMP, IPTC or
 * text of the source survives. Quality and the formats that lost: docs/decisions/0032.
 */
export async function encodeUpright(view: View, tools: StepTools): Promise<void> {
  const sharp = await loadSharp();
  const { data, width, height, channels } = view.pixels;
  const image = sharp(data, { raw: { width, height, channels } });
  const isOpaque = channels === 3;
  const bytes = isOpaque
    ? await image.jpeg({ quality: 92, chromaSubsampling: '4:4:4', optimiseCoding: false }).toBuffer()
    : await image.png({ compressionLevel: 6 }).toBuffer();
  await tools.writeFile(bytes, {
    name: uprightName(view),
    role: view.role,
    media_type: isOpaque ? 'image/jpeg' : 'image/png',
    width_px: width,
    height_px: height,
    source: view.source,
  });
}

/** Name of the file of {@link encodeUpright}. */
export function uprightName(view: View): string {
  return `${view.stem}.${view.pixels.channels === 3 ? 'jpg' : 'png'}`;
}
