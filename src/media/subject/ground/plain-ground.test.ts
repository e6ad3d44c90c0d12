import sharp from 'sharp';
import { expect, test } from 'vitest';
import { type Color, drawRaster, grainAt, overlap, surface } from '../../../../test/helpers/draw-raster.ts';
import type { RgbImage } from '../../raster/raster.ts';
import { findOnPlainGround } from './find-on-plain-ground.ts';

const side = 300;
const isDisc = (x: number, y: number) => Math.hypot(x - 150, y - 140) < 80;
const isHandle = (x: number, y: number) => Math.abs(Math.hypot(x - 235, y - 140) - 36) < 9;
const isHandleHole = (x: number, y: number) => !isDisc(x, y) && Math.hypot(x - 235, y - 140) <= 27;
const isEye = (x: number, y: number) => Math.hypot(x - 140, y - 120) < 14;
const isMug = (x: number, y: number) => (isDisc(x, y) || isHandle(x, y)) && !isHandleHole(x, y);
const truth = Float32Array.from({ length: side * side }, (_, at) => (isMug(at % side, Math.floor(at / side)) ? 1 : 0));

/** A mug with a handle to look through and a white eye, on a ground of one's own. */
function drawMug(ground: (x: number, y: number) => Color): RgbImage {
  return drawRaster(side, side, (x, y) => {
    if (!isMug(x, y)) return ground(x, y);
    return isEye(x, y) ? [254, 253, 252] : surface([190, 60, 50], x, y, 20, 3);
  });
}

async function compress({ data, width, height }: RgbImage, quality: number): Promise<RgbImage> {
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
  return { width, height, data: await sharp(jpeg).raw().toBuffer() };
}

test.each<[string, (x: number, y: number) => Color]>([
  ['white', () => [255, 255, 255]],
  [
    'grey with grain',
    (x, y) => {
      const level = 150 + 8 * grainAt(x, y, 1);
      return [level, level + 2, level + 5];
    },
  ],
  ['light that falls off to one side', (x) => [230 - x / 12, 232 - x / 12, 236 - x / 12]],
])('on %s ground the mask is all but exact, with the hole of the handle and without one in the eye', (_, ground) => {
  const found = findOnPlainGround(drawMug(ground));
  expect(overlap(found?.mask.data ?? [], truth)).toBeGreaterThan(0.97);
  expect(found?.mask.data[140 * side + 240]).toBe(0);
  expect(found?.mask.data[120 * side + 140]).toBe(1);
  expect(found?.confidence).toBeGreaterThan(0.9);
});

test('what JPEG leaves around edges is no subject', async () => {
  const found = findOnPlainGround(
    await compress(
      drawMug(() => [255, 255, 255]),
      75,
    ),
  );
  expect(overlap(found?.mask.data ?? [], truth)).toBeGreaterThan(0.93);
});

test('a soft shadow on the floor is no subject', () => {
  const shadow = (x: number, y: number) => 60 * Math.exp(-(((x - 150) / 110) ** 2) - ((y - 225) / 26) ** 2);
  const found = findOnPlainGround(
    drawMug((x, y) => {
      const level = 215 - shadow(x, y) + grainAt(x, y, 2);
      return [level, level, level + 2];
    }),
  );
  expect(overlap(found?.mask.data ?? [], truth)).toBeGreaterThan(0.93);
});

test('a bust that leaves by the lower edge is found as well', () => {
  const picture = drawRaster(200, 200, (x, y) =>
    Math.hypot(x - 100, y - 80) < 35 || (y > 120 && Math.abs(x - 100) < 60) ? [90, 60, 40] : [240, 241, 242],
  );
  const expected = Float32Array.from({ length: 200 * 200 }, (_, at) => (picture.data[at * 3] === 90 ? 1 : 0));
  expect(overlap(findOnPlainGround(picture)?.mask.data ?? [], expected)).toBeGreaterThan(0.97);
});

test('a drawing with dark outlines has no holes: what they enclose is white', () => {
  const picture = drawRaster(side, side, (x, y) => {
    const away = Math.hypot(x - 150, y - 150);
    if (away > 120) return [255, 255, 255];
    if (away > 106) return [10, 10, 10];
    return Math.hypot(x - 150, y - 70) < 26 ? [255, 255, 255] : [250, 210, 60];
  });
  expect(findOnPlainGround(picture)?.mask.data[70 * side + 150]).toBe(1);
});

test.each<[string, RgbImage]>([
  ['an edge of many colors', drawMug((x, y) => surface([120, 130, 90], x, y, 90, 4))],
  ['floor and wall', drawMug((_, y) => (y < 150 ? [230, 230, 230] : [120, 90, 60]))],
  ['nothing but ground', drawRaster(120, 90, () => [200, 210, 220])],
])('%s is no plain ground with a subject on it', (_, picture) => {
  expect(findOnPlainGround(picture)).toBeNull();
});

test('a subject that has lost parts to the ground of its own color is not called sure', () => {
  // white fur on white: tufts that the light sets off, with the ground's color between them
  const picture = drawRaster(side, side, (x, y) =>
    isDisc(x, y) && ((x + y) % 14 < 6 || y < 90) ? surface([150, 140, 120], x, y, 20, 3) : [255, 255, 255],
  );
  const found = findOnPlainGround(picture);
  expect(found?.confidence ?? 0).toBeLessThan(0.5);
});
