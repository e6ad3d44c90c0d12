import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { crc32, deflateSync } from 'node:zlib';
import { loadSharp } from '../../raster/load-sharp.ts';
import type { HeifPixels } from './open-heif.ts';

/**
 * Writes pixels as a PNG of as many bits, with their ICC profile, and answers its path, which begins with `path`: a step between two
 * decoders, so it's packed fast and not well. sharp has no other way to be told what bare pixels mean. Made smaller to `sideMaxPx` on the way: nothing later holds
 * the whole picture beside the decoder.
 */
export async function writePng(
  { width, height, channels, samples }: HeifPixels,
  { path, profile, sideMaxPx }: { path: string; profile: Buffer | null; sideMaxPx: number },
): Promise<string> {
  const sharp = await loadSharp();
  const input = sharp(samples, { raw: { width, height, channels }, limitInputPixels: false });
  const image = input.resize({ width: sideMaxPx, height: sideMaxPx, fit: 'inside', withoutEnlargement: true });
  const deep = samples.BYTES_PER_ELEMENT === 2 ? image.toColorspace('rgb16') : image;
  await deep.png({ compressionLevel: 1, adaptiveFiltering: false }).toFile(path);
  return profile === null ? path : await insertProfile(path, profile);
}

/** The signature and IHDR, behind which iCCP may stand (PNG, third edition, section 5.6). */
const headBytes = 33;

async function insertProfile(path: string, profile: Buffer): Promise<string> {
  await using file = await open(path);
  const { buffer: head } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  const colored = `${path}-colored`;
  const target = createWriteStream(colored, { flags: 'wx' });
  target.write(head);
  target.write(writeProfile(profile));
  await pipeline(createReadStream(path, { start: headBytes }), target);
  return colored;
}

function writeProfile(profile: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from('iCCPICC\0\0', 'latin1'), deflateSync(profile)]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}
