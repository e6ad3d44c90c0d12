/** Counts of lists, where each page tells how many rows there are in all. */
export interface CountMemory {
  /** How many rows the list `key` has; `count` counts them, and its errors are passed on. */
  read(key: string, count: () => Promise<number>): Promise<number>;
}

/** From so many rows on a count may be old. */
export const longFrom = 10_000;
/** Milliseconds for which a count is told as it is, and for which it is told while it's counted anew. */
const freshMs = 15_000;
const staleMs = 60_000;
/** Lists that are remembered; what was counted longest ago goes first. */
const listsMax = 1_000;

/**
 * A short list is counted each time: nobody misses what he has just added. Counting a long one takes longer than reading its page,
 * so its count may be up to a minute old. `now` is in milliseconds.
 */
export function createCountMemory(now: () => number = () => performance.now()): CountMemory {
  const known = new Map<string, { count: number; at: number }>();
  const underWay = new Map<string, Promise<number>>();

  async function countAnew(key: string, count: () => Promise<number>): Promise<number> {
    // What changes meanwhile may be missing: a count is as old as its begin.
    const at = now();
    const counted = await count();
    known.delete(key);
    if (counted >= longFrom) known.set(key, { count: counted, at });
    const [oldest] = known.keys();
    if (known.size > listsMax && oldest !== undefined) known.delete(oldest);
    return counted;
  }

  /** Of a long list, for all who ask meanwhile. */
  function countOnce(key: string, count: () => Promise<number>): Promise<number> {
    const started = underWay.get(key);
    if (started !== undefined) return started;
    const counting = countAnew(key, count).finally(() => underWay.delete(key));
    underWay.set(key, counting);
    return counting;
  }

  return {
    async read(key, count) {
      const last = known.get(key);
      if (last === undefined) return await countAnew(key, count);
      const ageMs = now() - last.at;
      if (ageMs < freshMs) return last.count;
      const counting = countOnce(key, count);
      if (ageMs >= staleMs) return await counting;
      // Whoever asks when it has grown too old meets the error.
      counting.catch(() => undefined);
      return last.count;
    },
  };
}
