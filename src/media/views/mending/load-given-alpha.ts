import { imageDimensionMismatch, unreadableImage, unsupportedImage } from '../../errors.ts';
import { loadSharp } from '../../raster/load-sharp.ts';

interface Size {
  width: number;
  height: number;
}

/**
 * An alpha that somebody drew elsewhere, 0…255 at `matte`, from a PNG of the upright picture's or of the matte's size: its own
 * alpha channel where that says something, else its grey, of which white is subject. `param` names it in messages.
 * Throws `image_processing_error`, `image_dimension_mismatch`.
 */
export async function loadGivenAlpha(path: string, param: string, upright: Size, matte: Size): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const {
    format,
    width,
    height,
    pages = 1,
  } = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch((error: Error) => {
      throw unreadableImage(param, 'is no picture that can be read', error.message);
    });
  if (format !== 'png' || pages > 1) throw unsupportedImage(param, `a picture of the format ${format}`, 'a PNG');
  const fits = [upright, matte].some((size) => size.width === width && size.height === height);
  if (!fits) {
    const rule = `is ${width} × ${height} px, must be ${upright.width} × ${upright.height} px as the upright picture`;
    throw imageDimensionMismatch(param, rule);
  }
  try {
    const { data } = await sharp(path, { failOn: 'error' })
      .toColorspace('srgb')
      .ensureAlpha()
      .resize({ ...matte, fit: 'fill' })
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return readAlpha(data);
  } catch (error) {
    throw unreadableImage(param, 'is damaged or cut off and cannot be decoded', (error as Error).message);
  }
}

function readAlpha(data: Uint8Array): Uint8Array {
  const alpha = new Uint8Array(data.length / 4);
  let saysSomething = false;
  for (let at = 0; at < alpha.length; at++) {
    alpha[at] = data[at * 4 + 3] as number;
    if (alpha[at] !== 255) saysSomething = true;
  }
  // Of a grey picture all three are the same; of a colored one green is nearest to its lightness.
  if (!saysSomething) for (let at = 0; at < alpha.length; at++) alpha[at] = data[at * 4 + 1] as number;
  return alpha;
}
