import { beforeEach, expect, test } from 'vitest';
import { drawRaster, surface } from '../../../../test/helpers/draw-raster.ts';
import type { RgbImage } from '../../raster/raster.ts';
import { findSubjects } from '../../subject/index.ts';
import { type BuildState, createView, type View } from '../view.ts';
import { findSubject } from './find-subject.ts';
import { solvePlainGround } from './solve-plain-ground.ts';

const isBall = (x: number, y: number) => Math.hypot(x - 120, y - 90) < 40;
const isArm = (x: number, y: number) => y > 100 && Math.abs(x - 120) < 16;
const ball = (x: number, y: number) => surface(y < 90 ? [205, 60, 45] : [230, 190, 40], x, y, 24, 3);

/** The ball on white, held by an arm that leaves the picture or by nothing. */
const onWhite = (isHeld: boolean) =>
  drawRaster(240, 200, (x, y) => {
    if (isBall(x, y)) return ball(x, y);
    return isHeld && isArm(x, y) ? surface([190, 140, 110], x, y, 10, 5) : [255, 255, 255];
  });
const onGrass = drawRaster(240, 200, (x, y) => (isBall(x, y) ? ball(x, y) : surface([60, 120, 70], x, y, 40, 1)));

let held: BuildState;
let free: BuildState;
beforeEach(() => {
  held = beginState([onWhite(true), onGrass]);
  free = beginState([onWhite(false), onGrass]);
});

function beginState(pictures: readonly RgbImage[]): BuildState {
  const views = pictures.map((picture, at) =>
    createView({
      stem: `${at}`,
      role: 'upright',
      source: at,
      param: `${at}`,
      pixels: { ...picture, data: Uint8Array.from(picture.data), channels: 3 },
    }),
  );
  const state = { views, colors: [], placeholderHash: '', report: [] };
  solvePlainGround(state);
  return state;
}

const confidenceOf = ({ views }: BuildState) => (views[0] as View).matte?.confidence ?? 0;

test('what leaves a picture of plain ground is as sure as both opinions of it are together, its mask stays', () => {
  const before = held.views[0]?.matte;
  findSubject(held);
  const [joint] = findSubjects(held.views.map(({ small }) => small));
  expect(joint?.confidence).toBeLessThan(before?.confidence ?? 0);
  expect(confidenceOf(held)).toBeCloseTo(((before?.confidence ?? 0) + (joint?.confidence ?? 0)) / 2, 6);
  expect(held.views[0]?.matte?.mask).toBe(before?.mask);
  expect(held.views[1]?.matte).toBeDefined();
});

test('what stands free on plain ground, and a person whose face was seen, are as sure as before', () => {
  const before = confidenceOf(free);
  findSubject(free);
  expect(confidenceOf(free)).toBe(before);
  const bust = confidenceOf(held);
  findSubject(Object.assign(held, { isPerson: true as const }));
  expect(confidenceOf(held)).toBe(bust);
});
