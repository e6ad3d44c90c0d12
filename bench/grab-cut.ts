import opencv from '@techstark/opencv-js';
import type { RgbImage } from '../src/media/raster/raster.ts';
import { shrinkRgb } from '../src/media/raster/resize-raster.ts';

/** Long side, margin of the rectangle and rounds of the route that was measured before (media measurements, §4 and §6). */
const longSidePx = 256;
const margin = 0.04;
const rounds = 3;

/** Waits for the WebAssembly module. It must never be a promise's value: the module has a `then` and would be awaited. */
export async function startOpenCv(): Promise<void> {
  if ((opencv as { Mat?: unknown }).Mat) return;
  await new Promise<void>((resolve) => {
    (opencv as unknown as { onRuntimeInitialized: () => void }).onRuntimeInitialized = () => resolve();
  });
}

/** GrabCut from a wide rectangle at 256 px: mask of 0 or 255 at that size. */
export function grabCut(image: RgbImage): { width: number; height: number; mask: Uint8Array } {
  const cv = opencv;
  const scale = longSidePx / Math.max(image.width, image.height);
  const width = Math.round(image.width * scale);
  const height = Math.round(image.height * scale);
  const picture = new cv.Mat(height, width, cv.CV_8UC3);
  picture.data.set(shrinkRgb(image, width, height).data);
  const mask = new cv.Mat(height, width, cv.CV_8U);
  const ground = new cv.Mat();
  const subject = new cv.Mat();
  const [dx, dy] = [Math.round(width * margin), Math.round(height * margin)];
  cv.grabCut(
    picture,
    mask,
    new cv.Rect(dx, dy, width - 2 * dx, height - 2 * dy),
    ground,
    subject,
    rounds,
    cv.GC_INIT_WITH_RECT,
  );
  const answer = Uint8Array.from(mask.data as Uint8Array, (value) => (value & 1 ? 255 : 0));
  for (const mat of [picture, mask, ground, subject]) mat.delete();
  return { width, height, mask: answer };
}
