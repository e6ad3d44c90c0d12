import { CELL_SIZE, type Look } from './describe-look.ts';
import { MARK_SIZE, type Marks } from './find-marks.ts';

/** The ways two looks are compared, each about 0 (nothing alike) to 1 (the same). */
export const likenessNames = [
  'colours',
  'chroma',
  'texture',
  'cells_mean',
  'cells_least',
  'cells_plain',
  'blocks',
  'marks',
  'marks_share',
  'shape',
] as const;

/** What a squared Lab distance between two marks costs of their agreement (1 is whole): 30 units cost a quarter. */
const COLOUR_PRICE = 0.25 / 900;

/** Likeness of two looks in every way; the same whichever comes first. */
export function compareLooks(one: Look, other: Look): Float32Array {
  const there = coverCells(one.cells, other.cells, 9, 1);
  const back = coverCells(other.cells, one.cells, 9, 1);
  const plainThere = coverCells(one.cells, other.cells, 9, 0.25);
  const plainBack = coverCells(other.cells, one.cells, 9, 0.25);
  const marks = matchMarks(one.marks, other.marks);
  return Float32Array.of(
    product(one.colours, other.colours),
    product(one.chroma, other.chroma),
    product(one.texture, other.texture),
    (there + back) / 2,
    Math.min(there, back),
    Math.min(plainThere, plainBack),
    compareBlocks(one.cells, other.cells),
    Math.log1p(marks) / 4,
    marks / (10 + Math.min(one.marks.count, other.marks.count)),
    Math.exp(-Math.abs(Math.log(one.shape / other.shape))),
  );
}

function product(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] as number) * (other[index] as number);
  return sum;
}

/** How well the cells of `from` are found again among those of `to`: mean of the best match's exp(−d²/2σ²). */
function coverCells(from: Float32Array, to: Float32Array, sigma: number, lightWeight: number): number {
  if (from.length === 0 || to.length === 0) return 0;
  let sum = 0;
  for (let f = 0; f < from.length; f += CELL_SIZE) {
    let best = Number.POSITIVE_INFINITY;
    for (let t = 0; t < to.length; t += CELL_SIZE) {
      const dl = ((from[f] as number) - (to[t] as number)) * lightWeight * 0.6;
      const da = (from[f + 1] as number) - (to[t + 1] as number);
      const db = (from[f + 2] as number) - (to[t + 2] as number);
      const ds = (from[f + 3] as number) - (to[t + 3] as number);
      const distance = dl * dl + da * da + db * db + 0.5 * ds * ds;
      if (distance < best) best = distance;
    }
    sum += Math.exp(-best / (2 * sigma * sigma));
  }
  return sum / (from.length / CELL_SIZE);
}

/** Blocks of 3 × 3 cells found again in the other subject, as they are or mirrored: colours in their arrangement. */
function compareBlocks(one: Float32Array, other: Float32Array): number {
  const a = listBlocks(one);
  const b = listBlocks(other);
  if (a.length === 0 || b.length === 0) return 0;
  const mirrored = b.map((block) => [2, 1, 0, 5, 4, 3, 8, 7, 6].flatMap((cell) => block.slice(cell * 3, cell * 3 + 3)));
  const both = [...b, ...mirrored];
  const backMirrored = a.map((block) =>
    [2, 1, 0, 5, 4, 3, 8, 7, 6].flatMap((cell) => block.slice(cell * 3, cell * 3 + 3)),
  );
  return (coverBlocks(a, both) + coverBlocks(b, [...a, ...backMirrored])) / 2;
}

function coverBlocks(from: number[][], to: number[][]): number {
  let sum = 0;
  for (const block of from) {
    let best = Number.POSITIVE_INFINITY;
    for (const candidate of to) {
      let distance = 0;
      for (let index = 0; index < 27 && distance < best; index++) {
        distance += ((block[index] as number) - (candidate[index] as number)) ** 2;
      }
      if (distance < best) best = distance;
    }
    sum += Math.exp(-best / 9 / (2 * 12 * 12));
  }
  return sum / from.length;
}

function listBlocks(cells: Float32Array): number[][] {
  const at = new Map<number, number>();
  for (let cell = 0; cell < cells.length; cell += CELL_SIZE) {
    at.set((cells[cell + 5] as number) * 64 + (cells[cell + 4] as number), cell);
  }
  const blocks: number[][] = [];
  for (const key of at.keys()) {
    const block: number[] = [];
    for (const step of [-65, -64, -63, -1, 0, 1, 63, 64, 65]) {
      const cell = at.get(key + step);
      if (cell === undefined) break;
      block.push((cells[cell] as number) * 0.6, cells[cell + 1] as number, cells[cell + 2] as number);
    }
    if (block.length === 27) blocks.push(block);
  }
  return blocks;
}

/** Number of marks that choose each other and clearly prefer each other to the second best (ratio 0.85). */
function matchMarks(one: Marks, other: Marks): number {
  if (one.count < 2 || other.count < 2) return 0;
  const forward = bestMatches(one, other);
  const backward = bestMatches(other, one);
  let count = 0;
  for (let mark = 0; mark < one.count; mark++) {
    const match = forward.best[mark] as number;
    if (backward.best[match] !== mark) continue;
    const clear = Math.min(1, Math.max(0, (0.92 - (forward.ratio[mark] as number)) / 0.2));
    count += clear;
  }
  return count;
}

function bestMatches(from: Marks, to: Marks) {
  const best = new Int32Array(from.count);
  const ratio = new Float32Array(from.count);
  for (let f = 0; f < from.count; f++) {
    let first = -1;
    let second = -1;
    for (let t = 0; t < to.count; t++) {
      const da = (from.colours[f * 3 + 1] as number) - (to.colours[t * 3 + 1] as number);
      const db = (from.colours[f * 3 + 2] as number) - (to.colours[t * 3 + 2] as number);
      const dl = ((from.colours[f * 3] as number) - (to.colours[t * 3] as number)) * 0.4;
      let dot = -(dl * dl + da * da + db * db) * COLOUR_PRICE;
      if (1 + dot < second) continue; // too far in colour, whatever it looks like
      for (let index = 0, i = f * MARK_SIZE, j = t * MARK_SIZE; index < MARK_SIZE; index++, i++, j++) {
        dot += (from.looks[i] as number) * (to.looks[j] as number);
      }
      if (dot > first) {
        second = first;
        first = dot;
        best[f] = t;
      } else if (dot > second) second = dot;
    }
    ratio[f] = Math.sqrt(Math.max(1e-6, 2 - 2 * first) / Math.max(1e-6, 2 - 2 * second));
  }
  return { best, ratio };
}
