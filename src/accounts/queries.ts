import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { Account, AuthenticatedKey } from './schema.ts';

/** The account of that name, made with `callbackSecret` when there is none. Safe to race. */
export async function upsertAccount(db: Db, name: string, callbackSecret: string): Promise<Account> {
  // The empty update is what makes the existing row come back, and it locks it against a concurrent change of secrets.
  const { rows } = await sql<Account>`
    insert into accounts (name, callback_secrets) values (${name}, array[${callbackSecret}])
    on conflict (name) do update set name = excluded.name
    returning *`.execute(db);
  return rows[0] as Account;
}

export async function selectAccount(db: Db, accountId: number): Promise<Account | null> {
  const row = await db.selectFrom('accounts').selectAll().where('id', '=', accountId).executeTakeFirst();
  return row ?? null;
}

export async function selectAccountByName(db: Db, name: string): Promise<Account | null> {
  const row = await db.selectFrom('accounts').selectAll().where('name', '=', name).executeTakeFirst();
  return row ?? null;
}

export async function selectAccounts(db: Db): Promise<Account[]> {
  return await db.selectFrom('accounts').selectAll().orderBy('id').execute();
}

/** One or two secrets each, by constraint of the table. */
export async function selectCallbackSecrets(db: Db, accountIds: readonly number[]) {
  const { rows } = await sql<{ id: number; callback_secrets: [string, ...string[]] }>`
    select id, callback_secrets from accounts where id = any(${accountIds}::bigint[])`.execute(db);
  return rows;
}

/** Puts a new secret first and keeps the one that was first as second. Null when there is no such account. */
export async function prependCallbackSecret(db: Db, accountId: number, secret: string): Promise<Account | null> {
  const { rows } = await sql<Account>`
    update accounts set callback_secrets = array[${secret}, callback_secrets[1]] where id = ${accountId}
    returning *`.execute(db);
  return rows[0] ?? null;
}

export interface NewKey {
  account_id: number;
  name: string;
  digest: Buffer;
  hint: string;
  allowed_models: string[] | null;
  total_limit_microcredits: number | null;
  daily_limit_microcredits: number | null;
  expires_at: Date | null;
  created_at: Date;
}

export async function insertKey(db: Db, key: NewKey): Promise<number> {
  const { id } = await db.insertInto('api_keys').values(key).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** The one read of authentication: an index probe by digest, and the account's name. */
export async function selectKeyByDigest(db: Db, digest: Buffer): Promise<AuthenticatedKey | null> {
  const row = await db
    .selectFrom('api_keys')
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .select(['api_keys.id as key_id', 'api_keys.name as key_name', 'account_id', 'accounts.name as account_name'])
    .select(['allowed_models', 'expires_at', 'disabled_at', 'last_used_at'])
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row ?? null;
}

/** Keys as lists show them; narrow it with `where`. */
export function selectKeys(db: Db) {
  return db
    .selectFrom('api_keys')
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .select(['api_keys.id', 'account_id', 'accounts.name as account_name', 'api_keys.name', 'hint', 'allowed_models'])
    .select(['total_limit_microcredits', 'daily_limit_microcredits', 'used_microcredits'])
    .select(['expires_at', 'disabled_at', 'last_used_at', 'api_keys.created_at']);
}

/** Whether there was such a key. The first time of disabling stays. */
export async function updateDisabledAt(db: Db, keyId: number, disabledAt: Date | null): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update api_keys set disabled_at = case when ${disabledAt}::timestamptz is null then null
      else coalesce(disabled_at, ${disabledAt}::timestamptz) end
    where id = ${keyId}`.execute(db);
  return numAffectedRows === 1n;
}

export async function updateExpiresAt(db: Db, keyId: number, expiresAt: Date | null): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update api_keys set expires_at = ${expiresAt} where id = ${keyId}`.execute(db);
  return numAffectedRows === 1n;
}

export async function deleteKeyRow(db: Db, keyId: number): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from api_keys where id = ${keyId}`.execute(db);
  return numAffectedRows === 1n;
}

/** Notes a use unless one was noted after `unlessAfter`, so that many processes write once. */
export async function updateLastUsedAt(db: Db, keyId: number, usedAt: Date, unlessAfter: Date): Promise<void> {
  await sql`
    update api_keys set last_used_at = ${usedAt}
    where id = ${keyId} and (last_used_at is null or last_used_at <= ${unlessAfter})`.execute(db);
}
