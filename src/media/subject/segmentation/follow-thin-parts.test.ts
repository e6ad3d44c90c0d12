import { expect, test } from 'vitest';
import { type Color, drawRaster } from '../../../../test/helpers/draw-raster.ts';
import { toLabImage } from '../../raster/lab-image.ts';
import { followThinParts } from './follow-thin-parts.ts';

const [width, height] = [120, 120];
const ground: Color = [128, 124, 118];
const yellow: Color = [230, 180, 40];
const blue: Color = [40, 60, 190];

type Shape = (x: number, y: number) => boolean;
const body: Shape = (x, y) => x >= 40 && x < 80 && y >= 80 && y < 110;
/** Upright, four pixels wide, and as far up as `top`. */
const aerial =
  (top: number): Shape =>
  (x, y) =>
    x >= 58 && x < 62 && y >= top && y < 80;

const maskOf = (shape: Shape) =>
  Uint8Array.from({ length: width * height }, (_, at) => (shape(at % width, Math.floor(at / width)) ? 1 : 0));
const either =
  (...shapes: readonly Shape[]): Shape =>
  (x, y) =>
    shapes.some((shape) => shape(x, y));
/** A yellow aerial down from 50, its tip from there to `top` blue, before a ground of its own. */
const picture = (top: number, behind: (x: number, y: number) => Color = () => ground) =>
  toLabImage(
    drawRaster(width, height, (x, y) => {
      if (body(x, y)) return [200, 40, 40];
      if (aerial(50)(x, y)) return yellow;
      return aerial(top)(x, y) ? blue : behind(x, y);
    }),
  );
const found = either(body, aerial(50));

/** The places that differ, `x,y` each. */
function change(before: Shape, lab: ReturnType<typeof picture>): string[] {
  const mask = maskOf(before);
  const after = followThinParts(mask, lab);
  return [...after].flatMap((value, at) => (value === mask[at] ? [] : [`${at % width},${Math.floor(at / width)}`]));
}

/** All places from `top` down to below `bottom` that an aerial has. */
const placesOf = (top: number, bottom: number) =>
  [...maskOf((x, y) => aerial(top)(x, y) && y < bottom)].flatMap((value, at) =>
    value === 1 ? [`${at % width},${Math.floor(at / width)}`] : [],
  );

test('a tip of another color is added up to its end, as wide as the part', () => {
  expect(change(found, picture(30))).toEqual(placesOf(30, 50));
});

test('a part that ends where the mask ends stays as it is', () => {
  expect(change(found, picture(50))).toEqual([]);
});

test('a line of the ground that goes on and on is none of the part', () => {
  expect(change(found, picture(2))).toEqual([]);
});

test('what comes to a wall of its own color ends there; one that something lies beside is left as it is', () => {
  const wall = (_: number, y: number): Color => (y < 40 ? blue : ground);
  expect(change(found, picture(36, wall))).toEqual(placesOf(40, 50));
  const beside = (x: number, y: number): Color => (y < 40 && x >= 58 ? blue : ground);
  expect(change(found, picture(40, beside))).toEqual([]);
});

test('what leaves the picture is led on to its edge', () => {
  const up: (shape: Shape) => Shape = (shape) => (x, y) => shape(x, y + 40);
  const lab = toLabImage(
    drawRaster(width, height, (x, y) => (up(found)(x, y) ? yellow : up(aerial(30))(x, y) ? blue : ground)),
  );
  expect(change(up(found), lab)).toEqual(placesOf(0, 10));
});

test('a bar between two bodies, and a body without thin parts, stay as they are', () => {
  const second: Shape = (x, y) => x >= 40 && x < 80 && y >= 5 && y < 35;
  const bar: Shape = (x, y) => x >= 58 && x < 62 && y >= 35 && y < 80;
  expect(change(either(body, second, bar), picture(2))).toEqual([]);
  expect(change(body, picture(30))).toEqual([]);
});
