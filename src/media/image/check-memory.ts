import { open, readFile } from 'node:fs/promises';
import type { MediaSettings } from '../config.ts';
import { unreadableImage } from '../errors.ts';
import type { ImageHeader } from '../schema.ts';
import { type JpegFrame, readJpeg } from './jpeg/read-jpeg.ts';

/**
 * What a child takes beside a picture that it holds whole, in MiB: measured on pictures of 49 megapixels, 527 MiB at most
 * with 374 of picture (16 bits, RGBA), 398 with 280 (16 bits, RGB), 427 with 280 (JPEG).
 */
const besideMib = 150;

/**
 * Tells from the header when a picture needs more memory than a child may have: most are decoded in strips, but an interlaced
 * PNG and a progressive JPEG are held whole. Decodes nothing. Throws `image_processing_error` that says what
 * would need less.
 */
export async function checkImageMemory(
  { path, param }: { path: string; param: string },
  header: ImageHeader,
  { childMemoryMib }: Pick<MediaSettings, 'childMemoryMib'>,
): Promise<void> {
  const bytes = header.format === 'png' ? await measurePng(path, header) : await measureJpeg(path);
  const neededMib = Math.ceil(bytes / 2 ** 20) + besideMib;
  if (bytes === 0 || neededMib <= childMemoryMib) return;
  const advice =
    header.format === 'png' ? 'without interlacing, with 8 bits a channel' : 'as a JPEG that is not progressive';
  const measured = `${header.width_px} × ${header.height_px} px need about ${neededMib} MiB`;
  throw unreadableImage(
    param,
    `needs more than ${childMemoryMib} MiB of memory to decode: ${measured}; export it ${advice}, or smaller`,
  );
}

/** 1 in the last byte of IHDR is Adam7 (PNG specification, section 11.2.1). */
const interlaceAt = 28;

async function measurePng(path: string, header: ImageHeader): Promise<number> {
  await using file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, interlaceAt);
  if (buffer[0] === 0) return 0;
  const channels =
    (header.color_space === 'b-w' || header.color_space === 'grey16' ? 1 : 3) + (header.has_alpha ? 1 : 0);
  return header.width_px * header.height_px * channels * (header.bits_per_channel === 16 ? 2 : 1);
}

/** Coefficients of 16 bits, as many as there are samples: with 4:2:0 half of what 4:4:4 has. */
async function measureJpeg(path: string): Promise<number> {
  const { frame } = readJpeg(await readFile(path), 0);
  if (frame.process !== progressive) return 0;
  return countSamples(frame) * 2;
}

/** SOF2 (ITU-T T.81, table B.1). */
const progressive = 0xc2;

function countSamples({ widthPx, heightPx, components }: JpegFrame): number {
  const across = Math.max(...components.map((component) => component.across));
  const down = Math.max(...components.map((component) => component.down));
  const share = components.reduce((sum, component) => sum + (component.across * component.down) / (across * down), 0);
  return widthPx * heightPx * share;
}
