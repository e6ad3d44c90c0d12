import type { Db } from '../db/index.ts';
import { tooManyUnfinished } from './errors.ts';
import { countUnfinished } from './queries.ts';

const staleMs = 1000;

/** Keys looked at lately; beyond it the oldest is forgotten and counted anew when it comes back. */
const keysMax = 10_000;

export interface UnfinishedLimit {
  /** Throws 429 `rate_limit_exceeded` when the key has `limit` unfinished tasks; else counts one more. */
  check(db: Db, keyId: number): Promise<void>;
}

/**
 * Bounds the unfinished tasks of a key. The count is taken from the database at most once a second and raised here in
 * between, so each process may overshoot by what others accept within that second: it's a valve, not a book.
 */
export function createUnfinishedLimit(limit: number, clock: { now(): Date }): UnfinishedLimit {
  const counts = new Map<number, { count: number; at: number }>();
  return {
    async check(db, keyId) {
      const now = clock.now().getTime();
      let known = counts.get(keyId);
      if (known === undefined || now - known.at > staleMs) {
        known = { count: await countUnfinished(db, keyId, limit), at: now };
        counts.delete(keyId);
        counts.set(keyId, known);
        const oldest = counts.keys().next().value;
        if (counts.size > keysMax && oldest !== undefined) counts.delete(oldest);
      }
      if (known.count >= limit) throw tooManyUnfinished(known.count, limit);
      known.count += 1;
    },
  };
}
