import { expect, test } from 'vitest';
import { drawRaster, grainAt } from '../../../test/helpers/draw-raster.ts';
import { shrinkRgb } from '../raster/resize-raster.ts';
import { computePerceptualHash, countDifferentBits, nearBitsMax } from './appearance/perceptual-hash.ts';
import { computeSubjectColors } from './appearance/subject-colors.ts';
import { measureSubject } from './subject-facts.ts';

const alphaOf = (width: number, height: number, inside: (x: number, y: number) => boolean) =>
  Uint8Array.from({ length: width * height }, (_, at) => (inside(at % width, Math.floor(at / width)) ? 255 : 0));

test('share, place and touched edges are those of the mask', () => {
  const picture = drawRaster(100, 50, () => [128, 128, 128]);
  const facts = measureSubject(
    picture,
    alphaOf(100, 50, (x, y) => x >= 60 && y >= 25),
  );
  expect(facts).toMatchObject({ share: 0.2, left: 0.6, top: 0.5, right: 1, bottom: 1, touches: ['right', 'bottom'] });
  expect(facts?.centre_x).toBeCloseTo(0.795, 3);
  expect(facts?.brightness).toBeCloseTo(0.502, 2);
  expect(measureSubject(picture, new Uint8Array(5000))).toBeNull();
});

test('a blurred subject is measured as less sharp, whatever the ground does', () => {
  const inside = (x: number, y: number) => Math.hypot(x - 50, y - 50) < 30;
  const level = (x: number, y: number, step: number) =>
    128 + 120 * grainAt(Math.floor(x / step), Math.floor(y / step), 3);
  const draw = (step: number) =>
    drawRaster(100, 100, (x, y) => {
      const value = level(x, y, inside(x, y) ? step : 1);
      return [value, value, value];
    });
  const alpha = alphaOf(100, 100, inside);
  const sharp = measureSubject(draw(1), alpha)?.sharpness ?? 0;
  const soft = measureSubject(draw(6), alpha)?.sharpness ?? 0;
  expect(soft).toBeLessThan(sharp / 2);
});

test('colors are those of the subject alone, most first', () => {
  const picture = drawRaster(80, 80, (x, y) => (y < 20 ? [0, 160, 0] : x < 60 ? [200, 30, 30] : [30, 30, 200]));
  const colors = computeSubjectColors([{ picture, alpha: alphaOf(80, 80, (_, y) => y >= 20) }]);
  expect(colors.map((one) => one.share)).toEqual([0.75, 0.25]);
  expect(colors[0]?.hex).toMatch(/^#c[67899a]1[d-f]1[d-f]$/);
  expect(computeSubjectColors([{ picture, alpha: new Uint8Array(6400) }])).toEqual([]);
});

test('the hash survives scaling and a little light, and differs between different pictures', () => {
  const draw = (seed: number, add: number) =>
    drawRaster(128, 96, (x, y) => {
      const value = 128 + add + 90 * grainAt(x >> 5, y >> 5, seed);
      return [value, value, value];
    });
  const hash = computePerceptualHash(draw(1, 0));
  expect(hash).toMatch(/^[0-9a-f]{16}$/);
  expect(countDifferentBits(hash, computePerceptualHash(shrinkRgb(draw(1, 12), 96, 72)))).toBeLessThanOrEqual(
    nearBitsMax,
  );
  expect(countDifferentBits(hash, computePerceptualHash(draw(2, 0)))).toBeGreaterThan(16);
});
