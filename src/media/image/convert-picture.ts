import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { collectGarbage } from '../../lib/collect-garbage.ts';
import { AppError } from '../../lib/errors.ts';
import { isOutOfRoom } from '../../lib/is-out-of-room.ts';
import type { MediaSettings } from '../config.ts';
import { noSpaceLeft, unreadableImage } from '../errors.ts';
import { loadSharp, withHeifLoader } from '../raster/load-sharp.ts';
import type { Pixels } from '../raster/pixels.ts';
import type { PictureConversion } from '../schema.ts';
import type { ConvertibleFormat } from '../sniff-format.ts';
import { checkImageBytes, checkImageSize } from './check-limits.ts';
import { codedPrimaries } from './color/primaries.ts';
import type { PictureColor } from './color/read-png-color.ts';
import { codedTransfers } from './color/transfers.ts';
import { type DecodeLimits, renderUpright } from './decode-image.ts';
import { type HeifPicture, openHeif } from './heif/open-heif.ts';
import { writePng } from './heif/write-png.ts';
import { writeWithin } from './write-within.ts';

export interface ConversionSource {
  path: string;
  param: string;
  bytes: number;
  format: ConvertibleFormat;
}

/**
 * Writes a WebP, HEIC or AVIF picture at `target` as what everything else here reads: a JPEG, or a PNG where it has alpha;
 * upright, in 8 bits of sRGB, at most 4096 px on its longer side and within the size of a picture. Of several pictures in the file the
 * primary one is taken, else the first. The rules for pictures are checked on what was sent, before any of it is decoded.
 *
 * Throws `invalid_parameters`, `image_dimension_mismatch`, `image_processing_error`, and retryable `resource_exhausted` when
 * the disk is full.
 */
export async function convertPicture(
  source: ConversionSource,
  target: string,
  settings: MediaSettings,
): Promise<{ size: number; conversion: PictureConversion }> {
  const { param, bytes, format } = source;
  checkImageBytes(bytes, param, settings);
  try {
    const { pictures, pixels } = await (format === 'webp' ? readWebp : readHeif)(source, target, settings);
    const size = await writeWithin(pixels, target, settings.imageBytesMax);
    return { size, conversion: { converted_from: format, ...(pictures > 1 ? { pictures } : {}) } };
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (isOutOfRoom(error)) throw noSpaceLeft(param, (error as Error).message);
    throw unreadableImage(param, 'is damaged or cut off and cannot be decoded', (error as Error).message);
  }
}

interface Read {
  pictures: number;
  pixels: Pixels;
}

/** Longer side of what is made, in pixels: that of a video of the highest quality, and of most telephones' pictures. */
const sideMaxPx = 4096;

function chooseLimits({ imagePixelsMax }: MediaSettings): DecodeLimits {
  return { imagePixelsMax, uprightSideMaxPx: sideMaxPx };
}

async function readWebp({ path, param }: ConversionSource, _target: string, settings: MediaSettings): Promise<Read> {
  const sharp = await loadSharp();
  const { autoOrient, pages = 1 } = await sharp(path, { limitInputPixels: false }).metadata();
  checkImageSize({ width_px: autoOrient.width, height_px: autoOrient.height }, param, settings);
  const pixels = await renderUpright(path, chooseLimits(settings), { color: null, bits: 8, failOn: 'error' });
  return { pictures: pages, pixels };
}

async function readHeif(source: ConversionSource, target: string, settings: MediaSettings): Promise<Read> {
  if (source.format === 'avif') return await readAvif(source, settings);
  const { facts, path } = await unpackHeic(source, `${target}-decoded`, settings);
  // The decoder's memory, several times the picture's, is let go only when nothing on the stack knows it any more.
  await setImmediate();
  collectGarbage('major');
  const reading = { ...describeColor(facts), failOn: 'error' as const };
  return { pictures: facts.pictures, pixels: await renderUpright(path, chooseLimits(settings), reading) };
}

/** By way of a PNG, so that its colors are read as those of any other file. */
async function unpackHeic(source: ConversionSource, path: string, settings: MediaSettings) {
  const { decode, ...facts } = await openChecked(source, settings);
  return { facts, path: await writePng(decode(), { path, profile: facts.profile, sideMaxPx }) };
}

async function openChecked(source: ConversionSource, settings: MediaSettings): Promise<HeifPicture> {
  const heif = await openHeif(await readFile(source.path), { pixelsMax: settings.imagePixelsMax });
  checkImageSize(heif, source.param, settings);
  checkMemory(heif, source, settings);
  return heif;
}

async function readAvif(source: ConversionSource, settings: MediaSettings): Promise<Read> {
  const heif = await openChecked(source, settings);
  return await withHeifLoader(async (sharp) => {
    const { pagePrimary = 0 } = await sharp(source.path, { limitInputPixels: false }).metadata();
    const reading = { ...describeColor(heif), failOn: 'error' as const, page: pagePrimary };
    return { pictures: heif.pictures, pixels: await renderUpright(source.path, chooseLimits(settings), reading) };
  });
}

/**
 * Most bytes that decoding takes for each pixel, and what a child takes without any: measured on pictures of 12 and 49 megapixels, of 8
 * bits (HEIC 234 and 475 MiB, AVIF 348 and 987) and of more (AVIF 424 of 12).
 */
const bytesPerPixel = { heic: { usual: 8.2, deep: 16 }, avif: { usual: 22, deep: 29 } } as const;
const besideMib = 80;

/** Both decoders hold a picture whole, before and after its conversion to RGB. */
function checkMemory(
  { width_px, height_px, bits }: HeifPicture,
  { param, format }: ConversionSource,
  { childMemoryMib }: MediaSettings,
): void {
  if (format === 'webp') return;
  const bytes = width_px * height_px * bytesPerPixel[format][bits > 8 ? 'deep' : 'usual'];
  const neededMib = Math.ceil(bytes / 2 ** 20) + besideMib;
  if (neededMib <= childMemoryMib) return;
  throw unreadableImage(
    param,
    `needs more than ${childMemoryMib} MiB of memory to decode: ${width_px} × ${height_px} px need about ${neededMib} MiB; export it as JPEG, or smaller`,
  );
}

/** A profile counts before codes, as in browsers. Codes that say nothing, or aren't known, are as those of sRGB. */
function describeColor({ profile, coded, bits }: Omit<HeifPicture, 'decode'>): {
  color: PictureColor | null;
  bits: 8 | 16;
} {
  const depth = bits > 8 ? 16 : 8;
  if (profile !== null || coded === null) return { color: null, bits: depth };
  const [primaries, transfer] = [coded.primaries, coded.transfer].map((code, at) => (code === 2 ? usual[at] : code));
  const isUsual = primaries === usual[0] && transfer === usual[1];
  const [known, curve] = [codedPrimaries[primaries ?? 0], codedTransfers[transfer ?? 0]];
  if (isUsual || known === undefined || curve === undefined) return { color: null, bits: depth };
  return { color: { primaries: known, transfer: curve, black: 0, white: 1 }, bits: depth };
}

/** The codes of sRGB in ITU-T H.273: primaries and transfer. */
const usual = [1, 13] as const;
