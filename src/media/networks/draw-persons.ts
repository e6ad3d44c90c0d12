import { type Box, cropRgb, type Plane, type RgbImage } from '../raster/raster.ts';
import { resampleRgb } from '../raster/resample-rgb.ts';
import { enlargePlane, fitLongSide } from '../raster/resize-raster.ts';
import type { RunNetwork } from './runner/plan-network.ts';

const networkPx = 256;
/** Where the persons' box is less of the picture than this, the network looks again at the box and a margin around. */
const zoomShareMax = 0.8;
const marginShare = 0.12;

/** The chance 0…1 of each pixel, at a long side of at most 256 px, to be of a person. */
export interface DrawnPersons extends Plane {
  /** Where the network looked a second time, in pixels of the plane: there its second look counts. Null where the first was near enough. */
  readonly near: Box | null;
}

/** What the network draws of a picture: looked at as a whole, then once more from near where the persons are small in it. */
export function drawPersons(picture: RgbImage, run: RunNetwork): DrawnPersons {
  const { width, height } = fitLongSide(picture, networkPx);
  const whole = enlargePlane(look(picture, run), width, height);
  const near = findBox(whole);
  if (near === null || near.width * near.height >= zoomShareMax * width * height) return { ...whole, near: null };
  return { ...layOver(whole, near, look(cropNear(picture, whole, near), run)), near };
}

/**
 * What the network draws instead of `drawn` where that look counts, when it is shown the same part of the picture mirrored; laid back as
 * the picture is, of the same size. What both draw it is sure of; it knows no left and right that a person would not have as well.
 */
export function drawMirrored(picture: RgbImage, drawn: DrawnPersons, run: RunNetwork): Plane {
  const { near, width, height } = drawn;
  if (near === null) return enlargePlane(lookMirrored(picture, run), width, height);
  return layOver(drawn, near, lookMirrored(cropNear(picture, drawn, near), run));
}

/** The part of the picture that is `near` in a plane of it. */
function cropNear(picture: RgbImage, plane: Plane, near: Box): RgbImage {
  const scale = picture.width / plane.width;
  const [left, top] = [Math.round(near.left * scale), Math.round(near.top * scale)];
  return cropRgb(picture, {
    left,
    top,
    width: Math.min(picture.width - left, Math.round(near.width * scale)),
    height: Math.min(picture.height - top, Math.round(near.height * scale)),
  });
}

/** The plane with what was seen from near by in its place. */
function layOver({ width, height, data }: Plane, near: Box, seen: Plane): Plane {
  const laid = Float32Array.from(data);
  const part = enlargePlane(seen, near.width, near.height).data;
  for (let y = 0; y < near.height; y++) {
    laid.set(part.subarray(y * near.width, (y + 1) * near.width), (y + near.top) * width + near.left);
  }
  return { width, height, data: laid };
}

function look(picture: RgbImage, run: RunNetwork): Plane {
  return { width: networkPx, height: networkPx, data: run(readInput(picture))[0] as Float32Array };
}

function lookMirrored(picture: RgbImage, run: RunNetwork): Plane {
  const [data] = run(mirrorRows(readInput(picture), 3)) as [Float32Array];
  return { width: networkPx, height: networkPx, data: mirrorRows(data, 1) };
}

function readInput(picture: RgbImage): Float32Array {
  return resampleRgb(picture, networkPx, networkPx).map((value) => value / 255);
}

/** Each row of the network's size from right to left, so many values a pixel. */
function mirrorRows(values: Float32Array, perPixel: number): Float32Array {
  const answer = new Float32Array(values.length);
  const length = networkPx * perPixel;
  for (let row = 0; row < values.length; row += length) {
    for (let from = row, to = row + length - perPixel; from < row + length; from += perPixel, to -= perPixel) {
      for (let channel = 0; channel < perPixel; channel++) answer[to + channel] = values[from + channel] as number;
    }
  }
  return answer;
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
