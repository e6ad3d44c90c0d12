import sharp from 'sharp';
import { beforeEach, expect, test } from 'vitest';
import { beginBuild } from '../../../../test/helpers/begin-build.ts';
import { drawRaster, surface } from '../../../../test/helpers/draw-raster.ts';
import { createPeopleFinder, type PeopleFinder } from '../../networks/index.ts';
import type { RgbImage } from '../../raster/raster.ts';
import { findSubjects } from '../../subject/index.ts';
import type { BuildState, View } from '../view.ts';
import { findPeople } from './find-people.ts';
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

async function readFixture(name: string): Promise<RgbImage> {
  const path = new URL(`../../../../test/fixtures/media/${name}`, import.meta.url).pathname;
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

let held: BuildState;
let free: BuildState;
beforeEach(() => {
  held = beginState([onWhite(true), onGrass]);
  free = beginState([onWhite(false), onGrass]);
});

function beginState(pictures: readonly RgbImage[]): BuildState {
  const state = beginBuild(pictures);
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

test('an unsure matte of a plain ground gives way to a surer one, and is no longer led as an exact one', () => {
  const view = held.views[1] as View;
  const mask = { width: 240, height: 200, data: new Float32Array(240 * 200) };
  Object.assign(view, { matte: { mask, confidence: 0.01 }, isOnPlainGround: true, matteGuide: { radiusPx: 2 } });
  findSubject(held);
  expect(view.matte?.confidence).toBeGreaterThan(0.01);
  expect(view.matte?.mask).not.toBe(mask);
  expect([view.isOnPlainGround, view.matteGuide]).toEqual([undefined, undefined]);
});

test('an unsure matte of a plain ground stays where nothing is surer', () => {
  const nothing = beginState([drawRaster(240, 200, (x, y) => surface([90, 110, 90], x, y, 40, 5))]);
  const [view] = nothing.views as [View];
  const matte = { mask: { width: 240, height: 200, data: new Float32Array(240 * 200) }, confidence: 0.69 };
  Object.assign(view, { matte, isOnPlainGround: true });
  findSubject(nothing);
  expect([view.matte, view.isOnPlainGround]).toEqual([matte, true]);
});

test.skipIf(createPeopleFinder() === null)(
  'a person on plain ground that was found unsurely is drawn by the networks',
  async () => {
    const astronaut = await readFixture('astronaut.jpg');
    const state = beginState([astronaut]);
    const [view] = state.views as [View];
    const mask = { ...astronaut, data: new Float32Array(astronaut.width * astronaut.height) };
    Object.assign(view, { matte: { mask, confidence: 0.1 }, isOnPlainGround: true });
    findPeople(state, {
      people: createPeopleFinder() as PeopleFinder,
      cutoutSideMaxPx: 512,
      writeFile: async () => {},
    });
    expect(view.matte?.confidence).toBeGreaterThan(0.7);
    expect(view.isOnPlainGround).toBeUndefined();
    view.matte = { mask, confidence: 0.9 };
    view.isOnPlainGround = true;
    findPeople(state, {
      people: createPeopleFinder() as PeopleFinder,
      cutoutSideMaxPx: 512,
      writeFile: async () => {},
    });
    expect(view.matte?.confidence).toBe(0.9);
  },
);

test.skipIf(createPeopleFinder() === null)(
  'what the persons network takes in a picture of a toy is a clue to where it is',
  async () => {
    const people = createPeopleFinder() as PeopleFinder;
    const pictures = await Promise.all(['bear.jpg', 'sloth.jpg'].map(readFixture));
    const [led, unled] = [beginState(pictures), beginState(pictures)];
    findSubject(led, { people });
    findSubject(unled);
    const smalls = unled.views.map(({ small }) => small);
    const persons = smalls.map((small) => people.drawPersons(small));
    expect(led.views.map(({ matte }) => matte)).toEqual(findSubjects(smalls, { persons }));
    expect(led.views.map(({ matte }) => matte?.mask)).not.toEqual(unled.views.map(({ matte }) => matte?.mask));
  },
);
