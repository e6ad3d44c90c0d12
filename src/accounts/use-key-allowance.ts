import type { Db } from '../db/index.ts';
import { addKeyUse, subtractKeyUse, utcDay } from './allowance-queries.ts';
import { checkKeyUsable } from './check-key.ts';
import { allowanceFault, dailyLimitExceeded, totalLimitExceeded, unauthorized } from './errors.ts';
import { findKeyAllowance } from './get-key-allowance.ts';

/** A refusal is explained by a second look; when that finds nothing wrong any more, the use is tried again. */
const attemptsMax = 3;

/**
 * Counts `amountMicrocredits` (≥ 0) against the key's total and daily limit, once it returns: one statement, which locks
 * the key's row until the transaction ends. The day is the UTC day of `now`. Also the last look at whether the key is
 * still on, for a request that passed on a cached one.
 *
 * Throws, with nothing written: 402 `insufficient_token_quota`, `token_daily_quota_exceeded`, `key_disabled`,
 * `key_expired`; 401 `unauthorized` for a key deleted in the meantime.
 *
 * Lock order: after the balance (`reserve`, `settle`, `refund`), never before it; see `reserve` for the reason.
 */
export async function useKeyAllowance(db: Db, keyId: number, amountMicrocredits: number, now: Date): Promise<void> {
  checkWhole(amountMicrocredits);
  for (let attempt = 1; ; attempt++) {
    if (await addKeyUse(db, keyId, amountMicrocredits, now, utcDay(now))) return;
    const allowance = await findKeyAllowance(db, keyId, now);
    if (!allowance) throw unauthorized();
    checkKeyUsable(allowance, now);
    const { remaining_microcredits, remaining_today_microcredits } = allowance;
    if (amountMicrocredits > (remaining_microcredits ?? Number.POSITIVE_INFINITY)) {
      throw totalLimitExceeded(allowance, amountMicrocredits);
    }
    const shortToday = amountMicrocredits > (remaining_today_microcredits ?? Number.POSITIVE_INFINITY);
    if (shortToday || attempt === attemptsMax) throw dailyLimitExceeded(allowance, amountMicrocredits);
  }
}

/**
 * Takes back what a task used of its key: all of it after a refund, the rest after a settlement below the reservation.
 * `reservedAt` is when it was used: the day's count is only lowered when it is still of that UTC day. Never below 0; no
 * effect on a deleted key. One statement, which locks the key's row: after the balance, like `useKeyAllowance`.
 *
 * Not idempotent: call it only when `refund` or `settle` answered `booked: true` in the same transaction.
 */
export async function returnKeyAllowance(
  db: Db,
  keyId: number,
  amountMicrocredits: number,
  reservedAt: Date,
): Promise<void> {
  checkWhole(amountMicrocredits);
  await subtractKeyUse(db, keyId, amountMicrocredits, utcDay(reservedAt));
}

function checkWhole(amount: number): void {
  if (Number.isSafeInteger(amount) && amount >= 0) return;
  throw allowanceFault(`amount ${amount} is not a whole number of microcredits`);
}
