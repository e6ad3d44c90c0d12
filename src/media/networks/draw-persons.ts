import { type Box, cropRgb, type Plane, type RgbImage } from '../raster/raster.ts';
import { resampleRgb } from '../raster/resample-rgb.ts';
import { enlargePlane, fitLongSide } from '../raster/resize-raster.ts';
import type { RunNetwork } from './runner/plan-network.ts';

const networkPx = 256;
/** Where the persons' box is less of the picture than this, the network looks again at the box and a margin around. */
const zoomShareMax = 0.8;
const marginShare = 0.12;

/** The chance 0…1 of each pixel, at a long side of at most 256 px, to be of a person. */
export function drawPersons(picture: RgbImage, run: RunNetwork): Plane {
  const { width, height } = fitLongSide(picture, networkPx);
  const whole = enlargePlane(look(picture, run), width, height);
  const box = findBox(whole);
  if (box === null || box.width * box.height >= zoomShareMax * width * height) return whole;
  const scale = picture.width / width;
  const part = {
    left: Math.round(box.left * scale),
    top: Math.round(box.top * scale),
    width: Math.min(picture.width - Math.round(box.left * scale), Math.round(box.width * scale)),
    height: Math.min(picture.height - Math.round(box.top * scale), Math.round(box.height * scale)),
  };
  const near = enlargePlane(look(cropRgb(picture, part), run), box.width, box.height);
  for (let y = 0; y < box.height; y++) {
    whole.data.set(near.data.subarray(y * box.width, (y + 1) * box.width), (y + box.top) * width + box.left);
  }
  return whole;
}

function look(picture: RgbImage, run: RunNetwork): Plane {
  const input = resampleRgb(picture, networkPx, networkPx).map((value) => value / 255);
  const [data] = run(input) as [Float32Array];
  return { width: networkPx, height: networkPx, data };
}

/** What is rather person than not, with a margin; null where nothing is. */
function findBox({ width, height, data }: Plane): Box | null {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      if ((data[pixel] as number) < 0.5) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) return null;
  const marginX = Math.round((right - left + 1) * marginShare);
  const marginY = Math.round((bottom - top + 1) * marginShare);
  left = Math.max(0, left - marginX);
  top = Math.max(0, top - marginY);
  right = Math.min(width - 1, right + marginX);
  bottom = Math.min(height - 1, bottom + marginY);
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}
