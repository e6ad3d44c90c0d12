/**
 * The candidate that a misspelt word was most likely meant to be: at most a third of its letters changed, added, left
 * out or swapped with the next one, or one that the word begins. Undefined when none is so near.
 */
export function findNearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const rated = candidates.map((candidate) => ({ candidate, distance: computeDistance(wanted, candidate) }));
  const [best] = rated.sort((a, b) => a.distance - b.distance);
  if (best !== undefined && best.distance <= Math.max(1, Math.floor(best.candidate.length / 3))) return best.candidate;
  const begun = wanted.length < 3 ? [] : candidates.filter((candidate) => candidate.startsWith(wanted));
  return begun.length === 1 ? begun[0] : undefined;
}

/** Optimal string alignment distance: Levenshtein's, where swapping two neighbours counts as one change. */
function computeDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] as number;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const changed = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          changed,
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(a.length, b.length);
}
