import { allSettledOrThrow, type Db } from '../db/index.ts';
import { addKeyUses, lockKeyUses, type SummedUse, utcDay } from './allowance-queries.ts';

/** What a task takes of its key. */
interface KeyUse {
  key_id: number;
  amount_microcredits: number;
  /** When it was accepted. */
  at: Date;
}

/**
 * Counts the amounts (whole microcredits, ≥ 0) of many tasks against their keys, once it returns: one change of each key's row,
 * all locked by ascending id until the transaction ends. Returns the keys that may not do all of theirs together, or whose tasks
 * are of two UTC days, for which nothing was counted; `useKeyAllowance` says why, task by task. Lock order as there.
 */
export async function useKeyAllowances(tx: Db, uses: readonly KeyUse[]): Promise<ReadonlySet<number>> {
  const refused = new Set<number>();
  const sums = new Map<number, SummedUse>();
  for (const { key_id, amount_microcredits, at } of uses) {
    const day = utcDay(at);
    const sum = sums.get(key_id);
    if (sum === undefined) sums.set(key_id, { key_id, amount_microcredits, at, day });
    else if (sum.day !== day) refused.add(key_id);
    // At the latest moment: a key that has expired by then is judged task by task.
    else
      Object.assign(sum, { amount_microcredits: sum.amount_microcredits + amount_microcredits, at: later(sum.at, at) });
  }
  const summed = [...sums.values()].filter(({ key_id }) => !refused.has(key_id));
  const ids = summed.map(({ key_id }) => key_id);
  const [, counted] = await allSettledOrThrow(lockKeyUses(tx, ids), addKeyUses(tx, summed));
  const missing = new Set(ids).difference(new Set(counted));
  return refused.union(missing);
}

const later = (one: Date, other: Date) => (one > other ? one : other);
