import { expect, test } from 'vitest';
import { drawRaster, surface } from '../../../../test/helpers/draw-raster.ts';
import type { Plane } from '../../raster/raster.ts';
import { outlinePerson, type PersonLooks } from './outline-person.ts';

const [width, height] = [240, 200];
/** Two bodies, the left one narrower. */
const isLeft = (x: number, y: number) => x >= 40 && x < 90 && y >= 40;
const isRight = (x: number, y: number) => x >= 130 && x < 200 && y >= 50;
const pair = drawRaster(width, height, (x, y) =>
  surface(isLeft(x, y) ? [205, 60, 45] : isRight(x, y) ? [50, 60, 190] : [150, 150, 140], x, y, 24, 3),
);
const draw = (chanceAt: (x: number, y: number) => number): Plane => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, at) => chanceAt(at % width, Math.floor(at / width))),
});
/** Both looks draw the same. */
const drawTwice = (chanceAt: (x: number, y: number) => number): PersonLooks => ({
  chances: draw(chanceAt),
  mirrored: draw(chanceAt),
});
const leftFace = { left: 0.22, right: 0.32, top: 0.22, bottom: 0.36 };
const rightFace = { left: 0.62, right: 0.74, top: 0.27, bottom: 0.41 };

test('the surer the network is and the nearer the cut to what it drew, the higher the confidence, sure only where both are near 1', () => {
  const rate = (inside: number, outside: number) =>
    outlinePerson(
      pair,
      drawTwice((x, y) => (isLeft(x, y) ? inside : outside)),
      [leftFace],
    );
  const [clear, vague, blind] = [rate(0.995, 0.002), rate(0.9, 0.05), rate(0.7, 0.3)];
  expect(clear.confidence).toBeGreaterThan(0.9);
  expect(vague.confidence).toBeLessThan(0.3);
  expect(vague.agreement).toBeGreaterThan(0.6);
  expect(blind.confidence).toBeLessThan(vague.confidence);
});

test('a half-seen edge of somebody else who is not cut out is no doubt of the person who is', () => {
  const beside = (x: number, y: number) =>
    isLeft(x, y)
      ? 0.995
      : isRight(x, y)
        ? 0.97
        : isRight(x - 8, y) || isRight(x + 8, y) || isRight(x, y + 8)
          ? 0.4
          : 0.002;
  const alone = outlinePerson(
    pair,
    drawTwice((x, y) => (isLeft(x, y) ? 0.995 : 0.002)),
    [leftFace],
  );
  const accompanied = outlinePerson(pair, drawTwice(beside), [leftFace, rightFace]);
  expect(accompanied.mask.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(
    alone.mask.data.reduce((sum, value) => sum + value, 0),
    -2,
  );
  expect(accompanied.confidence).toBeGreaterThan(0.9);
  const doubted = outlinePerson(
    pair,
    drawTwice((x, y) => (isRight(x, y) ? 0.002 : beside(x, y))),
    [leftFace],
  );
  expect(doubted.confidence).toBeLessThan(0.7);
});

test('what only one of two looks takes makes the same mask less sure, an edge that wanders does not', () => {
  const clear = (x: number, y: number) => (isLeft(x, y) ? 0.995 : 0.002);
  const rate = (mirroredAt: (x: number, y: number) => number) =>
    outlinePerson(pair, { chances: draw(clear), mirrored: draw(mirroredAt) }, [leftFace]);
  const agreed = rate(clear);
  const wandering = rate((x, y) => clear(x - 2, y + 1));
  const cushion = rate((x, y) => (isLeft(x, y) && y >= 170 ? 0.002 : clear(x, y)));
  const [legs, more] = [
    rate((x, y) => (y >= 120 ? 0.002 : clear(x, y))),
    rate((x, y) => Math.max(clear(x, y), clear(x - 30, y))),
  ];
  expect([agreed.disputed, wandering.disputed]).toEqual([0, 0]);
  expect(wandering.confidence).toBe(agreed.confidence);
  // 30 of 160 rows and 50 columns, less two pixels on the three sides that are not the picture's own.
  expect(cushion.disputed).toBeCloseTo((46 * 28) / (160 * 50), 1);
  expect(cushion.confidence).toBeLessThan(agreed.confidence - 0.1);
  expect(legs.confidence).toBeLessThan(cushion.confidence);
  expect(more.confidence).toBeLessThan(agreed.confidence - 0.1);
  for (const { mask } of [wandering, cushion, legs, more]) expect(mask).toEqual(agreed.mask);
});

test('what the looks dispute of somebody else who is not cut out is no doubt of the person who is', () => {
  const both = (x: number, y: number) => (isLeft(x, y) || isRight(x, y) ? 0.995 : 0.002);
  const rate = (mirroredAt: (x: number, y: number) => number) =>
    outlinePerson(pair, { chances: draw(both), mirrored: draw(mirroredAt) }, [leftFace, rightFace]);
  const halved = rate((x, y) => (isRight(x, y) && y >= 120 ? 0.002 : both(x, y)));
  expect([halved.disputed, halved.confidence]).toEqual([0, rate(both).confidence]);
});
