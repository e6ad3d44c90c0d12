import type { MediaSettings } from '../config.ts';
import { invalidMedia, unreadableImage } from '../errors.ts';
import { checkImageSize } from '../image/check-limits.ts';
import { loadSharp } from '../raster/load-sharp.ts';
import { sniffFormat } from '../sniff-format.ts';
import type { GivenFile } from '../sources.ts';
import { readHead } from './read-head.ts';

/**
 * Whether a file that comes from elsewhere is the element's file that its manifest says it is: its format by its bytes, a
 * picture decoded whole and of the size that is named, a view of the subject within the rules of creation. Runs in a
 * child process. Throws `invalid_parameters`, `image_dimension_mismatch`, `image_processing_error`.
 */
export async function verifyFile(file: GivenFile, settings: MediaSettings): Promise<void> {
  await (file.media_type.startsWith('image/') ? verifyPicture(file, settings) : verifyRecording(file, settings));
}

/** Decodes it whole, and holds the pictures that an element is made of to the rules of its creation. */
async function verifyPicture(file: GivenFile, settings: MediaSettings): Promise<void> {
  const { param, path, media_type, width_px, height_px, role } = file;
  const size = { width_px: width_px ?? 0, height_px: height_px ?? 0 };
  const isView = role === 'upright' || role === 'frame';
  if (isView) checkImageSize(size, param, settings);
  const sharp = await loadSharp();
  const open = () => sharp(path, { limitInputPixels: settings.imagePixelsMax, failOn: 'error' });
  try {
    const { format, width, height, pages = 1 } = await open().metadata();
    const found = `image/${format}`;
    if (found !== media_type) throw invalidMedia(param, `is ${found}, its manifest says ${media_type}`);
    if (pages > 1) throw invalidMedia(param, `has ${pages} frames, a picture has one`);
    if (width !== size.width_px || height !== size.height_px) {
      throw invalidMedia(param, `is ${width} × ${height} px, its manifest says ${size.width_px} × ${size.height_px}`);
    }
    // Reads every row, and keeps none.
    await open().resize(8, 8, { kernel: 'nearest', fastShrinkOnLoad: false }).raw().toBuffer();
  } catch (error) {
    if ((error as { code?: unknown }).code === 'invalid_parameters') throw error;
    throw unreadableImage(param, 'is damaged or cut off and cannot be decoded', (error as Error).message);
  }
}

/** A clip must be one by its tracks; a sound is only named by its first bytes, since nothing here decodes it later. */
async function verifyRecording({ param, path, bytes, media_type }: GivenFile, settings: MediaSettings): Promise<void> {
  const head = await readHead(path);
  const sniffed = sniffFormat(head);
  if (sniffed.kind === 'clip' && media_type === (sniffed.format === 'webm' ? 'video/webm' : 'video/mp4')) {
    const { readContainer } = await import('../video/read-container.ts');
    await readContainer({ param, path, bytes }, sniffed.format, settings);
    return;
  }
  const sounds: Readonly<Record<string, string>> = {
    'audio/wav': 'a WAV audio file',
    'audio/flac': 'a FLAC audio file',
  };
  const expected = sounds[media_type];
  if (expected === undefined || sniffed.what !== expected) {
    throw invalidMedia(param, `is ${sniffed.what}, its manifest says ${media_type}`);
  }
}
