import type { Box } from './raster.ts';

export interface SheetLayout {
  readonly width: number;
  readonly height: number;
  /** Where each view goes, in the order given: shape kept, centred in its cell. */
  readonly places: readonly Box[];
}

export interface SheetOptions {
  /** Width of the whole sheet in pixels. */
  widthPx: number;
  gapPx: number;
  /** Columns at most; fewer views make fewer columns. */
  columnsMax: number;
}

const DEFAULTS: SheetOptions = { widthPx: 1600, gapPx: 24, columnsMax: 4 };

/**
 * Places the views of a subject on one sheet: the first (frontal) view large on the left over the full height when
 * there are three or more, the others in a grid beside it, every view as large as its cell allows. Sizes are those of
 * the trimmed cut-outs, in pixels; none is enlarged above twice its size.
 */
export function computeSheetLayout(
  sizes: readonly { width: number; height: number }[],
  options: Partial<SheetOptions> = {},
): SheetLayout {
  const { widthPx, gapPx, columnsMax } = { ...DEFAULTS, ...options };
  const [first, ...others] = sizes;
  if (!first) return { width: widthPx, height: gapPx * 2, places: [] };
  if (sizes.length < 3) return layGrid(sizes, { left: 0, top: 0, width: widthPx }, sizes.length, gapPx);
  const columns = Math.min(columnsMax - 1, Math.ceil(Math.sqrt(others.length)));
  const rows = Math.ceil(others.length / columns);
  // the first view gets a square of the height that the grid's square cells make together
  const cell = Math.floor((widthPx - gapPx * (columns + rows + 1)) / (columns + rows));
  const large = cell * rows + gapPx * (rows - 1);
  const start = gapPx + large;
  const grid = layGrid(others, { left: start, top: 0, width: widthPx - start }, columns, gapPx, cell);
  const height = Math.max(grid.height, large + gapPx * 2);
  return {
    width: widthPx,
    height,
    places: [fitInto(first, { left: gapPx, top: gapPx, width: large, height: large }), ...grid.places],
  };
}

function layGrid(
  sizes: readonly { width: number; height: number }[],
  area: { left: number; top: number; width: number },
  columns: number,
  gapPx: number,
  cellHeightPx?: number,
): SheetLayout {
  const cellWidth = Math.floor((area.width - gapPx * (columns + 1)) / columns);
  const cellHeight = cellHeightPx ?? cellWidth;
  const places = sizes.map((size, index) =>
    fitInto(size, {
      left: area.left + gapPx + (index % columns) * (cellWidth + gapPx),
      top: area.top + gapPx + Math.floor(index / columns) * (cellHeight + gapPx),
      width: cellWidth,
      height: cellHeight,
    }),
  );
  const rows = Math.ceil(sizes.length / columns);
  return { width: area.left + area.width, height: area.top + gapPx + rows * (cellHeight + gapPx), places };
}

function fitInto(size: { width: number; height: number }, cell: Box): Box {
  const scale = Math.min(cell.width / size.width, cell.height / size.height, 2);
  const width = Math.max(1, Math.min(cell.width, Math.round(size.width * scale)));
  const height = Math.max(1, Math.min(cell.height, Math.round(size.height * scale)));
  return {
    left: cell.left + Math.floor((cell.width - width) / 2),
    top: cell.top + Math.floor((cell.height - height) / 2),
    width,
    height,
  };
}
