import { expect, test } from 'vitest';
import { countFrameBytes, shrinkLuma, shrinkToRgb, toRgb } from './yuv-frame.ts';

function flat(width: number, height: number, [y, u, v]: readonly [number, number, number]) {
  const data = new Uint8Array(countFrameBytes(width, height)).fill(u);
  data.fill(y, 0, width * height);
  data.fill(v, (width * height * 5) / 4);
  return { data, width, height };
}

test.each([
  ['black', [16, 128, 128], [0, 0, 0]],
  ['white', [235, 128, 128], [255, 255, 255]],
  ['middle grey', [126, 128, 128], [128, 128, 128]],
  // ITU-R BT.709: the three primaries at full strength
  ['red', [63, 102, 240], [255, 0, 0]],
  ['green', [173, 42, 26], [0, 255, 0]],
  ['blue', [32, 240, 118], [0, 0, 255]],
] as const)('%s comes out within a level of two', (_name, yuv, rgb) => {
  const frame = flat(16, 8, yuv);
  for (const { data } of [toRgb(frame), shrinkToRgb(frame, 4)]) {
    for (const [at, value] of data.entries()) expect(Math.abs(value - (rgb[at % 3] as number))).toBeLessThan(3);
  }
});

test('colors go over smoothly between the sites of their differences, and reach both edges', () => {
  const frame = flat(8, 4, [126, 128, 128]);
  for (let at = 0; at < 8; at++) frame.data[40 + at] = 128 + (at % 4) * 10;
  const { data } = toRgb(frame);
  const red = Array.from({ length: 8 }, (_, x) => data[x * 3] as number);
  expect(red).toEqual(red.toSorted((one, other) => one - other));
  expect(red[1]).toBeGreaterThan(red[0] as number);
  expect(red[7]).toBe(red[6]);
});

test('a shrunk luma is the mean of what it covers, in full range, and a small frame stays as it is', () => {
  const frame = flat(8, 4, [16, 128, 128]);
  for (let at = 0; at < 32; at++) if (at % 2 === 0) frame.data[at] = 235;
  const { luma, width, height } = shrinkLuma(frame, 4);
  expect([width, height]).toEqual([4, 2]);
  for (const value of luma) expect(value).toBeCloseTo(127.5, 0);
  expect(shrinkLuma(frame, 100)).toMatchObject({ width: 8, height: 4 });
});
