import { readFile } from 'node:fs/promises';
import { unreadableImage } from '../errors.ts';

/**
 * A progressive JPEG may repeat its whole surface in thousands of scans of a few bytes each, and every scan costs a
 * pass over all pixels. Cameras and editors write about 10; refinement of all bits needs well below 100.
 */
const scansMax = 100;

/** Throws `image_processing_error` when a JPEG file holds more than 100 scans. */
export async function checkJpegScans(path: string, param: string): Promise<void> {
  const file = await readFile(path);
  let scans = 0;
  for (let at = file.indexOf(startOfScan); at !== -1; at = file.indexOf(startOfScan, at + 2)) scans += 1;
  if (scans > scansMax) {
    throw unreadableImage(param, `holds ${scans} progressive scans, at most ${scansMax} are accepted`);
  }
}

/** Inside compressed data 0xff is followed by 0x00 or a restart marker only, so these two bytes begin a scan. */
const startOfScan = Buffer.from([0xff, 0xda]);
