import { expect, test } from 'vitest';
import { drawRaster, surface } from '../../../../test/helpers/draw-raster.ts';
import { findConnectedComponents } from '../../raster/clean-mask.ts';
import { toLabImage } from '../../raster/lab-image.ts';
import { computeShortestPaths, findPatchGraph } from './patch-graph.ts';
import { findSuperpixels } from './superpixels.ts';

const picture = drawRaster(120, 80, (x, y) => surface(x < 60 ? [200, 60, 50] : [60, 90, 190], x, y, 20, 1));
const patches = findSuperpixels(toLabImage(picture), { spacingPx: 10, compactness: 15, rounds: 5 });

test('every pixel has a patch and every patch is one connected piece', () => {
  expect(patches.area.reduce((sum, area) => sum + area, 0)).toBe(120 * 80);
  for (let patch = 0; patch < patches.count; patch++) {
    const own = Uint8Array.from(patches.labels, (label) => (label === patch ? 1 : 0));
    expect(findConnectedComponents(own, 120, 80, 1).areas).toHaveLength(1);
  }
});

test('patches stop at a color edge: less than 2 % of the pixels are in a patch of the other side', () => {
  const left = new Float32Array(patches.count);
  for (let pixel = 0; pixel < patches.labels.length; pixel++) {
    const patch = patches.labels[pixel] as number;
    if (pixel % 120 < 60) left[patch] = (left[patch] as number) + 1;
  }
  let wrong = 0;
  for (const [patch, count] of left.entries()) wrong += Math.min(count, (patches.area[patch] as number) - count);
  expect(wrong / (120 * 80)).toBeLessThan(0.02);
});

test('the cheapest way sums its edges, and what cannot be reached stays infinite', () => {
  const graph = {
    edgeCount: 3,
    from: Int32Array.of(0, 1, 0),
    to: Int32Array.of(1, 2, 2),
    length: Float32Array.of(1, 1, 1),
  };
  const start = Float32Array.of(0, Infinity, Infinity, Infinity);
  expect([...computeShortestPaths(4, graph, Float32Array.of(1, 1, 5), start)]).toEqual([0, 1, 2, Infinity]);
  expect([...computeShortestPaths(4, graph, Float32Array.of(1, 9, 5), start)]).toEqual([0, 1, 5, Infinity]);
});

test('the patch graph lists each touching pair once with the shared outline in pixels', () => {
  const labels = Int32Array.of(0, 0, 1, 0, 2, 1);
  const tiny = { count: 3, labels, area: Float32Array.of(3, 2, 1), x: new Float32Array(3), y: new Float32Array(3) };
  const graph = findPatchGraph(tiny, 3, 2);
  const pairs = Array.from({ length: graph.edgeCount }, (_, edge) => [
    graph.from[edge],
    graph.to[edge],
    graph.length[edge],
  ]);
  expect(pairs.sort()).toEqual([
    [0, 1, 1],
    [0, 2, 2],
    [1, 2, 1],
  ]);
});
