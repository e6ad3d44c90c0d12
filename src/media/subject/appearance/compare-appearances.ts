import { type Appearance, cellSize } from './describe-appearance.ts';
import { descriptorSize, type Keypoints } from './find-keypoints.ts';

/** The ways two looks are compared, each about 0 (nothing alike) to 1 (the same). */
export const likenessNames = ['colors', 'cells', 'cells_under_other_light', 'marks'] as const;

/** What a squared Lab distance between two marks costs of their agreement (1 is whole): 30 units cost a quarter. */
const colorPrice = 0.25 / 900;
/** Keypoints whose colors cost more than this are nobody's best match. */
const priceMax = 1;
/**
 * Against the geometric mean of both counts, as by the smaller one alone two chance matches made a plain thing with few
 * marks (a rubber duck) look like anything with many. Some marks are taken for granted that never match.
 */
const keypointsDoubt = 3;
/** Lab distance at which two cells are 0.6 alike. */
const cellSigma = 9;
/** How much L* counts between cells, once as it is seen and once where the light may have changed. */
const sameLightWeight = 0.6;
const otherLightWeight = 0.15;

/**
 * Likeness of two looks in every way; nearly the same whichever comes first. Left out after measurement, as the fused
 * score was better without: chroma alone, local binary patterns, blocks of cells, the box's shape (docs/decisions/0021).
 */
export function compareAppearances(one: Appearance, other: Appearance): Float32Array {
  const least = (lightWeight: number) =>
    Math.min(coverCells(one.cells, other.cells, lightWeight), coverCells(other.cells, one.cells, lightWeight));
  const marks = matchKeypoints(one.marks, other.marks);
  return Float32Array.of(
    product(one.colors, other.colors),
    least(sameLightWeight),
    least(otherLightWeight),
    marks / (keypointsDoubt + Math.sqrt(one.marks.count * other.marks.count)),
  );
}

function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] as number) * (other[index] as number);
  return sum;
}

/** How well the cells of `from` are found again among those of `to`: mean of the best match's exp(−d²/2σ²). */
function coverCells(from: Float32Array, to: Float32Array, lightWeight: number): number {
  if (from.length === 0 || to.length === 0) return 0;
  let sum = 0;
  for (let f = 0; f < from.length; f += cellSize) {
    let best = Number.POSITIVE_INFINITY;
    for (let t = 0; t < to.length; t += cellSize) {
      const dl = ((from[f] as number) - (to[t] as number)) * lightWeight;
      const da = (from[f + 1] as number) - (to[t + 1] as number);
      const db = (from[f + 2] as number) - (to[t + 2] as number);
      const ds = (from[f + 3] as number) - (to[t + 3] as number);
      const distance = dl * dl + da * da + db * db + 0.5 * ds * ds;
      if (distance < best) best = distance;
    }
    sum += Math.exp(-best / (2 * cellSigma ** 2));
  }
  return sum / (from.length / cellSize);
}

/** Number of marks that choose each other and clearly prefer each other to the second best (ratio 0.85). */
function matchKeypoints(one: Keypoints, other: Keypoints): number {
  if (one.count < 2 || other.count < 2) return 0;
  const agreements = compareKeypoints(one, other);
  const forward = chooseBest(agreements, one.count, other.count, other.count, 1);
  const backward = chooseBest(agreements, other.count, one.count, 1, other.count);
  let count = 0;
  for (let mark = 0; mark < one.count; mark++) {
    const match = forward.best[mark] as number;
    if (backward.best[match] !== mark) continue;
    const clear = Math.min(1, Math.max(0, (0.92 - (forward.ratio[mark] as number)) / 0.2));
    count += clear;
  }
  return count;
}

/** How far each mark of `one` (row) agrees with each of `other` (column): 1 wholly, below 0 not at all. */
function compareKeypoints(one: Keypoints, other: Keypoints): Float32Array {
  const agreements = new Float32Array(one.count * other.count);
  for (let f = 0, at = 0; f < one.count; f++) {
    for (let t = 0; t < other.count; t++, at++) {
      const dl = ((one.colors[f * 3] as number) - (other.colors[t * 3] as number)) * 0.4;
      const da = (one.colors[f * 3 + 1] as number) - (other.colors[t * 3 + 1] as number);
      const db = (one.colors[f * 3 + 2] as number) - (other.colors[t * 3 + 2] as number);
      const price = (dl * dl + da * da + db * db) * colorPrice;
      // so far apart in color that equal looks would not save it: no need to compare those
      agreements[at] =
        price > priceMax ? -price : dot(one.looks, f * descriptorSize, other.looks, t * descriptorSize) - price;
    }
  }
  return agreements;
}

function dot(one: Float32Array, i: number, other: Float32Array, j: number): number {
  let sum = 0;
  for (let index = 0; index < descriptorSize; index++) sum += (one[i + index] as number) * (other[j + index] as number);
  return sum;
}

/** For each of `count` rows of a matrix read with these strides, the best column and how near the second comes. */
function chooseBest(agreements: Float32Array, count: number, others: number, rowStride: number, stride: number) {
  const best = new Int32Array(count);
  const ratio = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    let first = -1;
    let second = -1;
    for (let column = 0, at = row * rowStride; column < others; column++, at += stride) {
      const value = agreements[at] as number;
      if (value > first) {
        second = first;
        first = value;
        best[row] = column;
      } else if (value > second) second = value;
    }
    ratio[row] = Math.sqrt(Math.max(1e-6, 2 - 2 * first) / Math.max(1e-6, 2 - 2 * second));
  }
  return { best, ratio };
}
