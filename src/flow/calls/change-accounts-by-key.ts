import { createHash } from 'node:crypto';
import { type AuthenticatedKey, getAccount, lockKeys } from '../../accounts/index.ts';
import { type AccountRecord, placeOrder } from '../../credits/index.ts';
import { isConnectionLost, transaction } from '../../db/index.ts';
import { stringifyCanonical } from '../../lib/stringify-canonical.ts';
import type { Context } from '../context.ts';
import { creditsOutcomeUnknown } from '../errors.ts';
import { moveCredits, openAccount } from './change-accounts.ts';
import { showAccount } from './show-accounts.ts';

type AccountsContext = Pick<Context, 'database' | 'clock'>;

/**
 * Makes an account at the word of an admin's key, with its audit line. Throws 400 `invalid_request` for a name that is
 * taken, and as `lockKeys` does.
 */
export async function openAccountByKey(
  { database, clock }: AccountsContext,
  caller: AuthenticatedKey,
  name: string,
): Promise<AccountRecord> {
  return await transaction(database.db, async (tx) => {
    await lockKeys(tx, { caller, needed: 'admin', now: clock.now() });
    const { id } = await openAccount(tx, `key:${caller.key_id}`, name);
    return await showAccount(tx, id);
  });
}

export interface CreditsOrder {
  account_id: number;
  /** Negative to withdraw; never 0. */
  amount_microcredits: number;
  note?: string | undefined;
  idempotency_key: string | null;
}

/**
 * Moves credits at the word of an admin's key, with its audit line, and answers the account as it is then; with an
 * idempotency key exactly once, however often and wherever it's asked for. Throws 404 `account_not_found`, 400
 * `invalid_request` when more would be withdrawn than is available, 409 `idempotency_conflict`, as `lockKeys` does, and
 * 500 `paid_outcome_unknown` when the database was lost and no key tells whether the credits have moved.
 */
export async function moveCreditsByKey(
  { database, clock }: AccountsContext,
  caller: AuthenticatedKey,
  { idempotency_key, ...move }: CreditsOrder,
): Promise<{ account: AccountRecord; replayed: boolean }> {
  const { account_id } = move;
  try {
    return await transaction(database.db, async (tx) => {
      await getAccount(tx, account_id);
      const request_digest = createHash('sha256').update(stringifyCanonical(move)).digest();
      const isFirst =
        idempotency_key === null || (await placeOrder(tx, { account_id, idempotency_key, request_digest }));
      if (isFirst) await moveCredits(tx, `key:${caller.key_id}`, move);
      // Balance before key, as everywhere; a key that must not do this any more takes it all back.
      await lockKeys(tx, { caller, needed: 'admin', now: clock.now() });
      return { account: await showAccount(tx, account_id), replayed: !isFirst };
    });
  } catch (error) {
    // With a key the answer is 503, and the client may ask again.
    if (idempotency_key === null && isConnectionLost(error)) throw creditsOutcomeUnknown(error);
    throw error;
  }
}
