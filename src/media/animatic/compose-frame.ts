import {
  blendRows,
  drawFadedRow,
  drawOpaqueRow,
  drawPlainRow,
  drawSoftRow,
  type Row,
  sampleShift,
} from './draw-rows.ts';
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

interface Target {
  colour: Uint8Array;
  width: number;
  height: number;
}

function drawPlane(to: Target, from: LayerPlane, place: Scaled, rest: number): void {
  if (isCopy(from, place)) {
    copyRows(to, from, place);
    return;
  }
  const columns = sampleColumns(to.width, from.width, place.left, place.scaleX);
  if (columns.first >= columns.end) return;
  const rows = takeRows(from.colourRows.stride);
  const rowFrom = Math.max(0, Math.ceil(place.top - 0.5));
  const rowEnd = Math.min(to.height, Math.ceil(place.top + from.height * place.scaleY - 0.5));
  for (let row = rowFrom; row < rowEnd; row++) {
    const at = Math.min(from.height - 1, Math.max(0, (row + 0.5 - place.top) / place.scaleY - 0.5));
    const upper = Math.min(from.height - 2, Math.floor(at));
    const part = Math.round((at - upper) * 256);
    const seen = from.spans === null ? columns : clipToSpans(from.spans, upper, columns, place);
    if (seen.first >= seen.end) continue;
    const left = (columns.samples[seen.first] as number) >> sampleShift;
    const right = ((columns.samples[seen.end - 1] as number) >> sampleShift) + 2;
    const base = row * to.width;
    blendRows(from.colourRows, upper, part, left, right, rows.colour);
    if (from.alphaRows === null) {
      if (place.opacity >= 256)
        drawOpaqueRow(to.colour, base, rows.colour.bytes, columns.samples, seen.first, seen.end);
      else drawFadedRow(to.colour, base, rows.colour.bytes, columns.samples, seen.first, seen.end, place.opacity);
      continue;
    }
    blendRows(from.alphaRows, upper, part, left, right, rows.alpha);
    if (from.width <= plainWidth) {
      drawPlainRow(
        to.colour,
        base,
        rows.colour.bytes[0] as number,
        rows.alpha.bytes[0] as number,
        columns.first,
        columns.end,
        place.opacity,
        rest,
      );
      continue;
    }
    drawSoftRow(
      to.colour,
      base,
      rows.colour.bytes,
      rows.alpha.bytes,
      columns.samples,
      seen.first,
      seen.end,
      place.opacity,
      rest,
    );
  }
}

/** Whether nothing has to be sampled or mixed: a clip's frame. */
function isCopy({ alphaRows }: LayerPlane, { left, top, scaleX, scaleY, opacity }: Scaled): boolean {
  const isWhole = Number.isInteger(left) && Number.isInteger(top) && scaleX === 1 && scaleY === 1;
  return isWhole && alphaRows === null && opacity >= 256;
}

function copyRows(to: Target, from: LayerPlane, { left, top }: Scaled): void {
  const columnFrom = Math.max(0, left);
  const columnEnd = Math.min(to.width, left + from.width);
  if (columnFrom >= columnEnd) return;
  for (let row = Math.max(0, top); row < Math.min(to.height, top + from.height); row++) {
    const start = (row - top) * from.colourRows.stride - left;
    to.colour.set(from.colourRows.bytes.subarray(start + columnFrom, start + columnEnd), row * to.width + columnFrom);
  }
}

interface Columns {
  /** Columns of the frame that are drawn: the first, and the one behind the last. */
  first: number;
  end: number;
  /** For each column of the frame, in one word: the left one of the two columns it lies between, and 256ths (0…256) beyond. */
  samples: Int32Array;
}

/** Layers of this width or less have rows of one colour. */
const plainWidth = 4;

const scratch = { samples: new Int32Array(0), colour: createRow(0), alpha: createRow(0) };

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

/** One row of colour and one of alpha between two rows of a layer. */
function takeRows(stride: number): { colour: Row; alpha: Row } {
  if (scratch.colour.bytes.length < stride) {
    Object.assign(scratch, { colour: createRow(stride), alpha: createRow(stride) });
  }
  return scratch;
}

function createRow(length: number): Row {
  const words = new Uint32Array((length + 3) >> 2);
  return { bytes: new Uint8Array(words.buffer), words };
}

/** Columns of the frame under which either of the two rows has any alpha. */
function clipToSpans(spans: Int32Array, upper: number, columns: Columns, { left, scaleX }: Scaled) {
  const first = Math.min(spans[upper * 2] as number, spans[upper * 2 + 2] as number);
  const end = Math.max(spans[upper * 2 + 1] as number, spans[upper * 2 + 3] as number);
  return {
    first: Math.max(columns.first, Math.floor(left + (first - 1) * scaleX)),
    end: Math.min(columns.end, Math.ceil(left + (end + 1) * scaleX)),
  };
}
