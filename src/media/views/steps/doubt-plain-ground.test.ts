import { expect, test, vi } from 'vitest';
import { beginBuild } from '../../../../test/helpers/begin-build.ts';
import { drawRaster } from '../../../../test/helpers/draw-raster.ts';
import type { Plane } from '../../raster/raster.ts';
import type { BuildState, View } from '../view.ts';
import { doubtPlainGround } from './doubt-plain-ground.ts';
import { solvePlainGround } from './solve-plain-ground.ts';

/** A dark head over a shirt of the ground's own white. */
const isHead = (x: number, y: number) => Math.hypot(x - 120, y - 70) < 36;
const picture = drawRaster(240, 240, (x, y) => (isHead(x, y) ? [70, 50, 40] : [255, 255, 255]));

/** What is in the picture, at 48 × 48: the head, and with `shirt` what is below it. */
function seen(shirt: boolean, chance = 0.98): Plane {
  const data = Float32Array.from({ length: 48 * 48 }, (_, at) => {
    const [x, y] = [(at % 48) * 5 + 2, Math.floor(at / 48) * 5 + 2];
    return isHead(x, y) || (shirt && y > 100 && Math.abs(x - 120) < 70) ? chance : 0.02;
  });
  return { width: 48, height: 48, data };
}

function begin(): BuildState {
  const state = beginBuild([picture]);
  solvePlainGround(state);
  return state;
}

const confidenceAfter = (draw: () => Plane) => {
  const state = begin();
  doubtPlainGround(state, { things: { draw, glance: draw } });
  return (state.views[0] as View).matte?.confidence as number;
};

test('a sure cut that leaves out what the network is sure of is doubted, its mask stays', () => {
  const state = begin();
  const before = (state.views[0] as View).matte;
  expect(before?.confidence).toBeGreaterThan(0.9);
  doubtPlainGround(state, { things: { draw: () => seen(true), glance: () => seen(true) } });
  expect((state.views[0] as View).matte).toEqual({ mask: before?.mask, confidence: 0.5 });
});

test('one that holds all of it stays sure, and what the network half sees is no reason', () => {
  expect(confidenceAfter(() => seen(false))).toBeGreaterThan(0.9);
  expect(confidenceAfter(() => seen(true, 0.8))).toBeGreaterThan(0.9);
});

test('an unsure one is not looked at again, nor anything without the network', () => {
  const state = begin();
  const view = state.views[0] as View;
  view.matte = { mask: (view.matte as { mask: Plane }).mask, confidence: 0.3 };
  const draw = vi.fn(() => seen(true));
  doubtPlainGround(state, { things: { draw, glance: draw } });
  doubtPlainGround(begin(), {});
  expect(draw).not.toHaveBeenCalled();
  expect(view.matte.confidence).toBe(0.3);
});
