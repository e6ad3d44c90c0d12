import { allSettledOrThrow, type Db } from '../db/index.ts';
import { checkAmount } from './check-amount.ts';
import { bookReservations, lockBalances } from './queries.ts';
import type { Reservation } from './schema.ts';

/**
 * Holds the prices of many tasks, once it returns: a transfer for each and one change of each account's balance, whose rows are
 * locked by ascending account id until the transaction ends. Returns the accounts that can't pay for all of theirs together, for
 * which nothing was booked; `reserve` says why, task by task. Lock order as there.
 */
export async function reserveTogether(tx: Db, reservations: readonly Reservation[]): Promise<ReadonlySet<number>> {
  for (const { amount_microcredits } of reservations) checkAmount(amount_microcredits, 0);
  const accounts = new Set(reservations.map(({ account_id }) => account_id));
  // Two statements in one trip: the second sees the rows as of when the first had all locks.
  const [, paid] = await allSettledOrThrow(lockBalances(tx, [...accounts]), bookReservations(tx, reservations));
  return accounts.difference(new Set(paid));
}
