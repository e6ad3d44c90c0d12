import { boxMean } from '../../raster/box-mean.ts';
import type { LabImage } from '../../raster/lab-image.ts';

/** Distinct points of the subject, each with what it looks like around. */
export interface Keypoints {
  readonly count: number;
  /** count × 128, unit length each: 4 × 4 cells of 8 gradient directions (D. Lowe, IJCV 60(2), 2004). */
  readonly looks: Float32Array;
  /** Mean L*, a*, b* around each: count × 3. */
  readonly colors: Float32Array;
}

const cells = 4;
const directions = 8;
export const descriptorSize = cells * cells * directions;
/** Half side of the window in pixels, at each of the two scales. */
const windowHalfPx = 8;

/**
 * Up to `countMax` corners (smaller eigenvalue of the structure tensor, J. Shi and C. Tomasi, CVPR 1994) at two scales
 * that lie inside the subject, described relative to their main gradient direction. `alpha`: 0…1, as large as `lab`.
 */
export function findKeypoints(lab: LabImage, alpha: Float32Array, countMax: number): Keypoints {
  const { width, height } = lab;
  const light = boxMean(lab.l, width, height, 1);
  const fine = findAtScale(light, alpha, width, height, 1, Math.ceil(countMax * 0.6));
  const [half, halfAlpha] = [halve(light, width, height), halve(alpha, width, height)];
  const coarse = findAtScale(half, halfAlpha, width >> 1, height >> 1, 2, Math.floor(countMax * 0.4));
  const all = [...fine, ...coarse];
  const around = [lab.l, lab.a, lab.b].map((plane) => boxMean(plane, width, height, 4));
  const looks = new Float32Array(all.length * descriptorSize);
  const colors = new Float32Array(all.length * 3);
  for (const [index, mark] of all.entries()) {
    looks.set(mark.look, index * descriptorSize);
    for (const [axis, plane] of around.entries()) colors[index * 3 + axis] = plane[mark.y * width + mark.x] as number;
  }
  return { count: all.length, looks, colors };
}

function findAtScale(
  light: Float32Array,
  alpha: Float32Array,
  width: number,
  height: number,
  scale: number,
  countMax: number,
) {
  const gx = new Float32Array(light.length);
  const gy = new Float32Array(light.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const pixel = y * width + x;
      gx[pixel] = (light[pixel + 1] as number) - (light[pixel - 1] as number);
      gy[pixel] = (light[pixel + width] as number) - (light[pixel - width] as number);
    }
  }
  const product = (one: Float32Array, other: Float32Array) =>
    boxMean(
      one.map((value, index) => value * (other[index] as number)),
      width,
      height,
      2,
    );
  const xx = product(gx, gx);
  const xy = product(gx, gy);
  const yy = product(gy, gy);
  const strength = xx.map((value, index) => {
    const half = (value + (yy[index] as number)) / 2;
    return half - Math.sqrt(Math.max(0, half * half - value * (yy[index] as number) + (xy[index] as number) ** 2));
  });
  const inside = boxMean(alpha, width, height, 3);
  const corners: { pixel: number; strength: number }[] = [];
  for (let y = 4; y < height - 4; y++) {
    for (let x = 4; x < width - 4; x++) {
      const pixel = y * width + x;
      const value = strength[pixel] as number;
      if (value < 2 || (inside[pixel] as number) < 0.75) continue;
      let isPeak = true;
      for (let dy = -2; dy <= 2 && isPeak; dy++) {
        for (let dx = -2; dx <= 2; dx++) {
          if ((strength[pixel + dy * width + dx] as number) > value) {
            isPeak = false;
            break;
          }
        }
      }
      if (isPeak) corners.push({ pixel, strength: value });
    }
  }
  corners.sort((a, b) => b.strength - a.strength);
  return corners.slice(0, countMax).map(({ pixel }) => {
    const x = pixel % width;
    const y = Math.floor(pixel / width);
    return { x: x * scale, y: y * scale, look: describe(gx, gy, alpha, width, height, x, y) };
  });
}

function describe(
  gx: Float32Array,
  gy: Float32Array,
  alpha: Float32Array,
  width: number,
  height: number,
  cx: number,
  cy: number,
) {
  const turn = mainDirection(gx, gy, width, height, cx, cy);
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const look = new Float32Array(descriptorSize);
  for (let v = -windowHalfPx; v < windowHalfPx; v++) {
    for (let u = -windowHalfPx; u < windowHalfPx; u++) {
      const x = Math.round(cx + (u + 0.5) * cos - (v + 0.5) * sin);
      const y = Math.round(cy + (u + 0.5) * sin + (v + 0.5) * cos);
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      const pixel = y * width + x;
      const dx = gx[pixel] as number;
      const dy = gy[pixel] as number;
      const size = Math.hypot(dx, dy) * (alpha[pixel] as number) * Math.exp(-(u * u + v * v) / (2 * 36));
      const angle = ((Math.atan2(dy, dx) - turn + Math.PI * 4) / (Math.PI * 2)) * directions;
      const low = Math.floor(angle);
      const part = angle - low;
      const cell = ((v + windowHalfPx) >> 2) * cells + ((u + windowHalfPx) >> 2);
      const first = cell * directions + (low % directions);
      const second = cell * directions + ((low + 1) % directions);
      look[first] = (look[first] as number) + size * (1 - part);
      look[second] = (look[second] as number) + size * part;
    }
  }
  return toUnit(toUnit(look).map((value) => Math.min(0.2, value)));
}

function mainDirection(
  gx: Float32Array,
  gy: Float32Array,
  width: number,
  height: number,
  cx: number,
  cy: number,
): number {
  const bins = new Float32Array(36);
  for (let y = Math.max(0, cy - 6); y <= Math.min(height - 1, cy + 6); y++) {
    for (let x = Math.max(0, cx - 6); x <= Math.min(width - 1, cx + 6); x++) {
      const pixel = y * width + x;
      const dx = gx[pixel] as number;
      const dy = gy[pixel] as number;
      const bin = Math.floor(((Math.atan2(dy, dx) + Math.PI) / (Math.PI * 2)) * 36) % 36;
      const near = Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / 18);
      bins[bin] = (bins[bin] as number) + Math.hypot(dx, dy) * near;
    }
  }
  let best = 0;
  let bestSum = -1;
  for (let bin = 0; bin < 36; bin++) {
    const sum = (bins[(bin + 35) % 36] as number) + 2 * (bins[bin] as number) + (bins[(bin + 1) % 36] as number);
    if (sum > bestSum) {
      bestSum = sum;
      best = bin;
    }
  }
  return ((best + 0.5) / 36) * Math.PI * 2 - Math.PI;
}

function toUnit(values: Float32Array): Float32Array {
  let square = 1e-9;
  for (const value of values) square += value * value;
  const scale = 1 / Math.sqrt(square);
  return values.map((value) => value * scale);
}

function halve(plane: Float32Array, width: number, height: number): Float32Array {
  const [w, h] = [width >> 1, height >> 1];
  const answer = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const from = y * 2 * width + x * 2;
      answer[y * w + x] =
        ((plane[from] as number) +
          (plane[from + 1] as number) +
          (plane[from + width] as number) +
          (plane[from + width + 1] as number)) /
        4;
    }
  }
  return answer;
}
