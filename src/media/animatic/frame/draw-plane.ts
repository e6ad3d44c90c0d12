import {
  blendRows,
  drawFadedRow,
  drawOpaqueRow,
  drawPlainRow,
  drawSoftRow,
  type Row,
  sampleShift,
} from './draw-rows.ts';
import { runStep } from './find-runs.ts';
import type { LayerPlane } from './yuv-raster.ts';

/** Where a layer goes: its top left corner in pixels of the frame, not whole ones, and how much it is enlarged. */
export interface Place {
  left: number;
  top: number;
  scaleX: number;
  scaleY: number;
  /** 0…1 */
  opacity: number;
}

/** A plane of the frame. */
export interface Target {
  color: Uint8Array;
  width: number;
  height: number;
}

/** Draws one plane of a layer; the place is in pixels of this plane, `opacity` in whole 256ths, `rest` as {@link LayerPlane}. */
export function drawPlane(to: Target, from: LayerPlane, place: Place, rest: number): void {
  if (isCopy(from, place)) {
    copyRows(to, from, place);
    return;
  }
  const columns = sampleColumns(to.width, from.width, place.left, place.scaleX);
  if (columns.first >= columns.end) return;
  const rows = takeRows(from.colorRows.stride);
  const pass: Pass = { to, from, samples: columns.samples, rows, opacity: place.opacity, rest };
  const words = from.width > plainWidth ? null : viewWords(to.color);
  const rowFrom = Math.max(0, Math.ceil(place.top - 0.5));
  const rowEnd = Math.min(to.height, Math.ceil(place.top + from.height * place.scaleY - 0.5));
  for (let row = rowFrom; row < rowEnd; row++) {
    const at = Math.min(from.height - 1, Math.max(0, (row + 0.5 - place.top) / place.scaleY - 0.5));
    const upper = Math.min(from.height - 2, Math.floor(at));
    const part = Math.round((at - upper) * 256);
    const base = row * to.width;
    if (from.width <= plainWidth) drawPlain(pass, words, base, upper, part, columns);
    else if (from.runs === null) drawOpaque(pass, base, upper, part, columns.first, columns.end);
    else drawRuns(pass, from.runs, base, upper, part, columns, place);
  }
}

/** What stays the same for all rows. */
interface Pass {
  to: Target;
  from: LayerPlane;
  samples: Int32Array;
  rows: { color: Row; alpha: Row };
  opacity: number;
  rest: number;
}

interface Columns {
  /** Columns of the frame that are drawn: the first, and the one behind the last. */
  first: number;
  end: number;
  /** For each column of the frame, in one word: the left one of the two columns it lies between, and 256ths (0…256) beyond. */
  samples: Int32Array;
}

/** Layers of this width or less have rows of one color. */
const plainWidth = 4;

function drawPlain(
  { to, from, rows, opacity, rest }: Pass,
  words: Uint32Array | null,
  base: number,
  upper: number,
  part: number,
  { first, end }: Columns,
): void {
  blendRows(from.colorRows, upper, part, 0, 2, rows.color);
  if (from.alphaRows !== null) blendRows(from.alphaRows, upper, part, 0, 2, rows.alpha);
  const alpha = from.alphaRows === null ? 255 : (rows.alpha.bytes[0] as number);
  drawPlainRow(to.color, words, base, rows.color.bytes[0] as number, alpha, first, end, opacity, rest);
}

/** Columns of the frame of which nothing shines through. */
function drawOpaque(
  { to, from, samples, rows, opacity }: Pass,
  base: number,
  upper: number,
  part: number,
  first: number,
  end: number,
): void {
  if (first >= end) return;
  blendRows(from.colorRows, upper, part, leftOf(samples, first), rightOf(samples, end), rows.color);
  if (opacity >= 256) drawOpaqueRow(to.color, base, rows.color.bytes, samples, first, end);
  else drawFadedRow(to.color, base, rows.color.bytes, samples, first, end, opacity);
}

function drawSoft(
  { to, from, samples, rows, opacity, rest }: Pass,
  base: number,
  upper: number,
  part: number,
  first: number,
  end: number,
): void {
  if (first >= end || from.alphaRows === null) return;
  const [left, right] = [leftOf(samples, first), rightOf(samples, end)];
  blendRows(from.colorRows, upper, part, left, right, rows.color);
  blendRows(from.alphaRows, upper, part, left, right, rows.alpha);
  drawSoftRow(to.color, base, rows.color.bytes, rows.alpha.bytes, samples, first, end, opacity, rest);
}

