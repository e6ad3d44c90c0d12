import type { Db } from '../db/index.ts';
import { checkAmount } from './check-amount.ts';
import { accountNotFound, balanceTooHigh } from './errors.ts';
import { bookTopUp } from './queries.ts';
import type { Balance } from './schema.ts';

/** PostgreSQL's foreign_key_violation (appendix A). */
const foreignKeyViolation = '23503';

/**
 * Grants an account credits (at least one microcredit) and returns its balance. `note` says why, for those who read
 * the ledger later. Not idempotent: each call grants. Throws 400 `invalid_request` when the account would exceed 2⁵³ − 1
 * microcredits, 404 `account_not_found`.
 */
export async function topUp(
  db: Db,
  grant: { account_id: number; amount_microcredits: number; note?: string },
): Promise<Balance> {
  checkAmount(grant.amount_microcredits, 1);
  try {
    const balance = await bookTopUp(db, grant.account_id, grant.amount_microcredits, grant.note ?? null);
    if (balance) return balance;
  } catch (error) {
    if ((error as { code?: unknown }).code === foreignKeyViolation) throw accountNotFound(grant.account_id);
    throw error;
  }
  throw balanceTooHigh(grant.amount_microcredits);
}
