import type { LabImage } from '../../raster/lab-image.ts';
import { findPatchGraph, type PatchGraph } from './patch-graph.ts';
import type { Superpixels } from './superpixels.ts';

/** What is measured of every patch of one picture. All arrays have one number per patch. */
export interface PatchFacts {
  readonly width: number;
  readonly height: number;
  readonly patches: Superpixels;
  readonly graph: PatchGraph;
  /** Mean color, CIE L*a*b*. */
  readonly l: Float32Array;
  readonly a: Float32Array;
  readonly b: Float32Array;
  /** Logarithm of the mean fine detail (|Laplacian of L*|): texture, and how sharp the lens saw it. */
  readonly detail: Float32Array;
  /** Logarithm of the spread of L* inside the patch. */
  readonly spread: Float32Array;
  /** (horizontal − vertical) / (sum) of the gradients of L*, −1…1: the direction of the texture. */
  readonly direction: Float32Array;
  /** Pixels on the picture's edge: top, right, bottom, left. */
  readonly edgePixels: readonly [Float32Array, Float32Array, Float32Array, Float32Array];
}

/** What is measured of each patch, and which patches touch. */
export function describePatches(lab: LabImage, patches: Superpixels): PatchFacts {
  const { width, height } = lab;
  const sums = sumOverPatches(lab, patches);
  const mean = (sum: Float64Array) => Float32Array.from(sum, (value, label) => value / (patches.area[label] as number));
  const l = mean(sums.l);
  const square = mean(sums.lSquare);
  const across = mean(sums.across);
  const down = mean(sums.down);
  return {
    width,
    height,
    patches,
    graph: findPatchGraph(patches, width, height),
    l,
    a: mean(sums.a),
    b: mean(sums.b),
    detail: mean(sums.detail).map((value) => Math.log(0.5 + value)),
    spread: square.map((value, label) => Math.log(1 + Math.sqrt(Math.max(0, value - (l[label] as number) ** 2)))),
    direction: across.map((value, label) => {
      const other = down[label] as number;
      return (value - other) / (value + other + 1);
    }),
    edgePixels: countEdgePixels(patches, width, height),
  };
}

function sumOverPatches(lab: LabImage, { labels, count }: Superpixels) {
  const { width, height } = lab;
  const make = () => new Float64Array(count);
  const sums = { l: make(), a: make(), b: make(), lSquare: make(), detail: make(), across: make(), down: make() };
  const add = (sum: Float64Array, label: number, value: number) => {
    sum[label] = (sum[label] as number) + value;
  };
  for (let y = 0, pixel = 0; y < height; y++) {
    const up = y > 0 ? -width : 0;
    const below = y < height - 1 ? width : 0;
    for (let x = 0; x < width; x++, pixel++) {
      const label = labels[pixel] as number;
      const value = lab.l[pixel] as number;
      const left = lab.l[x > 0 ? pixel - 1 : pixel] as number;
      const right = lab.l[x < width - 1 ? pixel + 1 : pixel] as number;
      const over = lab.l[pixel + up] as number;
      const under = lab.l[pixel + below] as number;
      add(sums.l, label, value);
      add(sums.a, label, lab.a[pixel] as number);
      add(sums.b, label, lab.b[pixel] as number);
      add(sums.lSquare, label, value * value);
      add(sums.detail, label, Math.abs(4 * value - left - right - over - under));
      add(sums.across, label, Math.abs(right - left));
      add(sums.down, label, Math.abs(under - over));
    }
  }
  return sums;
}

function countEdgePixels({ labels, count }: Superpixels, width: number, height: number): PatchFacts['edgePixels'] {
  const edges: PatchFacts['edgePixels'] = [
    new Float32Array(count),
    new Float32Array(count),
    new Float32Array(count),
    new Float32Array(count),
  ];
  const note = (side: 0 | 1 | 2 | 3, pixel: number) => {
    const label = labels[pixel] as number;
    edges[side][label] = (edges[side][label] as number) + 1;
  };
  for (let x = 0; x < width; x++) {
    note(0, x);
    note(2, (height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    note(3, y * width);
    note(1, y * width + width - 1);
  }
  return edges;
}
