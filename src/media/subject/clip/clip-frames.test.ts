import { expect, test } from 'vitest';
import { type Color, drawRaster, grainAt, surface } from '../../../../test/helpers/draw-raster.ts';
import { findSceneCuts } from './find-scene-cuts.ts';
import { measureMotion } from './measure-motion.ts';

const patchwork = (seed: number, shift: number) =>
  drawRaster(64, 36, (x, y) => {
    const at = (channel: number) => 128 + 220 * grainAt((x + shift) >> 3, y >> 3, seed * 3 + channel);
    return [at(0), at(1), at(2)];
  });

test('a hard cut is found at its frame, and a moving camera is none', () => {
  const warm: Color = [190, 110, 60];
  const cold: Color = [50, 80, 150];
  const scene = (color: Color, frame: number) => drawRaster(64, 36, (x, y) => surface(color, x + frame, y, 20, 1));
  const frames = Array.from({ length: 16 }, (_, frame) => scene(frame < 9 ? warm : cold, frame));
  expect(findSceneCuts(frames).map((cut) => cut.frame)).toEqual([9]);
  const pan = Array.from({ length: 16 }, (_, frame) => patchwork(1, frame * 3));
  expect(findSceneCuts(pan)).toEqual([]);
  expect(findSceneCuts([])).toEqual([]);
});

test('what moves over a still ground is found, and the still share falls when the camera moves', () => {
  const frames = Array.from({ length: 7 }, (_, frame) =>
    drawRaster(64, 36, (x, y) =>
      Math.hypot(x - 8 - frame * 8, y - 18) < 5 ? [230, 60, 40] : surface([80, 120, 90], x, y, 6, 1),
    ),
  );
  const { moved, still_share } = measureMotion(frames);
  const own = moved[3]?.data ?? new Float32Array();
  expect(own[18 * 64 + 32]).toBe(1);
  expect(own[4 * 64 + 60]).toBe(0);
  expect(still_share).toBeGreaterThan(0.5);
  expect(measureMotion(Array.from({ length: 7 }, (_, frame) => patchwork(2, frame * 5))).still_share).toBeLessThan(0.3);
  expect(() => measureMotion(frames.slice(0, 2))).toThrow(RangeError);
});
