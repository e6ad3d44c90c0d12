import { expect, test } from 'vitest';
import { type Color, drawRaster, overlap, surface } from '../../../test/helpers/draw-raster.ts';
import { shrinkToLongSide } from '../raster/resize-raster.ts';
import { findSubjects } from './find-subjects.ts';

interface Scene {
  ground: Color;
  x: number;
  y: number;
  radius: number;
  seed: number;
}

const subjectAt = (scene: Scene, x: number, y: number) => (x - scene.x) ** 2 + (y - scene.y) ** 2 < scene.radius ** 2;

/** A two-colored ball on a ground of its own. */
function drawScene(scene: Scene, width = 240, height = 200) {
  const picture = drawRaster(width, height, (x, y) => {
    if (!subjectAt(scene, x, y)) return surface(scene.ground, x, y, 40, scene.seed);
    return surface(y < scene.y ? [205, 60, 45] : [230, 190, 40], x, y, 24, scene.seed + 7);
  });
  const truth = Float32Array.from({ length: width * height }, (_, at) =>
    subjectAt(scene, at % width, Math.floor(at / width)) ? 1 : 0,
  );
  return { picture, truth };
}

const scenes = [
  { ground: [60, 120, 70] as const, x: 120, y: 100, radius: 50, seed: 1 },
  { ground: [110, 110, 120] as const, x: 95, y: 110, radius: 42, seed: 2 },
  { ground: [60, 90, 170] as const, x: 140, y: 95, radius: 58, seed: 3 },
].map((scene) => drawScene(scene));

test('the thing that recurs on changing grounds is found in every picture (IoU ≥ 0.9)', () => {
  const masks = findSubjects(scenes.map((scene) => scene.picture));
  for (const [index, { truth }] of scenes.entries()) {
    expect(overlap(masks[index]?.mask.data ?? [], truth)).toBeGreaterThan(0.9);
    expect(masks[index]?.confidence).toBeGreaterThan(0.6);
  }
});

test('one picture alone works, and equal input gives equal output', () => {
  const [scene] = scenes;
  if (!scene) throw new Error('no scene');
  const first = findSubjects([scene.picture]);
  expect(overlap(first[0]?.mask.data ?? [], scene.truth)).toBeGreaterThan(0.85);
  expect(findSubjects([scene.picture])).toEqual(first);
});

test('a picture of nothing gets a lower confidence than one with a subject', () => {
  const empty = drawRaster(240, 200, (x, y) => surface([90, 110, 90], x, y, 40, 5));
  const [unsure] = findSubjects([empty]);
  const [sure] = findSubjects([(scenes[0] as (typeof scenes)[0]).picture]);
  expect(unsure?.confidence).toBeLessThan((sure?.confidence ?? 0) - 0.1);
});

test('black bars are never subject, and the mask has the shape of the whole picture', () => {
  const { picture } = drawScene({ ground: [60, 120, 70], x: 120, y: 100, radius: 50, seed: 4 });
  const barred = drawRaster(240, 260, (x, y) => {
    const from = ((y - 30) * 240 + x) * 3;
    return y < 30 || y >= 230
      ? [0, 0, 0]
      : [picture.data[from] ?? 0, picture.data[from + 1] ?? 0, picture.data[from + 2] ?? 0];
  });
  const [found] = findSubjects([barred]);
  const { width = 0, height = 0, data = new Float32Array() } = found?.mask ?? {};
  const working = shrinkToLongSide(barred, 256);
  expect([width, height]).toEqual([working.width, working.height]);
  expect(data.slice(0, width * 25).some((value) => value > 0)).toBe(false);
});

test('what moved over a still ground pulls the mask towards it', () => {
  const { picture, truth } = drawScene({ ground: [190, 80, 60], x: 70, y: 100, radius: 40, seed: 6 });
  const plain = findSubjects([picture])[0]?.mask.data ?? [];
  const moved = { width: 240, height: 200, data: truth };
  const hinted = findSubjects([picture], { moved: [moved] })[0]?.mask.data ?? [];
  expect(overlap(hinted, truth)).toBeGreaterThanOrEqual(overlap(plain, truth));
  expect(overlap(hinted, truth)).toBeGreaterThan(0.85);
});

test('a network that takes something else for a person changes nothing', () => {
  const [{ picture, truth }] = scenes as [(typeof scenes)[0]];
  const planeOf = (values: Float32Array) => ({ width: 240, height: 200, data: values });
  const alone = findSubjects([picture]);
  const corner = truth.map((_, at) => (at % 240 < 40 && at > 150 * 240 ? 0.98 : 0.02));
  expect(findSubjects([picture], { persons: [planeOf(corner)] })).toEqual(alone);
});
