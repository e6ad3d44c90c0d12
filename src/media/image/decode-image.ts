import { readFile } from 'node:fs/promises';
import type { Sharp, SharpOptions } from 'sharp';
import { unreadableImage } from '../errors.ts';
import { loadSharp } from '../raster/load-sharp.ts';
import type { Pixels } from '../raster/pixels.ts';
import type { ImageHeader } from '../schema.ts';
import { checkJpegData } from './check-jpeg.ts';
import { convertToSrgb } from './color/convert-to-srgb.ts';
import { type PictureColor, readPngColor } from './color/read-png-color.ts';

export interface DecodeLimits {
  imagePixelsMax: number;
  uprightSideMaxPx: number;
}

type Operation = (image: Sharp, limits: DecodeLimits) => Sharp;

/** From stored bytes to upright sRGB pixels, recited. libvips runs them as one streaming pass. */
const operations: readonly Operation[] = [orient, toSrgb, fitSide];

/** The same, of values that libvips does not know the meaning of: they stay what they are, in as many bits. */
const codedOperations: Readonly<Record<8 | 16, readonly Operation[]>> = {
  8: operations,
  16: [orient, to16Bits, fitSide],
};

/**
 * Decodes an image whose header has been checked, turns it upright, converts it to 8-bit sRGB (embedded ICC profiles
 * applied, CMYK, grey, palette and 16-bit sources included; of PNG also cICP, gAMA and cHRM, as browsers do) and scales it down to `uprightSideMaxPx` if it is larger.
 * Only the first frame of an animation is read. An alpha channel is kept where it is not opaque throughout.
 * Throws `image_processing_error` when the data is cut off or damaged: never half an image.
 */
export async function decodeImage(
  source: { path: string; param: string },
  header: ImageHeader,
  limits: DecodeLimits,
): Promise<Pixels> {
  if (header.format === 'jpeg') await checkJpegData(source);
  try {
    return await renderUpright(source.path, limits, {
      color: header.format === 'png' ? readPngColor(await readFile(source.path)) : null,
      bits: header.bits_per_channel === 16 ? 16 : 8,
      failOn: failLevels[header.format],
    });
  } catch (error) {
    throw unreadableImage(source.param, 'is damaged or cut off and cannot be decoded', (error as Error).message);
  }
}

/**
 * The data of a JPEG was checked by then, better than libjpeg does: what is left are its warnings of things that cameras
 * and editors write and every viewer shows whole (stray bytes between segments, an unknown JFIF revision, no end marker).
 */
const failLevels = { jpeg: 'none', png: 'error' } as const;

/** What of a picture's file its own bytes don't tell libvips. */
interface Reading {
  /** Its values are of these colors, whatever profile it has; null: of its profile's, else sRGB. */
  color: PictureColor | null;
  /** In how many bits its values are, where `color` says what they mean. */
  bits: 8 | 16;
  failOn: 'none' | 'error';
  /** Which of its pictures, counted from 0; the first where it isn't said. */
  page?: number;
}

/**
 * Pixels as {@link decodeImage} gives them, of any file that sharp may read by now, unchecked. Throws sharp's own errors.
 */
export async function renderUpright(path: string, limits: DecodeLimits, reading: Reading): Promise<Pixels> {
  const { color, failOn, page = 0 } = reading;
  const options = { limitInputPixels: limits.imagePixelsMax, failOn, page };
  const pixels =
    color === null
      ? await render(path, limits, options)
      : await renderCoded(path, limits, { ...options, ignoreIcc: true }, color, reading.bits);
  return pixels.channels === 4 ? dropOpaqueAlpha(pixels) : pixels;
}

async function render(path: string, limits: DecodeLimits, options: SharpOptions): Promise<Pixels> {
  const sharp = await loadSharp();
  const input = sharp(path, options);
  const image = operations.reduce((current, operation) => operation(current, limits), input);
  const { data, info } = await image.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels === 4 ? 4 : 3 };
}

async function renderCoded(
  path: string,
  limits: DecodeLimits,
  options: SharpOptions,
  color: PictureColor,
  bits: 8 | 16,
): Promise<Pixels> {
  const sharp = await loadSharp();
  const input = sharp(path, options);
  const image = codedOperations[bits].reduce((current, operation) => operation(current, limits), input);
  const depth = bits === 16 ? 'ushort' : 'uchar';
  const { data, info } = await image.raw({ depth }).toBuffer({ resolveWithObject: true });
  const samples = bits === 16 ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
  const channels = info.channels === 4 ? 4 : 3;
  return { data: convertToSrgb(samples, channels, color), width: info.width, height: info.height, channels };
}

function orient(image: Sharp): Sharp {
  return image.autoOrient();
}

function toSrgb(image: Sharp): Sharp {
  return image.toColorspace('srgb');
}

function to16Bits(image: Sharp): Sharp {
  return image.toColorspace('rgb16');
}

/** Lanczos-3; JPEGs are scaled by the decoder first, which is why this comes before anything looks at pixels. */
function fitSide(image: Sharp, { uprightSideMaxPx: side }: DecodeLimits): Sharp {
  return image.resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });
}

function dropOpaqueAlpha(pixels: Pixels): Pixels {
  const { data, width, height } = pixels;
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return pixels;
  const opaque = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    opaque[to] = data[from] as number;
    opaque[to + 1] = data[from + 1] as number;
    opaque[to + 2] = data[from + 2] as number;
  }
  return { data: opaque, width, height, channels: 3 };
}
