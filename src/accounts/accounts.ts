import type { Db } from '../db/index.ts';
import { createCallbackSecret } from './callback-secret.ts';
import { accountNotFound } from './errors.ts';
import {
  prependCallbackSecret,
  selectAccount,
  selectAccountByName,
  selectAccounts,
  selectCallbackSecrets,
} from './queries.ts';
import type { Account } from './schema.ts';

/** Null when there is no account of that id. */
export async function findAccount(db: Db, accountId: number): Promise<Account | null> {
  return await selectAccount(db, accountId);
}

/** Null when there is no account of that name. */
export async function findAccountByName(db: Db, name: string): Promise<Account | null> {
  return await selectAccountByName(db, name);
}

/** Throws 404 `account_not_found`. */
export async function getAccount(db: Db, accountId: number): Promise<Account> {
  const account = await selectAccount(db, accountId);
  if (!account) throw accountNotFound(accountId);
  return account;
}

/** What each account's callbacks are signed with: one secret, or two during a rotation, the newest first. */
export async function listCallbackSecrets(
  db: Db,
  accountIds: readonly number[],
): Promise<ReadonlyMap<number, readonly [string, ...string[]]>> {
  const rows = await selectCallbackSecrets(db, accountIds);
  return new Map(rows.map((row) => [row.id, row.callback_secrets]));
}

/** All accounts, oldest first. */
export async function listAccounts(db: Db): Promise<Account[]> {
  return await selectAccounts(db);
}

/**
 * Gives an account a new callback secret. Callbacks are signed with both until the next rotation drops the old one, so a
 * receiver may change over in its own time; to drop a leaked secret at once, rotate twice. Throws 404
 * `account_not_found`.
 */
export async function rotateCallbackSecret(db: Db, accountId: number): Promise<Account> {
  const account = await prependCallbackSecret(db, accountId, createCallbackSecret());
  if (!account) throw accountNotFound(accountId);
  return account;
}
