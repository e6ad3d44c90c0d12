import { type LabImage, toLabImage } from '../../raster/lab-image.ts';
import type { RgbImage } from '../../raster/raster.ts';
import { cropSubject } from '../cutout/crop-subject.ts';
import { findKeypoints, type Keypoints } from './find-keypoints.ts';

/** What the subject of one picture looks like, for comparing it with another. */
export interface Appearance {
  /** Square roots of the shares of 8 × 14 × 14 bins of L*, a*, b*. */
  readonly colors: Float32Array;
  /** Cells of the crop that lie inside the subject: L*, a*, b*, spread of L*, column, row. */
  readonly cells: Float32Array;
  readonly marks: Keypoints;
}

export const cellSize = 6;
const cropPx = 192;
const cellPx = 12;
const keypointsMax = 200;
const binsL = 8;
const binsAb = 14;
/** Lab units per bin; ±84 reaches every color of common things. */
const stepAb = 12;

/** `alpha`: 0…255, as large as the picture. Works on the subject's box at 192 px; the picture may have any size. */
export function describeAppearance(picture: RgbImage, alpha: Uint8Array): Appearance {
  const crop = cropSubject(picture, alpha, cropPx);
  const lab = toLabImage(crop.image);
  return {
    colors: countColors(lab, crop.alpha),
    cells: measureCells(lab, crop.alpha),
    marks: findKeypoints(lab, crop.alpha, keypointsMax),
  };
}

function countColors(lab: LabImage, alpha: Float32Array): Float32Array {
  const colors = new Float32Array(binsL * binsAb * binsAb);
  for (let pixel = 0; pixel < alpha.length; pixel++) {
    const share = alpha[pixel] as number;
    if (share < 0.5) continue;
    const i = split((lab.l[pixel] as number) / (100 / binsL), binsL);
    const j = split((lab.a[pixel] as number) / stepAb + binsAb / 2, binsAb);
    const k = split((lab.b[pixel] as number) / stepAb + binsAb / 2, binsAb);
    for (let corner = 0; corner < 4; corner++) {
      const weightJ = corner & 1 ? j.part : 1 - j.part;
      const weightK = corner & 2 ? k.part : 1 - k.part;
      const plane = (corner & 1 ? j.high : j.low) * binsAb + (corner & 2 ? k.high : k.low);
      const weight = share * weightJ * weightK;
      const low = i.low * binsAb * binsAb + plane;
      const high = i.high * binsAb * binsAb + plane;
      colors[low] = (colors[low] as number) + weight * (1 - i.part);
      colors[high] = (colors[high] as number) + weight * i.part;
    }
  }
  return toRoots(colors);
}

function split(position: number, count: number): { low: number; high: number; part: number } {
  const kept = Math.min(count - 1, Math.max(0, position - 0.5));
  const low = Math.floor(kept);
  return { low, high: Math.min(count - 1, low + 1), part: kept - low };
}

function measureCells(lab: LabImage, alpha: Float32Array): Float32Array {
  const cells: number[] = [];
  for (let top = 0; top + cellPx <= lab.height; top += cellPx) {
    for (let left = 0; left + cellPx <= lab.width; left += cellPx) {
      let [weight, l, a, b, square] = [0, 0, 0, 0, 0];
      for (let y = top; y < top + cellPx; y++) {
        for (let x = left; x < left + cellPx; x++) {
          const pixel = y * lab.width + x;
          const share = alpha[pixel] as number;
          weight += share;
          l += share * (lab.l[pixel] as number);
          a += share * (lab.a[pixel] as number);
          b += share * (lab.b[pixel] as number);
          square += share * (lab.l[pixel] as number) ** 2;
        }
      }
      if (weight < 0.6 * cellPx * cellPx) continue;
      const mean = l / weight;
      const spread = Math.sqrt(Math.max(0, square / weight - mean * mean));
      cells.push(mean, a / weight, b / weight, spread, left / cellPx, top / cellPx);
    }
  }
  return Float32Array.from(cells);
}

function toRoots(bins: Float32Array): Float32Array {
  let total = 1e-9;
  for (const value of bins) total += value;
  return bins.map((value) => Math.sqrt(value / total));
}
