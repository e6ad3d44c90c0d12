import type { Db } from '../db/index.ts';
import { tooManyUnfinished } from './errors.ts';
import { countUnfinished } from './queries.ts';

const staleMs = 1000;

/** Keys looked at lately; beyond it the oldest is forgotten and counted anew when it comes back. */
const keysMax = 10_000;

/** Bounds the unfinished tasks of a key. */
export interface UnfinishedLimit {
  /**
   * Throws 429 `rate_limit_exceeded` when the key has `limit` unfinished tasks; else counts one more. Call what it
   * returns when no task came of it.
   */
  take(db: Db, keyId: number): Promise<() => void>;
}

interface Count {
  /** As the database had it. */
  stored: Promise<number>;
  /** Taken here since then. */
  taken: number;
  at: number;
}

/**
 * Bounds the unfinished tasks of a key. The count is taken from the database at most once a second and raised here in
 * between, so each process may overshoot by what others accept within that second: it's a valve, not a book.
 */
export function createUnfinishedLimit(limit: number, clock: { now(): Date }): UnfinishedLimit {
  const counts = new Map<number, Count>();

  function count(db: Db, keyId: number): Count {
    const now = clock.now().getTime();
    const known = counts.get(keyId);
    if (known !== undefined && now - known.at <= staleMs) return known;
    const fresh: Count = { stored: countUnfinished(db, keyId, limit), taken: 0, at: now };
    fresh.stored.catch(() => counts.get(keyId) === fresh && counts.delete(keyId));
    counts.delete(keyId);
    counts.set(keyId, fresh);
    const oldest = counts.keys().next().value;
    if (counts.size > keysMax && oldest !== undefined) counts.delete(oldest);
    return fresh;
  }

  return {
    async take(db, keyId) {
      const known = count(db, keyId);
      const total = (await known.stored) + known.taken;
      if (total >= limit) throw tooManyUnfinished(total, limit);
      known.taken += 1;
      return () => {
        known.taken -= 1;
      };
    },
  };
}
