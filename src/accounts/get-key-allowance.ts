import type { Db } from '../db/index.ts';
import { findKeyUse, utcDay } from './allowance-queries.ts';
import { keyNotFound } from './errors.ts';
import type { KeyAllowance } from './schema.ts';

/** What a key has used and may still use, on the UTC day of `now`. Throws 404 `key_not_found`. */
export async function getKeyAllowance(db: Db, keyId: number, now: Date): Promise<KeyAllowance> {
  const allowance = await findKeyAllowance(db, keyId, now);
  if (!allowance) throw keyNotFound(keyId);
  return allowance;
}

/** The same, or null for a key that doesn't exist. */
export async function findKeyAllowance(db: Db, keyId: number, now: Date): Promise<KeyAllowance | null> {
  const use = await findKeyUse(db, keyId, utcDay(now));
  return (
    use && {
      ...use,
      remaining_microcredits: computeRest(use.total_limit_microcredits, use.used_microcredits),
      remaining_today_microcredits: computeRest(use.daily_limit_microcredits, use.used_today_microcredits),
    }
  );
}

function computeRest(limit: number | null, used: number): number | null {
  return limit === null ? null : Math.max(0, limit - used);
}
