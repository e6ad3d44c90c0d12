/** What the inside of a layer is: opaque like a cut-out's, or clear like that of a shadow that a cut-out covers. */
type Inside = 'solid' | 'clear';

/** Where the rows of a plane have alpha. */
export interface PlaneRuns {
  readonly inside: Inside;
  /**
   * Four columns a row: the first with any alpha, the one behind the last, and from where to before where the row is
   * `inside` (nowhere: twice the same).
   */
  readonly columns: Int32Array;
}

/** Columns a row in {@link PlaneRuns.columns}. */
const runStep = 4;

/** Looks where the rows of an alpha plane (0…255) begin and end, and at their longest insides. */
export function findRuns(plane: { width: number; height: number; alpha: Uint8Array }): PlaneRuns {
  const [solid, clear] = [measureRuns(plane, 'solid'), measureRuns(plane, 'clear')];
  return solid.total >= clear.total ? { inside: 'solid', ...solid } : { inside: 'clear', ...clear };
}

function measureRuns(
  { width, height, alpha }: Parameters<typeof findRuns>[0],
  inside: Inside,
): { columns: Int32Array; total: number } {
  const columns = new Int32Array(height * runStep);
  const sought = inside === 'solid' ? 255 : 0;
  let total = 0;
  for (let line = 0; line < height; line++) {
    const row = alpha.subarray(line * width, (line + 1) * width);
    let first = 0;
    let end = width;
    while (first < end && row[first] === 0) first++;
    while (end > first && row[end - 1] === 0) end--;
    const run = findLongest(row, first, end, sought);
    total += run.end - run.first;
    // an empty row begins behind its end, so that it adds nothing to the row it is mixed with
    columns.set(first === end ? [width, 0, 0, 0] : [first, end, run.first, run.end], line * runStep);
  }
  return { columns, total };
}

function findLongest(row: Uint8Array, first: number, end: number, sought: number): { first: number; end: number } {
  const longest = { first, end: first };
  for (let at = first; at < end; at++) {
    if (row[at] !== sought) continue;
    const from = at;
    while (at < end && row[at] === sought) at++;
    if (at - from > longest.end - longest.first) Object.assign(longest, { first: from, end: at });
  }
  return longest;
}
