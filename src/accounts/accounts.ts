import type { Db } from '../db/index.ts';
import { checkName } from './check-key-fields.ts';
import { accountExists, accountNotFound } from './errors.ts';
import { createCallbackSecret } from './key-text.ts';
import { findAccount, findAccountByName, insertAccount, listSecretRows, replaceCallbackSecret } from './queries.ts';
import type { Account, CallbackSecret } from './schema.ts';

/** Throws 404 `account_not_found`. */
export async function getAccount(db: Db, accountId: number): Promise<Account> {
  const account = await findAccount(db, accountId);
  if (!account) throw accountNotFound(accountId);
  return account;
}

/** Throws 404 `account_not_found`. */
export async function getAccountByName(db: Db, name: string): Promise<Account> {
  const account = await findAccountByName(db, name);
  if (!account) throw accountNotFound(name);
  return account;
}

/** Makes an account without any key. Throws 400 `invalid_request` for a name that breaks a rule or is taken. */
export async function createAccount(db: Db, name: string): Promise<Account> {
  checkName('name', name);
  const account = await insertAccount(db, name, createCallbackSecret());
  if (!account) throw accountExists(name);
  return account;
}

/** What each account's callbacks are signed with at `now`, the newest first: several while older ones are still valid. */
export async function listCallbackSecrets(
  db: Db,
  accountIds: readonly number[],
  now: Date,
): Promise<ReadonlyMap<number, readonly CallbackSecret[]>> {
  const rows = await listSecretRows(db, accountIds, now);
  const byAccount = new Map<number, CallbackSecret[]>();
  for (const { account_id, ...secret } of rows) {
    byAccount.set(account_id, [...(byAccount.get(account_id) ?? []), secret]);
  }
  return byAccount;
}

/** Milliseconds for which the secret before the newest signs beside it, so that a receiver can change over in its own time. */
const overlapMs = 24 * 3_600_000;

/**
 * Gives an account a new callback secret and answers those that are valid now, the newest first. Callbacks are signed
 * with the old one too for 24 hours; with `at_once`, for a secret that has leaked, with the new one alone. Call it in a
 * transaction. Throws 404 `account_not_found`.
 */
export async function rotateCallbackSecret(
  tx: Db,
  accountId: number,
  now: Date,
  { at_once = false }: { at_once?: boolean } = {},
): Promise<readonly CallbackSecret[]> {
  const retiredUntil = new Date(now.getTime() + (at_once ? 0 : overlapMs));
  const replacement = { account_id: accountId, secret: createCallbackSecret(), now, retiredUntil };
  if (!(await replaceCallbackSecret(tx, replacement))) throw accountNotFound(accountId);
  return await listSecretRows(tx, [accountId], now).then((rows) => rows.map(({ account_id: _, ...secret }) => secret));
}
