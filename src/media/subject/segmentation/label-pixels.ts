import { dilateMask } from '../../raster/dilate-mask.ts';
import type { LabImage } from '../../raster/lab-image.ts';
import { addEdge, addTerminal, createCutGraph } from './cut-graph.ts';
import { findMinCut } from './min-cut.ts';

export interface PixelLabelOptions {
  /** Price of one pixel of outline between equal colors, in nats. */
  smoothness: number;
  /** How far from the first outline pixels may change sides. */
  bandPx: number;
  /** Where pixels may change sides at all, 1 or 0 each; absent: everywhere. */
  within?: Uint8Array;
}

/**
 * The labelling of the pixels (1 = subject) that agrees best with `logOdds` (nats, above 0 for subject) while its outline
 * is short and lies where the color changes, over 8-connected pixels (Y. Boykov and M.-P. Jolly, ICCV 2001; the
 * contrast scale is the picture's own mean, as in GrabCut). Only pixels within `bandPx` of the outline of `mask` move.
 */
export function labelPixels(
  lab: LabImage,
  logOdds: Float32Array,
  mask: Uint8Array,
  options: PixelLabelOptions,
): Uint8Array {
  const { width, height } = lab;
  const band = findBand(mask, width, height, options.bandPx);
  const node = new Int32Array(width * height).fill(-1);
  let count = 0;
  const { within } = options;
  for (let pixel = 0; pixel < band.length; pixel++) {
    if (band[pixel] && within?.[pixel] !== 0) node[pixel] = count++;
  }
  const net = createCutGraph(count, count * 4);
  const answer = mask.slice();
  if (count === 0) return answer;
  const falloff = 1 / (2 * Math.max(1, measureContrast(lab)));
  /** A pixel outside the band is fixed: it pulls with the full price of the link. */
  const link = (pixel: number, other: number, way: number) => {
    const one = node[pixel] as number;
    const two = node[other] as number;
    if (one < 0 && two < 0) return;
    const price = (options.smoothness * Math.exp(-squareDistance(lab, pixel, other) * falloff)) / way;
    if (one >= 0 && two >= 0) addEdge(net, one, two, price);
    else if (one >= 0) addTerminal(net, one, mask[other] ? price : 0, mask[other] ? 0 : price);
    else addTerminal(net, two, mask[pixel] ? price : 0, mask[pixel] ? 0 : price);
  };
  const { left, top, right, bottom } = findNodeBox(node, width, height);
  for (let y = top; y <= bottom; y++) {
    for (let x = left, pixel = y * width + left; x <= right; x++, pixel++) {
      const at = node[pixel] as number;
      if (at >= 0)
        addTerminal(net, at, Math.max(0, logOdds[pixel] as number), Math.max(0, -(logOdds[pixel] as number)));
      if (x + 1 < width) link(pixel, pixel + 1, 1);
      if (y + 1 < height) {
        link(pixel, pixel + width, 1);
        if (x + 1 < width) link(pixel, pixel + width + 1, Math.SQRT2);
        if (x > 0) link(pixel, pixel + width - 1, Math.SQRT2);
      }
    }
  }
  const sides = findMinCut(net);
  for (let pixel = 0; pixel < answer.length; pixel++) {
    const at = node[pixel] as number;
    if (at >= 0) answer[pixel] = sides[at] as number;
  }
  return answer;
}

function squareDistance({ l, a, b }: LabImage, one: number, other: number): number {
  const dl = (l[one] as number) - (l[other] as number);
  const da = (a[one] as number) - (a[other] as number);
  const db = (b[one] as number) - (b[other] as number);
  return dl * dl + da * da + db * db;
}

/** The pixels that are nodes (0 or more) with their neighbours: outside of them there is nothing to link. Of at least one node. */
export function findNodeBox(node: Int32Array, width: number, height: number) {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    const [start, end] = [y * width, (y + 1) * width];
    let first = start;
    while (first < end && (node[first] as number) < 0) first += 1;
    if (first === end) continue;
    let last = end - 1;
    while ((node[last] as number) < 0) last -= 1;
    left = Math.min(left, first - start);
    right = Math.max(right, last - start);
    top = Math.min(top, y);
    bottom = y;
  }
  return {
    left: Math.max(0, left - 1),
    top: Math.max(0, top - 1),
    right: Math.min(width - 1, right + 1),
    bottom: Math.min(height - 1, bottom + 1),
  };
}

/** Contrasts of pictures: the same one is cut stroke by stroke. */
const contrasts = new WeakMap<LabImage, number>();

/** Mean square Lab distance of neighbours, over every fourth pixel: what `labelPixels` holds a contrast against. */
export function measureContrast(lab: LabImage): number {
  const known = contrasts.get(lab);
  if (known !== undefined) return known;
  let sum = 0;
  let count = 0;
  for (let y = 0; y + 1 < lab.height; y += 2) {
    for (let x = 0; x + 1 < lab.width; x += 2) {
      const pixel = y * lab.width + x;
      sum += squareDistance(lab, pixel, pixel + 1) + squareDistance(lab, pixel, pixel + lab.width);
      count += 2;
    }
  }
  const contrast = count > 0 ? sum / count : 0;
  contrasts.set(lab, contrast);
  return contrast;
}

/** 1 within `radius` pixels (chessboard steps) of a change in `mask`. */
function findBand(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const changes = new Uint8Array(mask.length);
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const differs =
        (x + 1 < width && mask[pixel] !== mask[pixel + 1]) || (y + 1 < height && mask[pixel] !== mask[pixel + width]);
      if (differs) changes[pixel] = 1;
    }
  }
  return dilateMask(changes, width, height, radius);
}
