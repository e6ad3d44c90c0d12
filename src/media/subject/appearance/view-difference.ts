import { type Appearance, cellSize } from './describe-appearance.ts';

/** Places of the common grid on which two views are laid over each other. */
const grid = 8;
/** Price of a place that is subject in one view and not in the other, in Lab units. */
const missing = 40;
/** Lab distance that counts as wholly different. */
const fullChange = 40;

/**
 * How differently two views show a subject, 0 (same side, same pose) to 1: both boxes laid over each other, mean color
 * distance place by place. A turned subject moves its colors and changes its outline; light alone changes less.
 */
export function computeViewDifference(one: Appearance, other: Appearance): number {
  const a = layOut(one);
  const b = layOut(other);
  let sum = 0;
  let count = 0;
  for (let place = 0; place < grid * grid; place++) {
    const [p, q] = [a[place], b[place]];
    if (!p && !q) continue;
    count++;
    if (!p || !q) sum += missing;
    else sum += Math.min(fullChange, Math.hypot((p[0] - q[0]) * 0.5, p[1] - q[1], p[2] - q[2]));
  }
  return count === 0 ? 0 : Math.round(Math.min(1, sum / count / fullChange) * 1000) / 1000;
}

function layOut(look: Appearance): ([number, number, number] | undefined)[] {
  const { cells } = look;
  let columns = 1;
  let rows = 1;
  for (let cell = 0; cell < cells.length; cell += cellSize) {
    columns = Math.max(columns, (cells[cell + 4] as number) + 1);
    rows = Math.max(rows, (cells[cell + 5] as number) + 1);
  }
  const byPlace = new Map<number, [number, number, number]>();
  for (let cell = 0; cell < cells.length; cell += cellSize) {
    byPlace.set((cells[cell + 5] as number) * columns + (cells[cell + 4] as number), [
      cells[cell] as number,
      cells[cell + 1] as number,
      cells[cell + 2] as number,
    ]);
  }
  return Array.from({ length: grid * grid }, (_, place) => {
    const column = Math.floor((((place % grid) + 0.5) * columns) / grid);
    const row = Math.floor(((Math.floor(place / grid) + 0.5) * rows) / grid);
    return byPlace.get(row * columns + column);
  });
}
