import { expect, test } from 'vitest';
import { drawRaster, surface } from '../../../../test/helpers/draw-raster.ts';
import { findSceneAt, findScenes } from './find-scenes.ts';

const frame = (color: readonly [number, number, number], at: number, light = 1) =>
  drawRaster(64, 36, (x, y) => {
    const [r, g, b] = surface(color, x + at, y, 20, 1);
    return [r * light, g * light, b * light];
  });
const warm = [190, 110, 60] as const;
const cold = [50, 80, 150] as const;
const film = (colorOf: (at: number) => readonly [number, number, number], lightOf = (_at: number) => 1) =>
  Array.from({ length: 24 }, (_, at) => frame(colorOf(at), at, lightOf(at)));

test('two cuts make three scenes that lie end to end over the whole clip', () => {
  const { scenes, cuts } = findScenes(
    film((at) => (at < 8 || at >= 16 ? warm : cold)),
    4,
    6,
  );
  expect(cuts.map(({ time_seconds }) => time_seconds)).toEqual([2, 4]);
  for (const { strength } of cuts) expect(strength).toBeGreaterThan(0.2);
  expect(scenes).toEqual([
    { from_seconds: 0, to_seconds: 2 },
    { from_seconds: 2, to_seconds: 4 },
    { from_seconds: 4, to_seconds: 6 },
  ]);
  expect([0, 1.9, 2, 3.99, 4, 6, 9].map((time) => findSceneAt(scenes, time))).toEqual([0, 0, 1, 1, 2, 2, 2]);
});

test.each([
  [
    'a flash of light',
    film(
      () => warm,
      (at) => (at === 12 ? 1.6 : 1),
    ),
  ],
  [
    'a moment of dark',
    film(
      () => warm,
      (at) => (at === 12 ? 0.1 : 1),
    ),
  ],
  ['one strange frame', film((at) => (at === 12 ? cold : warm))],
  [
    'a fade to black and back',
    film(
      () => warm,
      (at) => Math.min(1, Math.abs(at - 12) / 6),
    ),
  ],
  [
    'a lamp that is turned up',
    film(
      () => warm,
      (at) => 0.5 + at / 48,
    ),
  ],
])('%s is no cut', (_title, frames) => {
  expect(findScenes(frames, 4, 6)).toEqual({ scenes: [{ from_seconds: 0, to_seconds: 6 }], cuts: [] });
});

test('a clip of one frame, or of none that could be looked at, is one scene', () => {
  for (const frames of [[], film(() => warm).slice(0, 1)]) {
    expect(findScenes(frames, 4, 0.1).scenes).toEqual([{ from_seconds: 0, to_seconds: 0.1 }]);
  }
});
