import { crc32, inflateSync } from 'node:zlib';
import { codedPrimaries, type Primaries, srgbPrimaries } from './primaries.ts';
import { codedTransfers, powerTransfer, srgb, type Transfer } from './transfers.ts';

/** What the values of a picture mean, where that is neither sRGB nor an embedded ICC profile. */
export interface PictureColor {
  primaries: Primaries;
  transfer: Transfer;
  /** The coded values of black and white, 0…1. */
  black: number;
  white: number;
}

type Chunks = ReadonlyMap<string, Buffer>;

/**
 * What a PNG file says of its colors outside of an ICC profile, in the order in which it counts (PNG, third edition, section
 * 4.3) and in browsers: cICP, then iCCP, sRGB, and gAMA with cHRM. Null: the profile counts, or it is sRGB. A chunk that is
 * broken, or holds a code that is not known, is as if it weren't there. gAMA alone is of sRGB's primaries, cHRM alone has sRGB's curve.
 */
export function readPngColor(file: Buffer): PictureColor | null {
  const chunks = readChunks(file);
  const coded = readCoded(chunks.get('cICP'));
  if (coded !== null) return coded;
  if (holdsProfile(chunks.get('iCCP')) || chunks.has('sRGB')) return null;
  const exponent = readExponent(chunks.get('gAMA'));
  const primaries = readPrimaries(chunks.get('cHRM'));
  const isUsualCurve = exponent === null || Math.abs(exponent - 2.2) < 0.03;
  // What programs write beside sRGB, for readers that don't know that chunk (section 11.3.2.5).
  if (isUsualCurve && (primaries === null || areAlike(primaries, srgbPrimaries))) return null;
  return {
    primaries: primaries ?? srgbPrimaries,
    transfer: exponent === null ? srgb : powerTransfer(exponent),
    black: 0,
    white: 1,
  };
}

const colorChunks: ReadonlySet<string> = new Set(['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM']);

/** The first of each kind, which all stand before the pixels. */
function readChunks(file: Buffer): Chunks {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const name = file.toString('latin1', at + 4, at + 8);
    const end = at + 8 + length;
    if (name === 'IDAT' || end + 4 > file.length) break;
    const isWhole = () => crc32(file.subarray(at + 4, end)) === file.readUInt32BE(end);
    if (colorChunks.has(name) && !chunks.has(name) && isWhole()) chunks.set(name, file.subarray(at + 8, end));
    at = end + 4;
  }
  return chunks;
}

/** Codes of ITU-T H.273; the matrix of a PNG is 0, RGB. Narrow range is 16 to 235 of 255. */
function readCoded(chunk: Buffer | undefined): PictureColor | null {
  if (chunk?.length !== 4 || chunk[2] !== 0 || (chunk[3] as number) > 1) return null;
  const primaries = codedPrimaries[chunk[0] as number];
  const transfer = codedTransfers[chunk[1] as number];
  if (primaries === undefined || transfer === undefined) return null;
  return chunk[3] === 1
    ? { primaries, transfer, black: 0, white: 1 }
    : { primaries, transfer, black: 16 / 255, white: 235 / 255 };
}

/** Larger ones are of printers, which no PNG has. */
const profileBytesMax = 2 ** 22;

/** A name of 1 to 79 bytes, a zero, the compression (0), and the profile, which has its signature at 36. */
function holdsProfile(chunk: Buffer | undefined): boolean {
  const end = chunk?.indexOf(0) ?? -1;
  if (chunk === undefined || end < 1 || end > 79 || chunk[end + 1] !== 0) return false;
  try {
    const profile = inflateSync(chunk.subarray(end + 2), { maxOutputLength: profileBytesMax });
    return profile.toString('latin1', 36, 40) === 'acsp';
  } catch {
    return false;
  }
}

/** In 1/100,000, of the exponent with which light was coded. */
function readExponent(chunk: Buffer | undefined): number | null {
  const coded = chunk?.length === 4 ? chunk.readUInt32BE(0) : 0;
  return coded === 0 ? null : 100_000 / coded;
}

/** Eight numbers of 1/100,000: x and y of white, red, green and blue. */
function readPrimaries(chunk: Buffer | undefined): Primaries | null {
  if (chunk?.length !== 32) return null;
  const [white, red, green, blue] = [0, 8, 16, 24].map(
    (at) => [chunk.readUInt32BE(at) / 1e5, chunk.readUInt32BE(at + 4) / 1e5] as const,
  );
  return white && red && green && blue ? [white, red, green, blue] : null;
}

/** Three decimals are what programs write. */
function areAlike(one: Primaries, other: Primaries): boolean {
  return one.flat().every((value, at) => Math.abs(value - (other.flat()[at] as number)) < 0.002);
}
