import { open } from 'node:fs/promises';
import type { Metadata } from 'sharp';
import { unreadableImage } from '../errors.ts';
import { loadSharp } from '../raster/load-sharp.ts';
import type { ImageHeader } from '../schema.ts';

/**
 * Reads the header of a JPEG or PNG file and decodes nothing. The caller has sniffed the format.
 * Throws `image_processing_error` when the header cannot be read.
 */
export async function readHeader(
  source: { path: string; param: string; bytes: number },
  format: ImageHeader['format'],
): Promise<ImageHeader> {
  if (format === 'png') await checkPngBits(source.path, source.param);
  const metadata = await readMetadata(source.path, source.param);
  const { width, height, autoOrient } = metadata;
  return {
    kind: 'image',
    format,
    bytes: source.bytes,
    width_px: autoOrient.width,
    height_px: autoOrient.height,
    stored_width_px: width,
    stored_height_px: height,
    orientation: metadata.orientation ?? 1,
    color_space: metadata.space,
    bits_per_channel: metadata.bitsPerSample ?? (metadata.depth === 'ushort' ? 16 : 8),
    has_alpha: metadata.hasAlpha,
    has_color_profile: metadata.hasProfile,
  };
}

async function readMetadata(path: string, param: string): Promise<Metadata> {
  const sharp = await loadSharp();
  try {
    // No pixel limit here: the size is wanted for a precise refusal, and nothing is decoded.
    return await sharp(path, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw unreadableImage(param, 'is damaged: its header cannot be read', (error as Error).message);
  }
}

/** Bit depth and color type as the PNG specification (section 11.2.1) allows them; libpng crashes began with others. */
async function checkPngBits(path: string, param: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(26), 0, 26, 0);
    const [depth = 0, colorType = 0] = [buffer[24], buffer[25]];
    const allowed = pngDepths[colorType]?.includes(depth) ?? false;
    if (bytesRead < 26 || buffer.toString('latin1', 12, 16) !== 'IHDR' || !allowed) {
      throw unreadableImage(param, 'is damaged: its PNG header is not valid');
    }
  } finally {
    await file.close();
  }
}

const pngDepths: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
