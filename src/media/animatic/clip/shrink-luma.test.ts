import { expect, test } from 'vitest';
import { chooseSmallSize, createShrinker } from './shrink-luma.ts';

test.each([
  [1280, 720, 160, 90],
  [720, 1280, 90, 160],
  [960, 960, 160, 160],
])('%i × %i is looked at as %i × %i', (width, height, smallWidth, smallHeight) => {
  expect(chooseSmallSize({ width, height })).toEqual({ width: smallWidth, height: smallHeight });
});

test('a pixel of the smaller plane is the mean of its square', () => {
  const { frame, shrink } = createShrinker({ width: 64, height: 32 }, { width: 8, height: 4 });
  const luma = frame.subarray(0, 64 * 32);
  for (let at = 0; at < luma.length; at++) luma[at] = 20 + 2 * (at % 64) + Math.floor(at / 64);
  const small = shrink();
  // the middle of the first square of 8 × 8 is 3.5, 3.5
  expect(small[0]).toBe(20 + 7 + 4);
  expect((small[9] as number) - (small[0] as number)).toBe(16 + 8);
});

test('no pixel takes from another row, also where rows end in the midst of what is summed at once, and each plane has its own', () => {
  const { frame, shrink } = createShrinker({ width: 70, height: 34 }, { width: 16, height: 16 });
  const luma = frame.subarray(0, 70 * 34);
  const right = () => Array.from({ length: 16 }, (_, row) => shrink()[row * 16 + 15]);
  for (let at = 0; at < luma.length; at++) luma[at] = at % 70 < 60 ? 255 : 10;
  expect(right()).toEqual(Array(16).fill(10));
  luma.fill(255);
  expect(right()).toEqual(Array(16).fill(255));
});
