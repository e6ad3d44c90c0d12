import { expect, test, vi } from 'vitest';
import { beginBuild } from '../../../../test/helpers/begin-build.ts';
import { drawRaster, surface } from '../../../../test/helpers/draw-raster.ts';
import type { ThingsFinder } from '../../networks/index.ts';
import type { Plane, RgbImage } from '../../raster/raster.ts';
import type { BuildState, StepTools } from '../view.ts';
import { findSubject } from './find-subject.ts';
import { matteThings } from './matte-things.ts';
import { solvePlainGround } from './solve-plain-ground.ts';

const isBall = (x: number, y: number) => Math.hypot(x - 120, y - 100) < 40;
const onWhite = drawRaster(240, 200, (x, y) => (isBall(x, y) ? [205, 60, 45] : [255, 255, 255]));
const onGrass = drawRaster(240, 200, (x, y) => surface(isBall(x, y) ? [205, 60, 45] : [60, 120, 70], x, y, 40, 1));

/** What it draws: a block on the left that is not the ball. */
const block: Plane = {
  width: 4,
  height: 4,
  data: Float32Array.from({ length: 16 }, (_, at) => (at % 4 === 0 ? 0.9 : 0.1)),
};

function ask(state: BuildState, draw: ThingsFinder['draw'] | undefined, models = {}): void {
  const things = draw && { draw, glance: draw };
  matteThings(state, { ...(things && { things }), models } as StepTools);
}

test('what it draws of a busy picture has a say in the search, and of a plain ground it is not asked', () => {
  const state = beginBuild([onWhite, onGrass]);
  solvePlainGround(state);
  const things = vi.fn((_: RgbImage) => block);
  ask(state, things);
  expect(things.mock.calls.map(([picture]) => picture)).toEqual([state.views[1]?.small]);
  expect(state.views.map(({ modelMatte }) => modelMatte)).toEqual([undefined, block]);
  findSubject(state);
  const without = beginBuild([onWhite, onGrass]);
  solvePlainGround(without);
  findSubject(without);
  expect(state.views[1]?.matte).not.toEqual(without.views[1]?.matte);
});

test('of persons, beside a matting model and where it is switched off it says nothing', () => {
  const things = vi.fn((_: RgbImage) => block);
  ask({ ...beginBuild([onGrass]), isPerson: true }, things);
  ask(beginBuild([onGrass]), things, { matting: {} });
  ask(beginBuild([onGrass]), undefined);
  expect(things).not.toHaveBeenCalled();
});

test.each([
  ['nothing', 0],
  ['nothing but subject', 1],
])('a picture of which it draws %s is left to the search', (_, chance) => {
  const state = beginBuild([onGrass]);
  ask(state, () => ({ ...block, data: block.data.map(() => chance) }));
  expect(state.views[0]?.modelMatte).toBeUndefined();
});
