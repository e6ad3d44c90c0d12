import { expect, test } from 'vitest';
import { drawRaster } from '../../../test/helpers/draw-raster.ts';
import { drawMirrored, drawPersons } from './draw-persons.ts';
import type { RunNetwork } from './runner/plan-network.ts';

const side = 256;
/** A network that takes what is red for a person, each pixel by itself. */
const seesRed: RunNetwork = (input) => [Float32Array.from({ length: side * side }, (_, at) => input[at * 3] as number)];
/** The same, but what lies in the left half of what it is shown it only half sees. */
const isWeakLeft: RunNetwork = (input) =>
  seesRed(input).map((drawn) => drawn.map((value, at) => (at % side < side / 2 ? 0.6 * value : value)));
/** A lopsided red subject on green; all of the picture, or a fifth of its width. */
const paint = (left: number, right: number) =>
  drawRaster(400, 300, (x, y) => (x >= left && x < right && y >= x / 8 && y < 280 ? [250, 10, 10] : [10, 200, 10]));

test.each([
  ['the whole picture', paint(10, 390), false],
  ['a part of it', paint(60, 140), true],
])('a mirrored look at %s is laid back: where the network knows no sides it draws the same', (_, picture, isNear) => {
  const drawn = drawPersons(picture, seesRed);
  expect(drawn.near !== null).toBe(isNear);
  const mirrored = drawMirrored(picture, drawn, seesRed);
  expect([mirrored.width, mirrored.height]).toEqual([drawn.width, drawn.height]);
  expect(Math.max(...mirrored.data.map((value, at) => Math.abs(value - (drawn.data[at] as number))))).toBeLessThan(
    0.01,
  );
  expect(Math.min(...drawn.data)).toBeLessThan(0.1);
  expect(Math.max(...drawn.data)).toBeGreaterThan(0.9);
});

test.each([
  ['the whole picture', paint(10, 390), 40, 216],
  ['a part of it', paint(60, 140), 44, 84],
])(
  'the network is shown %s mirrored: what it saw weakly on the left it sees clearly, and weakly what was right',
  (_, picture, left, right) => {
    const drawn = drawPersons(picture, isWeakLeft);
    const before = Float32Array.from(drawn.data);
    const mirrored = drawMirrored(picture, drawn, isWeakLeft);
    const at = (x: number) => 120 * drawn.width + x;
    const [atLeft, atRight] = [at(left), at(right)];
    expect([drawn.data[atLeft], drawn.data[atRight]].map((value) => (value as number) > 0.9)).toEqual([false, true]);
    expect([mirrored.data[atLeft], mirrored.data[atRight]].map((value) => (value as number) > 0.9)).toEqual([
      true,
      false,
    ]);
    expect(drawn.data).toEqual(before);
  },
);
