import { readFile } from 'node:fs/promises';
import { unreadableImage } from '../errors.ts';
import { checkCodedData } from './jpeg/check-coded-data.ts';
import { BrokenJpeg, type Jpeg, type JpegFrame, jpegLs, readJpeg } from './jpeg/read-jpeg.ts';

interface Source {
  path: string;
  param: string;
}

/**
 * A progressive JPEG may repeat its whole surface in thousands of scans of a few bytes each, and every scan costs a
 * pass over all pixels. Cameras and editors write about 10; refinement of all bits needs well below 100.
 */
const scansMax = 100;

/**
 * Checks that a JPEG file is coded in a way that is read here, and holds at most 100 scans; pixels and coded data are not
 * looked at. Throws `image_processing_error` that says how else to export the picture.
 */
export async function checkJpegCoding({ path, param }: Source): Promise<void> {
  const { frame, scans } = await read({ path, param });
  const process = nameProcess(frame);
  if (process !== undefined) {
    throw unreadableImage(param, `is ${process}, which is not read here; export it as an ordinary JPEG or as a PNG`);
  }
  if (scans.length > scansMax) {
    throw unreadableImage(
      param,
      `holds many progressive scans, at most ${scansMax} are accepted; export it as an ordinary JPEG`,
    );
  }
}

/** What a frame is where it can't be read: T.81, table B.1, and T.87 for the last. */
function nameProcess({ process, bitsPerSample }: JpegFrame): string | undefined {
  if (process === jpegLs) return 'a JPEG-LS image';
  if (process === 0xc3) return 'a lossless JPEG image';
  if (process >= 0xc9) return 'a JPEG image with arithmetic coding';
  if (process > 0xc3) return 'a hierarchical JPEG image';
  return bitsPerSample === 8 ? undefined : `a JPEG image of ${bitsPerSample} bits a sample`;
}

/**
 * Checks that all of the picture is in the file, by {@link checkCodedData}. libjpeg warns of what it misses, but keeps
 * only the first warning, and none at all of codes that lead astray and happen to end well.
 * Throws `image_processing_error`.
 */
export async function checkJpegData({ path, param }: Source): Promise<void> {
  const jpeg = await read({ path, param });
  try {
    checkCodedData(jpeg);
  } catch (error) {
    throw describe(error, param);
  }
}

async function read({ path, param }: Source): Promise<Jpeg> {
  try {
    return readJpeg(await readFile(path), scansMax);
  } catch (error) {
    throw describe(error, param);
  }
}

function describe(error: unknown, param: string): unknown {
  if (!(error instanceof BrokenJpeg)) return error;
  return unreadableImage(param, 'is damaged or cut off and cannot be decoded', error.message);
}
