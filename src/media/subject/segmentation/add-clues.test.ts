import { expect, test } from 'vitest';
import { drawRaster, surface } from '../../../../test/helpers/draw-raster.ts';
import type { Plane } from '../../raster/raster.ts';
import { preparePicture } from '../features/prepare-picture.ts';
import { addMatte, addPersons } from './add-clues.ts';
import { outlineSubject } from './outline-subject.ts';

const [width, height] = [240, 200];
const isBall = (x: number, y: number) => (x - 120) ** 2 + (y - 100) ** 2 < 60 ** 2;
const view = preparePicture(
  drawRaster(width, height, (x, y) => surface(isBall(x, y) ? [205, 60, 45] : [60, 120, 70], x, y, 24, 8)),
);
const { labels, count, area } = view.facts.patches;

/** Share of each patch inside. */
function shareOf(isInside: (x: number, y: number) => boolean): Float32Array {
  const shares = new Float32Array(count);
  for (const [at, patch] of labels.entries()) {
    const [x, y] = [at % view.lab.width, Math.floor(at / view.lab.width)];
    if (isInside((x * width) / view.lab.width, (y * height) / view.lab.height))
      shares[patch] = (shares[patch] as number) + 1 / (area[patch] as number);
  }
  return shares;
}

const chancesOf = (isInside: (x: number, y: number) => boolean) => ({
  width,
  height,
  data: Float32Array.from({ length: width * height }, (_, at) =>
    isInside(at % width, Math.floor(at / width)) ? 0.98 : 0.02,
  ),
});
const upper = shareOf((x, y) => isBall(x, y) && y < 100);
const lower = shareOf((x, y) => isBall(x, y) && y >= 100);
/** The patches know the upper half of the ball, and doubt the lower one. */
const probabilities = upper.map((share, patch) => 0.05 + 0.85 * share + 0.3 * (lower[patch] as number));

test('where both look at one thing, what the patches doubt is the subject, and the ground stays ground', () => {
  const told = addPersons(probabilities, view, chancesOf(isBall));
  for (const [patch, share] of lower.entries()) {
    if (share > 0.95) expect(told[patch]).toBeGreaterThan(0.7);
    if (share === 0 && upper[patch] === 0) expect(told[patch]).toBeLessThan(0.05);
  }
});

test('what the network leaves out is taken back by less than what it takes is given', () => {
  const least = addPersons(
    probabilities,
    view,
    chancesOf((x, y) => isBall(x, y) && y < 100),
  );
  const most = addPersons(probabilities, view, chancesOf(isBall));
  const nats = (chance: number) => Math.log(chance / (1 - chance));
  const patch = lower.findIndex((share) => share > 0.99);
  const own = nats(probabilities[patch] as number);
  expect(nats(most[patch] as number) - own).toBeGreaterThan(1.5 * (own - nats(least[patch] as number)));
  expect(least[patch]).toBeLessThan(probabilities[patch] as number);
});

test('where it looks at something else, or sees nothing, it says nothing', () => {
  for (const isInside of [(x: number, y: number) => x < 40 && y > 150, () => false])
    expect(addPersons(probabilities, view, chancesOf(isInside))).toEqual(probabilities);
});

test('a mask is rated by what was known before the network spoke: what it has drawn is no surer for being drawn', () => {
  const told = addPersons(probabilities, view, chancesOf(isBall));
  const [byItself, rated] = [outlineSubject(view, told), outlineSubject(view, told, probabilities)];
  expect(rated.mask).toEqual(byItself.mask);
  expect(rated.confidence).toBeLessThan(byItself.confidence - 0.05);
});

test('a matting model outweighs patches that doubt it, and where it says nothing the patches keep their side', () => {
  const told = addMatte(probabilities, view, chancesOf(isBall));
  const unsaid = addMatte(probabilities, view, { width: 1, height: 1, data: Float32Array.of(0.5) });
  for (const [patch, own] of probabilities.entries()) {
    if ((lower[patch] as number) > 0.95) expect(told[patch]).toBeGreaterThan(0.9);
    expect(Math.sign((unsaid[patch] as number) - 0.5)).toBe(Math.sign(own - 0.5));
    expect(Math.abs((unsaid[patch] as number) - 0.5)).toBeLessThanOrEqual(Math.abs(own - 0.5) + 1e-6);
  }
});

test('a mask that a matting model agrees with is surer than one that it contradicts or wavers at', () => {
  const rate = (matte: Plane) =>
    outlineSubject(view, addMatte(shareOf(isBall), view, chancesOf(isBall)), shareOf(isBall), matte).confidence;
  const firm = rate(chancesOf(isBall));
  expect(firm).toBeGreaterThan(0.7);
  expect(rate(chancesOf((x, y) => isBall(x, y) && y < 100))).toBeLessThan(firm - 0.3);
  const wavering = { ...chancesOf(isBall), data: chancesOf(isBall).data.map((chance) => 0.5 + (chance - 0.5) / 4) };
  expect(rate(wavering)).toBeLessThan(firm - 0.3);
});
