import type { Db } from '../db/index.ts';
import { checkAmount } from './check-amount.ts';
import { insufficientQuota } from './errors.ts';
import { bookReservation, findBalance, insertEmptyBalance } from './queries.ts';
import type { Reservation } from './schema.ts';

/** A refusal looks at the balance after the fact; a top-up in between is worth another try, an endless race is not. */
const attemptsMax = 3;

/**
 * Holds the price of a task, once it returns: one statement, which locks the account's balance row until the
 * transaction ends. Amount 0 (a free model) is booked like any other and needs no credits. Answers what stays available.
 *
 * Throws 402 `insufficient_quota` with `estimated_credits` and `account_balance_credits` when less is available; no row
 * is written then. A second reservation for one task breaks the index `transfers_one_reservation`.
 *
 * Lock order for every transaction that touches more than one: the task's row, then the balance (`reserve`, `settle`,
 * `refund`), then the key (`useKeyAllowance`, `returnKeyAllowance`); several balances by ascending account id. It's
 * balance before key because a refund must know whether it was the first before the key gets its allowance back. An
 * account's submissions pass one by one from here to the commit, so insert the task and its job before.
 */
export async function reserve(db: Db, reservation: Reservation): Promise<{ available_microcredits: number }> {
  checkAmount(reservation.amount_microcredits, 0);
  for (let attempt = 1; ; attempt++) {
    const booked = await bookReservation(db, reservation);
    if (booked) return booked;
    const balance = await findBalance(db, reservation.account_id);
    const available = balance?.available_microcredits ?? 0;
    if (available < reservation.amount_microcredits || attempt === attemptsMax) {
      throw insufficientQuota(reservation.amount_microcredits, available);
    }
    if (!balance) await insertEmptyBalance(db, reservation.account_id);
  }
}
