import type { Frame, LayerPlane, Raster } from './yuv-raster.ts';

/** Where a layer goes: its top left corner in pixels of the frame, not whole ones, and how much it is enlarged. */
export interface Place {
  left: number;
  top: number;
  scaleX: number;
  scaleY: number;
  /** 0…1 */
  opacity: number;
}

/**
 * Draws a layer over what the frame shows. Bilinear between pixel centres in whole numbers, so that every machine makes
 * the same frame; premultiplied colours, so that no edge darkens. A layer that moves slowly stays steady when it holds
 * about twice the pixels it is shown with (`assets/density.ts`): at its own size bilinear blurs and sharpens by turns.
 */
export function drawLayer(frame: Frame, raster: Raster, place: Place): void {
  const opacity = Math.round(place.opacity * 256);
  if (opacity <= 0) return;
  const { left, top, scaleX, scaleY } = place;
  const { width, height } = frame;
  const half: Scaled = { left: left / 2, top: top / 2, scaleX, scaleY, opacity };
  drawPlane({ colour: frame.y, width, height }, raster.y, { left, top, scaleX, scaleY, opacity }, 0);
  drawPlane({ colour: frame.u, width: width / 2, height: height / 2 }, raster.u, half, 128);
  drawPlane({ colour: frame.v, width: width / 2, height: height / 2 }, raster.v, half, 128);
}

/** As {@link Place}, opacity in whole 256ths. */
type Scaled = Place;
type Target = Pick<LayerPlane, 'colour' | 'width' | 'height'>;

function drawPlane(to: Target, from: LayerPlane, place: Scaled, rest: number): void {
  const columns = sampleColumns(to.width, from.width, place.left, place.scaleX);
  const rowFrom = Math.max(0, Math.ceil(place.top - 0.5));
  const rowEnd = Math.min(to.height, Math.ceil(place.top + from.height * place.scaleY - 0.5));
  for (let row = rowFrom; row < rowEnd; row++) {
    const at = Math.min(from.height - 1, Math.max(0, (row + 0.5 - place.top) / place.scaleY - 0.5));
    const upper = Math.min(from.height - 2, Math.floor(at));
    const part = Math.round((at - upper) * 256);
    if (from.alpha !== null) drawSoftRow(to, from, from.alpha, row, upper, part, columns, place, rest);
    else if (place.opacity >= 256) drawOpaqueRow(to, from, row, upper, part, columns);
    else drawFadedRow(to, from, row, upper, part, columns, place.opacity);
  }
}

interface Columns {
  /** Columns of the frame that are drawn: the first, and the one behind the last. */
  first: number;
  end: number;
  /** For each column of the frame: the left one of the two columns it lies between, and 256ths towards the right one. */
  low: Int32Array;
  part: Int32Array;
}

const scratch: { low: Int32Array; part: Int32Array } = { low: new Int32Array(0), part: new Int32Array(0) };

function sampleColumns(width: number, fromWidth: number, left: number, scale: number): Columns {
  if (scratch.low.length < width) Object.assign(scratch, { low: new Int32Array(width), part: new Int32Array(width) });
  const { low, part } = scratch;
  const first = Math.max(0, Math.ceil(left - 0.5));
  const end = Math.min(width, Math.ceil(left + fromWidth * scale - 0.5));
  for (let column = first; column < end; column++) {
    const at = Math.min(fromWidth - 1, Math.max(0, (column + 0.5 - left) / scale - 0.5));
    const lower = Math.min(fromWidth - 2, Math.floor(at));
    low[column] = lower;
    part[column] = Math.round((at - lower) * 256);
  }
  return { first, end, low, part };
}

function drawOpaqueRow(to: Target, from: LayerPlane, row: number, upper: number, part: number, columns: Columns): void {
  const { colour } = from;
  const { low, part: parts } = columns;
  const base = upper * from.width;
  const step = from.width;
  for (let column = columns.first, out = row * to.width + columns.first; column < columns.end; column++, out++) {
    const at = base + (low[column] as number);
    const x = parts[column] as number;
    const a = colour[at] as number;
    const c = colour[at + step] as number;
    const high = (a << 8) + ((colour[at + 1] as number) - a) * x;
    const deep = (c << 8) + ((colour[at + step + 1] as number) - c) * x;
    to.colour[out] = ((high << 8) + (deep - high) * part + 32768) >> 16;
  }
}

function drawFadedRow(
  to: Target,
  from: LayerPlane,
  row: number,
  upper: number,
  part: number,
  columns: Columns,
  opacity: number,
): void {
  const { colour } = from;
  const { low, part: parts } = columns;
  const base = upper * from.width;
  const step = from.width;
  for (let column = columns.first, out = row * to.width + columns.first; column < columns.end; column++, out++) {
    const at = base + (low[column] as number);
    const x = parts[column] as number;
    const a = colour[at] as number;
    const c = colour[at + step] as number;
    const high = (a << 8) + ((colour[at + 1] as number) - a) * x;
    const deep = (c << 8) + ((colour[at + step + 1] as number) - c) * x;
    const value = (high << 8) + (deep - high) * part;
    const under = to.colour[out] as number;
    to.colour[out] = ((under << 8) + ((value - (under << 16)) >> 8) * opacity + 128) >> 8;
  }
}

function drawSoftRow(
  to: Target,
  from: LayerPlane,
  alphas: Uint8Array,
  row: number,
  upper: number,
  part: number,
  columns: Columns,
  place: Scaled,
  rest: number,
): void {
  const { colour } = from;
  const { low, part: parts } = columns;
  const base = upper * from.width;
  const step = from.width;
  const { first, end } = clipToSpans(from, upper, columns, place);
  const restHigh = rest << 16;
  const opacity = place.opacity;
  for (let column = first, out = row * to.width + first; column < end; column++, out++) {
    const at = base + (low[column] as number);
    const x = parts[column] as number;
    let a = alphas[at] as number;
    let c = alphas[at + step] as number;
    let high = (a << 8) + ((alphas[at + 1] as number) - a) * x;
    let deep = (c << 8) + ((alphas[at + step + 1] as number) - c) * x;
    // 255 × 65,536 becomes 65,535 or one less than whole: nothing shines through what is opaque
    const cover = ((((high << 8) + (deep - high) * part) >> 8) * 257) >> 8;
    if (cover === 0) continue;
    a = colour[at] as number;
    c = colour[at + step] as number;
    high = (a << 8) + ((colour[at + 1] as number) - a) * x;
    deep = (c << 8) + ((colour[at + step + 1] as number) - c) * x;
    const over = (high << 8) + (deep - high) * part - restHigh;
    const under = (to.colour[out] as number) - rest;
    to.colour[out] =
      rest +
      (opacity >= 256
        ? (over + under * (65536 - cover) + 32768) >> 16
        : ((over >> 8) * opacity + under * (65536 - ((cover * opacity) >> 8)) + 32768) >> 16);
  }
}

/** Columns of the frame under which either of the two rows has any alpha. */
function clipToSpans(from: LayerPlane, upper: number, columns: Columns, { left, scaleX }: Scaled) {
  const spans = from.spans as Int32Array;
  const first = Math.min(spans[upper * 2] as number, spans[upper * 2 + 2] as number);
  const end = Math.max(spans[upper * 2 + 1] as number, spans[upper * 2 + 3] as number);
  return {
    first: Math.max(columns.first, Math.floor(left + (first - 1) * scaleX)),
    end: Math.min(columns.end, Math.ceil(left + (end + 1) * scaleX)),
  };
}
