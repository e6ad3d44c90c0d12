import { expect, test } from 'vitest';
import type { Plane } from '../../raster/raster.ts';
import { followMatte } from './follow-matte.ts';

const draw = (width: number, height: number, value: (x: number, y: number) => number) => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, at) =>
    value((at % width) / width, Math.floor(at / width) / height),
  ),
});
const at = ({ width, height, data }: Plane, x: number, y: number) =>
  data[Math.floor(y * height) * width + Math.floor(x * width)];

/** The left half of a wide picture, coarse. */
const mask = draw(256, 128, (x) => (x < 0.5 ? 1 : 0));
/** Square, as a model draws a wide picture: the same with a soft outline, and a bystander at the right, whole. */
const matte = draw(512, 512, (x, y) => {
  if (x > 0.8 && y > 0.5) return 1;
  return Math.min(1, Math.max(0, (0.51 - x) / 0.02 + 0.25));
});

test('the mask takes the shape of the picture, the fineness of the matte and its softness along their common outline', () => {
  const found = followMatte(mask, matte);
  expect([found.width, found.height]).toEqual([512, 256]);
  const soft = [0.5, 0.505, 0.51].map((x) => at(found, x, 0.25) as number);
  for (const value of soft) expect(value).toBeGreaterThan(0.05);
  for (const value of soft) expect(value).toBeLessThan(0.95);
  expect(at(found, 0.3, 0.25)).toBe(1);
  expect(at(found, 0.7, 0.25)).toBe(0);
});

test('what the matte has and the mask has not stays out, and what the mask has alone stays in', () => {
  expect(at(followMatte(mask, matte), 0.9, 0.75)).toBe(0);
  const empty = draw(512, 512, () => 0);
  expect(at(followMatte(mask, empty), 0.3, 0.5)).toBe(1);
});

test('a matte that is no finer than the filter that leads masks along edges leaves the mask as it is', () => {
  expect(
    followMatte(
      mask,
      draw(320, 320, (x) => (x < 0.5 ? 0.9 : 0.1)),
    ),
  ).toBe(mask);
});
