import { expect, test } from 'vitest';
import { type Color, drawRaster, surface } from '../../../../test/helpers/draw-raster.ts';
import { closeMask } from '../../raster/close-mask.ts';
import { dilateMask } from '../../raster/dilate-mask.ts';
import { preparePicture } from '../features/prepare-picture.ts';
import { computeSideFeatures, sideFeatureNames } from '../features/side-features.ts';
import { outlineSubject } from './outline-subject.ts';

const ball = (x: number, y: number) => (x - 120) ** 2 + (y - 100) ** 2 < 50 ** 2;
const draw = (ground: Color) =>
  preparePicture(drawRaster(240, 200, (x, y) => surface(ball(x, y) ? [205, 60, 45] : ground, x, y, 24, 3)));
/** The probability of each patch to be the ball, `sure` where it is and 1 − `sure` where not. */
const judge = (view: ReturnType<typeof draw>, sure: number) =>
  Float32Array.from({ length: view.facts.patches.count }, (_, patch) =>
    ball(view.facts.patches.x[patch] ?? 0, view.facts.patches.y[patch] ?? 0) ? sure : 1 - sure,
  );

test('a patch of the subject differs from all four sides, one of the ground from none', () => {
  const view = draw([60, 120, 70]);
  const features = computeSideFeatures(view.facts);
  const meanOf = (inside: boolean, column: number) => {
    const rows = [...view.facts.patches.x].flatMap((x, patch) =>
      ball(x, view.facts.patches.y[patch] ?? 0) === inside
        ? [features[patch * sideFeatureNames.length + column] ?? 0]
        : [],
    );
    return rows.reduce((sum, value) => sum + value, 0) / rows.length;
  };
  expect(meanOf(true, 0)).toBeGreaterThan(0.7);
  expect(meanOf(false, 0)).toBeLessThan(0.55);
  for (let row = 0; row < features.length; row += 4) {
    expect([...features.subarray(row, row + 4)]).toEqual([...features.subarray(row, row + 4)].sort((a, b) => a - b));
  }
});

test('the confidence is high for a clear subject of sure probabilities, and lower the less sure they are', () => {
  const view = draw([60, 120, 70]);
  const [sure, unsure, blind] = [0.99, 0.75, 0.55].map(
    (probability) => outlineSubject(view, judge(view, probability)).confidence,
  );
  expect(sure).toBeGreaterThan(0.9);
  expect(unsure).toBeLessThan(sure ?? 0);
  expect(blind).toBeLessThan(0.3);
});

test('the confidence is low where half of a subject of one look is left out', () => {
  const view = draw([60, 120, 70]);
  const half = judge(view, 0.95).map((probability, patch) =>
    (view.facts.patches.x[patch] ?? 0) < 120 ? probability : 0.3,
  );
  expect(outlineSubject(view, half).confidence).toBeLessThan(0.7);
});

test('a notch with a narrow mouth is filled, a wide bay stays open', () => {
  const [width, height] = [60, 40];
  const solid = (x: number, y: number) => x >= 10 && x < 50 && y >= 8 && y < 32;
  const make = (isOpen: (x: number, y: number) => boolean) =>
    Uint8Array.from({ length: width * height }, (_, at) => {
      const [x, y] = [at % width, Math.floor(at / width)];
      return solid(x, y) && !isOpen(x, y) ? 1 : 0;
    });
  const options = { radius: 3, holeShareMax: 0.2 };
  const cave = make((x, y) => (x > 22 && x < 30 && y > 16 && y < 24) || (x === 26 && y <= 16));
  expect(closeMask(cave, width, height, options)).toEqual(make(() => false));
  const bay = make((x, y) => x > 20 && x < 40 && y < 24);
  expect(closeMask(bay, width, height, options)[12 * width + 30]).toBe(0);
});

test('a mask grows by the same on all sides and not over the edges of the picture', () => {
  const mask = new Uint8Array(7 * 5);
  mask[2 * 7 + 6] = 1;
  const grown = dilateMask(mask, 7, 5, 2);
  expect([...grown].reduce((sum, value) => sum + value, 0)).toBe(3 * 5);
  expect(grown[2 * 7 + 4]).toBe(1);
  expect(grown[2 * 7 + 3]).toBe(0);
});
