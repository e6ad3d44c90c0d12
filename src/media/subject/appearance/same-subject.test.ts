import { expect, test } from 'vitest';
import { type Color, drawRaster, surface } from '../../../../test/helpers/draw-raster.ts';
import { compareAppearances } from './compare-appearances.ts';
import { describeAppearance } from './describe-appearance.ts';
import { scoreSameSubject } from './score-same-subject.ts';
import { computeViewDifference } from './view-difference.ts';

function draw(upper: Color, lower: Color, light: number, seed: number, flip = false) {
  const inside = (x: number, y: number) => Math.hypot(x - 100, y - 80) < 60;
  const picture = drawRaster(200, 160, (x, y) => {
    if (!inside(x, y)) return surface([90, 140, 90], x, y, 40, seed);
    const color = y < 80 !== flip ? upper : lower;
    return surface([color[0] * light, color[1] * light, color[2] * light], x, y, 30, 5);
  });
  const alpha = Uint8Array.from({ length: 200 * 160 }, (_, at) => (inside(at % 200, Math.floor(at / 200)) ? 255 : 0));
  return describeAppearance(picture, alpha);
}

const red: Color = [200, 50, 40];
const yellow: Color = [225, 190, 50];
const blue: Color = [40, 70, 190];
const frontal = draw(red, yellow, 1, 1);

test('the same subject under other light scores above another one', () => {
  const same = scoreSameSubject(frontal, draw(red, yellow, 0.85, 2));
  const other = scoreSameSubject(frontal, draw(blue, [210, 210, 215], 1, 3));
  expect(same).toBeGreaterThan(other + 0.3);
  expect(other).toBeLessThan(0.3);
});

test('likeness does not depend on the order, and an empty mask gives a score and no error', () => {
  const other = draw(red, blue, 1, 4);
  const there = compareAppearances(frontal, other);
  const back = compareAppearances(other, frontal);
  for (const [index, value] of there.entries()) expect(back[index]).toBeCloseTo(value, 1);
  const nothing = describeAppearance(
    drawRaster(50, 50, () => [0, 0, 0]),
    new Uint8Array(2500),
  );
  expect(scoreSameSubject(frontal, nothing)).toBeGreaterThanOrEqual(0);
});

test('a view differs from itself by nothing and from the other side by more than from other light', () => {
  expect(computeViewDifference(frontal, frontal)).toBe(0);
  const lit = computeViewDifference(frontal, draw(red, yellow, 0.85, 2));
  const turned = computeViewDifference(frontal, draw(red, yellow, 1, 2, true));
  expect(turned).toBeGreaterThan(lit * 2);
});
