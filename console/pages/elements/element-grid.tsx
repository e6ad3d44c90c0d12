import { useDebouncedValue, useElementSize } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, useLayoutEffect, useRef, useState } from 'react';
import type { ElementLine } from '../../../client/index.ts';
import classes from './element-grid.module.css';
import { type ElementFilters, elementPage, pageSize } from './element-pages.ts';
import { ElementTile, TileSkeleton, tileHeightPx } from './element-tile.tsx';

const gapPx = 16;
const tileWidthMinPx = 210;
/** Rows that are drawn above and below the window. */
const overscan = 2;
/** A library flung past at full speed asks only for where it comes to rest. */
const settleMs = 60;

/** All `total` elements, of which only those near the window are drawn and asked for. */
export function ElementGrid({ filters, total }: { filters: ElementFilters; total: number }) {
  const frame = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize();
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    if (frame.current !== null) setScrollMargin(frame.current.getBoundingClientRect().top + window.scrollY);
  }, []);
  const columns = Math.max(2, Math.floor((width + gapPx) / (tileWidthMinPx + gapPx)));
  const rows = useWindowVirtualizer({
    count: Math.ceil(total / columns),
    estimateSize: () => tileHeightPx + gapPx,
    overscan,
    scrollMargin,
    // What is drawn a frame later is a place in a column; drawn at once, within the scroll, it held the frame up.
    useFlushSync: false,
  });
  const poolRows = Math.ceil(window.innerHeight / (tileHeightPx + gapPx)) + 2 * overscan + 2;
  const shown = rows.getVirtualItems().flatMap((row) =>
    Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => ({
      at: row.index * columns + column,
      column,
      // Places that are waited for change their row and nothing else: made anew, each costs its removal as well.
      place: `${row.index % poolRows} ${column}`,
      top: row.start - scrollMargin,
    })),
  );
  const find = usePages(
    filters,
    shown.map(({ at }) => at),
  );
  const tileWidth = (width - gapPx * (columns - 1)) / columns;
  return (
    <div ref={frame}>
      <ul ref={ref} className={classes.grid} style={{ height: rows.getTotalSize() }} aria-label="Elements">
        {width > 0 &&
          shown.map(({ at, column, place, top }) => {
            const element = find(at);
            return (
              <Cell
                key={element?.element_id ?? place}
                {...{ element, at, total, top }}
                left={column * (tileWidth + gapPx)}
                width={tileWidth}
              />
            );
          })}
      </ul>
    </div>
  );
}

interface CellProps {
  /** Undefined while it's asked for. */
  element: ElementLine | undefined;
  at: number;
  total: number;
  left: number;
  top: number;
  width: number;
}

/** Drawn again only when what it shows changes: the grid is with every row that passes. */
const Cell = memo(function Cell({ element, at, total, left, top, width }: CellProps) {
  return (
    <li
      className={classes.cell}
      aria-setsize={total}
      aria-posinset={at + 1}
      style={{ width, height: tileHeightPx, transform: `translate(${left}px, ${top}px)` }}
    >
      {element === undefined ? <TileSkeleton /> : <ElementTile element={element} />}
    </li>
  );
});

/** The pages that hold these places of the list, and what stands at a place: undefined while it's asked for. */
function usePages(filters: ElementFilters, places: readonly number[]) {
  const pageOf = (at: number) => Math.floor(at / pageSize) + 1;
  const wanted = [...new Set(places.map(pageOf))];
  const [settled] = useDebouncedValue(wanted.join(), settleMs);
  const pages = settled === '' ? wanted : settled.split(',').map(Number);
  const answers = useQueries({ queries: pages.map((page) => elementPage(filters, page)) });
  return (at: number) => answers[pages.indexOf(pageOf(at))]?.data?.data[at % pageSize];
}
