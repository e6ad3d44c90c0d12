import { expect, test } from 'vitest';
import { chooseSmallSize, shrinkLuma } from './shrink-luma.ts';

test.each([
  [1280, 720, 160, 90],
  [720, 1280, 90, 160],
  [960, 960, 160, 160],
])('%i × %i is looked at as %i × %i', (width, height, smallWidth, smallHeight) => {
  expect(chooseSmallSize({ width, height })).toEqual({ width: smallWidth, height: smallHeight });
});

test('a pixel of the smaller plane is the mean of its square', () => {
  const from = { width: 64, height: 32 };
  const luma = Uint8Array.from({ length: 64 * 32 }, (_, at) => 20 + 2 * (at % 64) + Math.floor(at / 64));
  const small = shrinkLuma(luma, from, { width: 8, height: 4 });
  // the middle of the first square of 8 × 8 is 3.5, 3.5
  expect(small[0]).toBe(20 + 7 + 4);
  expect((small[9] as number) - (small[0] as number)).toBe(16 + 8);
});
