import type { Db } from '../db/index.ts';
import { checkAmount } from './check-amount.ts';
import { withdrawalTooHigh } from './errors.ts';
import { getBalance } from './get-balance.ts';
import { bookWithdrawal } from './queries.ts';
import type { Balance } from './schema.ts';

/**
 * Takes granted credits back, as a transfer of its own, and answers the balance. What tasks have reserved or spent can't
 * be withdrawn: throws 400 `invalid_request` when less is available, and nothing is written.
 */
export async function withdraw(
  db: Db,
  withdrawal: { account_id: number; amount_microcredits: number; note?: string },
): Promise<Balance> {
  const { account_id, amount_microcredits, note } = withdrawal;
  checkAmount(amount_microcredits, 1);
  const balance = await bookWithdrawal(db, account_id, amount_microcredits, note ?? null);
  if (balance) return balance;
  throw withdrawalTooHigh(amount_microcredits, (await getBalance(db, account_id)).available_microcredits);
}