/**
 * A row of a layer with alpha: its soft parts beside its inside, which is drawn as opaque or left out. That is most of a
 * figure, at less than half the time a pixel.
 */
function drawRuns(
  pass: Pass,
  { inside, columns: runs }: NonNullable<LayerPlane['runs']>,
  base: number,
  upper: number,
  part: number,
  columns: Columns,
  { left, scaleX }: Place,
): void {
  const at = upper * runStep;
  const below = at + runStep;
  const runFirst = Math.min(runs[at] as number, runs[below] as number);
  const runEnd = Math.max(runs[at + 1] as number, runs[below + 1] as number);
  const first = Math.max(columns.first, Math.floor(left + (runFirst - 1) * scaleX));
  const end = Math.min(columns.end, Math.ceil(left + (runEnd + 1) * scaleX));
  if (first >= end) return;
  const insideFirst = Math.max(runs[at + 2] as number, runs[below + 2] as number);
  const insideEnd = Math.min(runs[at + 3] as number, runs[below + 3] as number);
  // columns of which both samples lie inside
  const from = Math.max(first, Math.ceil(left + (insideFirst + 0.5) * scaleX - 0.5));
  const to = Math.min(end, Math.floor(left + (insideEnd - 0.5) * scaleX - 0.5));
  if (insideFirst >= insideEnd || from >= to) {
    drawSoft(pass, base, upper, part, first, end);
    return;
  }
  drawSoft(pass, base, upper, part, first, from);
  if (inside === 'solid') drawOpaque(pass, base, upper, part, from, to);
  drawSoft(pass, base, upper, part, to, end);
}

/** Columns of the layer that a run of the frame's columns needs. */
function leftOf(samples: Int32Array, first: number): number {
  return (samples[first] as number) >> sampleShift;
}

function rightOf(samples: Int32Array, end: number): number {
  return ((samples[end - 1] as number) >> sampleShift) + 2;
}

/** Whether nothing has to be sampled or mixed: a clip's frame. */
function isCopy({ alphaRows }: LayerPlane, { left, top, scaleX, scaleY, opacity }: Place): boolean {
  const isWhole = Number.isInteger(left) && Number.isInteger(top) && scaleX === 1 && scaleY === 1;
  return isWhole && alphaRows === null && opacity >= 256;
}

function copyRows(to: Target, from: LayerPlane, { left, top }: Place): void {
  const columnFrom = Math.max(0, left);
  const columnEnd = Math.min(to.width, left + from.width);
  if (columnFrom >= columnEnd) return;
  for (let row = Math.max(0, top); row < Math.min(to.height, top + from.height); row++) {
    const start = (row - top) * from.colorRows.stride - left;
    to.color.set(from.colorRows.bytes.subarray(start + columnFrom, start + columnEnd), row * to.width + columnFrom);
  }
}

const scratch = { samples: new Int32Array(0), color: createRow(0), alpha: createRow(0) };

function sampleColumns(width: number, fromWidth: number, left: number, scale: number): Columns {
  if (scratch.samples.length < width) scratch.samples = new Int32Array(width);
  const { samples } = scratch;
  const first = Math.max(0, Math.ceil(left - 0.5));
  const end = Math.min(width, Math.ceil(left + fromWidth * scale - 0.5));
  for (let column = first; column < end; column++) {
    const at = Math.min(fromWidth - 1, Math.max(0, (column + 0.5 - left) / scale - 0.5));
    const lower = Math.min(fromWidth - 2, Math.floor(at));
    samples[column] = (lower << sampleShift) | Math.round((at - lower) * 256);
  }
  return { first, end, samples };
}

/** One row of color and one of alpha between two rows of a layer. */
function takeRows(stride: number): { color: Row; alpha: Row } {
  if (scratch.color.bytes.length < stride) {
    Object.assign(scratch, { color: createRow(stride), alpha: createRow(stride) });
  }
  return scratch;
}

function createRow(length: number): Row {
  const words = new Uint32Array((length + 3) >> 2);
  return { bytes: new Uint8Array(words.buffer), words };
}

/** The same memory as words; null where it doesn't begin at a whole one. */
function viewWords({ buffer, byteOffset, length }: Uint8Array): Uint32Array | null {
  return (byteOffset & 3) === 0 ? new Uint32Array(buffer, byteOffset, length >> 2) : null;
}
