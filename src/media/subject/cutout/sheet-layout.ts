import type { Box } from '../../raster/raster.ts';

export interface SheetLayout {
  readonly width: number;
  readonly height: number;
  /** Where each view goes, in the order given, its shape kept. */
  readonly places: readonly Box[];
}

export interface SheetOptions {
  /** Width of the whole sheet in pixels at most. */
  widthPx: number;
  gapPx: number;
  /** Height over width at most: where the views are taller, all become smaller and the sheet narrower. */
  slendernessMax: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const defaults: SheetOptions = { widthPx: 1600, gapPx: 32, slendernessMax: 0.75 };
/** Width over height that a sheet comes nearest to: that of a screen. */
const idealShape = 1.6;
/** How many times the area of the others the frontal view may have before it overbears them. */
const frontalAreaMax = 4;
/** Of the three faults that a layout is rated by, unlike sizes show most. */
const unlikeWeight = 3;
/** No view is enlarged beyond this. */
const enlargementMax = 2;

/**
 * Places the views of a subject on one sheet without empty corners: the first (frontal) one on the left over the full
 * height when there are three or more, the others in rows beside it, each row as wide as the next. Sizes are those of
 * the trimmed cut-outs, in pixels. How many rows is what makes the views most alike in size.
 */
export function computeSheetLayout(sizes: readonly Size[], options: Partial<SheetOptions> = {}): SheetLayout {
  const { widthPx, gapPx, slendernessMax } = { ...defaults, ...options };
  const [first, ...others] = sizes;
  if (!first) return { width: widthPx, height: gapPx * 2, places: [] };
  const inside = widthPx - gapPx * 2;
  const candidates =
    sizes.length < 3
      ? [layRows([sizes], inside, gapPx)]
      : others.map((_, index) => layBeside(first, splitRows(others, index + 1), inside, gapPx));
  const cells = candidates.reduce((best, one) => (rateCells(one) < rateCells(best) ? one : best));
  const extent = measureExtent(cells);
  const scale = Math.min(1, (widthPx * slendernessMax - gapPx * 2) / extent.height);
  return {
    width: Math.ceil(extent.width * scale) + gapPx * 2,
    height: Math.ceil(extent.height * scale) + gapPx * 2,
    places: cells.map((cell, index) => fitInto(sizes[index] as Size, cell, scale, gapPx)),
  };
}

/** Deals the views out to `count` rows, in order, so that the rows' shapes are as equal as they get; none is empty. */
function splitRows(sizes: readonly Size[], count: number): Size[][] {
  const total = sumShapes(sizes);
  const rows: Size[][] = Array.from({ length: count }, () => []);
  let passed = 0;
  for (const [index, size] of sizes.entries()) {
    const middle = passed + shapeOf(size) / 2;
    const least = Math.max(0, count - (sizes.length - index));
    const row = Math.min(index, count - 1, Math.max(least, Math.floor((middle / total) * count)));
    (rows[row] as Size[]).push(size);
    passed += shapeOf(size);
  }
  return rows.filter((row) => row.length > 0);
}

/** Rows of equal width, one below the other, from the origin. */
function layRows(rows: readonly (readonly Size[])[], width: number, gap: number): Box[] {
  let top = 0;
  return rows.flatMap((row) => {
    const height = (width - gap * (row.length - 1)) / sumShapes(row);
    let left = 0;
    const cells = row.map((size) => {
      const cell = { left, top, width: shapeOf(size) * height, height };
      left += cell.width + gap;
      return cell;
    });
    top += height + gap;
    return cells;
  });
}

/**
 * The first view and beside it the rows, both as high as the other: with s = Σ 1 / shape of the rows, their height is
 * s · width − what the gaps take, and width is what the first one's height · shape leaves.
 */
function layBeside(first: Size, rows: readonly (readonly Size[])[], width: number, gap: number): Box[] {
  let slope = 0;
  let rest = gap * (rows.length - 1);
  for (const row of rows) {
    slope += 1 / sumShapes(row);
    rest -= (gap * (row.length - 1)) / sumShapes(row);
  }
  const height = (slope * (width - gap) + rest) / (1 + shapeOf(first) * slope);
  const start = shapeOf(first) * height + gap;
  const beside = layRows(rows, width - start, gap).map((cell) => ({ ...cell, left: cell.left + start }));
  return [{ left: 0, top: 0, width: start - gap, height }, ...beside];
}

/** Lower is better: views of unlike area, a frontal one that is smaller or far larger, and an odd sheet count. */
function rateCells(cells: readonly Box[]): number {
  const areas = cells.map((cell) => Math.log(Math.max(1, cell.width * cell.height)));
  const others = areas.slice(1);
  const mean = others.reduce((sum, area) => sum + area, 0) / Math.max(1, others.length);
  const unlike = others.reduce((sum, area) => sum + (area - mean) ** 2, 0) / Math.max(1, others.length);
  const small = Math.max(0, Math.max(...others, Number.NEGATIVE_INFINITY) - (areas[0] as number));
  const large = others.length > 0 ? Math.max(0, (areas[0] as number) - mean - Math.log(frontalAreaMax)) : 0;
  const { width, height } = measureExtent(cells);
  return unlikeWeight * unlike + small ** 2 + large ** 2 + Math.log(width / height / idealShape) ** 2;
}

function measureExtent(cells: readonly Box[]): Size {
  return {
    width: Math.max(...cells.map((cell) => cell.left + cell.width)),
    height: Math.max(...cells.map((cell) => cell.top + cell.height)),
  };
}

/** The view in whole pixels, centred in its cell, which is scaled and moved in by the margin. */
function fitInto(size: Size, cell: Box, cellScale: number, margin: number): Box {
  const [roomX, roomY] = [cell.width * cellScale, cell.height * cellScale];
  const scale = Math.min(roomX / size.width, roomY / size.height, enlargementMax);
  const width = Math.max(1, Math.floor(size.width * scale));
  const height = Math.max(1, Math.floor(size.height * scale));
  return {
    left: margin + Math.floor(cell.left * cellScale + (roomX - width) / 2),
    top: margin + Math.floor(cell.top * cellScale + (roomY - height) / 2),
    width,
    height,
  };
}

function shapeOf({ width, height }: Size): number {
  return width / height;
}

function sumShapes(sizes: readonly Size[]): number {
  return sizes.reduce((sum, size) => sum + shapeOf(size), 0);
}
