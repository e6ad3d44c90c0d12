import { expect, test } from 'vitest';
import { drawRaster, overlap, surface } from '../../../../test/helpers/draw-raster.ts';
import { boxMean } from '../../raster/box-mean.ts';
import { guideAlpha } from './guide-alpha.ts';

const inDisc = (x: number, y: number) => (x - 300) ** 2 + (y - 200) ** 2 < 120 ** 2;
const picture = drawRaster(600, 400, (x, y) => surface(inDisc(x, y) ? [210, 70, 50] : [60, 110, 80], x, y, 10, 2));
/** A mask of 60 × 40 is off by up to 8 px of the picture. */
const coarse = {
  width: 60,
  height: 40,
  data: Float32Array.from({ length: 2400 }, (_, at) =>
    inDisc((at % 60) * 10 + 5, Math.floor(at / 60) * 10 + 5) ? 1 : 0,
  ),
};

test('a coarse mask is led to the true edge of the picture (IoU ≥ 0.98)', () => {
  const alpha = guideAlpha(coarse, picture);
  const truth = Uint8Array.from({ length: 600 * 400 }, (_, at) => (inDisc(at % 600, Math.floor(at / 600)) ? 255 : 0));
  expect(alpha).toHaveLength(600 * 400);
  expect(overlap(alpha, truth, 128)).toBeGreaterThan(0.98);
});

test('away from the outline alpha is exactly 0 or 255', () => {
  const alpha = guideAlpha(coarse, picture);
  expect(alpha[200 * 600 + 300]).toBe(255);
  expect(alpha[10 * 600 + 10]).toBe(0);
});

test('an empty mask stays empty and a full one full', () => {
  for (const value of [0, 1]) {
    const alpha = guideAlpha({ ...coarse, data: new Float32Array(2400).fill(value) }, picture);
    expect(alpha.every((one) => one === value * 255)).toBe(true);
  }
});

test('the box mean equals a plain mean, also at edges and beyond the size of the plane', () => {
  const width = 7;
  const height = 5;
  const plane = Float32Array.from({ length: width * height }, (_, at) => (at * 37) % 11);
  for (const radius of [1, 2, 9]) {
    const fast = boxMean(plane, width, height, radius);
    for (let at = 0; at < plane.length; at++) {
      const [cx, cy] = [at % width, Math.floor(at / width)];
      const near = [...plane].filter(
        (_, other) => Math.abs((other % width) - cx) <= radius && Math.abs(Math.floor(other / width) - cy) <= radius,
      );
      expect(fast[at]).toBeCloseTo(near.reduce((sum, value) => sum + value, 0) / near.length, 4);
    }
  }
});
