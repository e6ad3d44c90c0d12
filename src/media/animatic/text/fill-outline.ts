import type { PathCommand } from 'opentype.js';

/**
 * Coverage 0…1 of each pixel (height × width) by the area inside the outlines, exact to the pixel's share. Each edge
 * adds the area to its right to the pixels it crosses; a running sum along the rows then fills the inside. Counters run
 * the other way round and take away.
 */
export function fillOutline(commands: readonly PathCommand[], width: number, height: number): Float32Array {
  const areas = new Float32Array(width * height + 2);
  const pen = createPen((x0, y0, x1, y1) => addEdge(areas, width, height, x0, y0, x1, y1));
  for (const command of commands) pen(command);
  const coverage = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    let sum = 0;
    for (let at = row * width, end = at + width; at < end; at++) {
      sum += areas[at] as number;
      coverage[at] = Math.min(1, Math.abs(sum));
    }
  }
  return coverage;
}

type Line = (x0: number, y0: number, x1: number, y1: number) => void;

/** Straight pieces per curve: at the sizes of captions the error is far below a tenth of a pixel. */
const curvePieces = 8;

function createPen(line: Line): (command: PathCommand) => void {
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const to = (nextX: number, nextY: number) => {
    line(x, y, nextX, nextY);
    [x, y] = [nextX, nextY];
  };
  return (command) => {
    switch (command.type) {
      case 'M':
        to(startX, startY);
        [x, y, startX, startY] = [command.x, command.y, command.x, command.y];
        return;
      case 'L':
        return to(command.x, command.y);
      case 'Z':
        return to(startX, startY);
      case 'Q':
      case 'C': {
        const curve = [x, y, ...controls(command, x, y), command.x, command.y] as const;
        for (let piece = 1; piece <= curvePieces; piece++) to(...pointOf(curve, piece / curvePieces));
      }
    }
  };
}

type Curve = Extract<PathCommand, { type: 'Q' | 'C' }>;
type Cubic = readonly [number, number, number, number, number, number, number, number];

/** A quadratic curve has a cubic one of the same shape. */
function controls(command: Curve, x: number, y: number): [number, number, number, number] {
  if (command.type === 'C') return [command.x1, command.y1, command.x2, command.y2];
  const towards = (from: number, control: number) => from + (2 / 3) * (control - from);
  return [
    towards(x, command.x1),
    towards(y, command.y1),
    towards(command.x, command.x1),
    towards(command.y, command.y1),
  ];
}

function pointOf([x0, y0, x1, y1, x2, y2, x3, y3]: Cubic, t: number): [number, number] {
  const s = 1 - t;
  const at = (a: number, b: number, c: number, d: number) =>
    s * s * s * a + 3 * s * s * t * b + 3 * s * t * t * c + t * t * t * d;
  return [at(x0, x1, x2, x3), at(y0, y1, y2, y3)];
}

/** Adds an edge row by row; what lies left of the picture counts for its first column, what lies right not at all. */
function addEdge(areas: Float32Array, width: number, height: number, x0: number, y0: number, x1: number, y1: number) {
  if (y0 === y1) return;
  const sign = y0 < y1 ? 1 : -1;
  const [topX, top, bottomX, bottom] = sign === 1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0];
  const slope = (bottomX - topX) / (bottom - top);
  const rowEnd = Math.min(height, Math.ceil(bottom));
  for (let row = Math.max(0, Math.floor(top)); row < rowEnd; row++) {
    const from = Math.max(top, row);
    const to = Math.min(bottom, row + 1);
    if (to <= from) continue;
    const clampX = (y: number) => Math.min(width, Math.max(0, topX + (y - top) * slope));
    addSpan(areas, row * width, width, clampX(from), clampX(to), (to - from) * sign);
  }
}

/** One row's piece of an edge from `one` to `other` (columns, any order), `rise` of a pixel high, signed. */
function addSpan(areas: Float32Array, base: number, width: number, one: number, other: number, rise: number): void {
  const left = Math.min(one, other);
  const right = Math.max(one, other);
  const firstColumn = Math.floor(left);
  const lastColumn = Math.min(width - 1, Math.floor(right));
  if (firstColumn >= width) return;
  let before = 0;
  for (let column = firstColumn; column <= lastColumn; column++) {
    const coveredTo = right === left ? (column < left ? 0 : 1) : areaRightOf(left, right, column + 1);
    const covered = right === left ? column + 1 - left : coveredTo;
    const sum = rise * Math.min(1, covered);
    areas[base + column] = (areas[base + column] as number) + sum - before;
    before = sum;
  }
  if (lastColumn + 1 < width) areas[base + lastColumn + 1] = (areas[base + lastColumn + 1] as number) + rise - before;
}

/** Share of the pixel that ends at `end` which lies to the right of an edge from `left` to `right` through the row. */
function areaRightOf(left: number, right: number, end: number): number {
  const integral = (x: number) => {
    const kept = Math.min(right, Math.max(left, x));
    const inside = (kept - left) ** 2 / (2 * (right - left));
    return inside + Math.max(0, x - right);
  };
  return integral(end) - integral(end - 1);
}
