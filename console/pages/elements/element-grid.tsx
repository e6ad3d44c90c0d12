import { useDebouncedValue, useElementSize } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import classes from './element-grid.module.css';
import { type ElementFilters, elementPage, pageSize } from './element-pages.ts';
import { ElementTile, TileSkeleton, tileHeightPx } from './element-tile.tsx';

const gapPx = 16;
const tileWidthMinPx = 210;
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
    overscan: 2,
    scrollMargin,
  });
  const shown = rows.getVirtualItems().flatMap((row) =>
    Array.from({ length: Math.min(columns, total - row.index * columns) }, (_, column) => ({
      at: row.index * columns + column,
      x: column,
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
          shown.map(({ at, x, top }) => {
            const element = find(at);
            return (
              <li
                key={element?.element_id ?? at}
                className={classes.cell}
                aria-setsize={total}
                aria-posinset={at + 1}
                style={{
                  width: tileWidth,
                  height: tileHeightPx,
                  transform: `translate(${x * (tileWidth + gapPx)}px, ${top}px)`,
                }}
              >
                {element === undefined ? <TileSkeleton /> : <ElementTile element={element} />}
              </li>
            );
          })}
      </ul>
    </div>
  );
}

/** The pages that hold these places of the list, and what stands at a place: undefined while it's asked for. */
function usePages(filters: ElementFilters, places: readonly number[]) {
  const pageOf = (at: number) => Math.floor(at / pageSize) + 1;
  const wanted = [...new Set(places.map(pageOf))];
  const [settled] = useDebouncedValue(wanted.join(), settleMs);
  const pages = settled === '' ? wanted : settled.split(',').map(Number);
  const answers = useQueries({ queries: pages.map((page) => elementPage(filters, page)) });
  return (at: number) => answers[pages.indexOf(pageOf(at))]?.data?.data[at % pageSize];
}
