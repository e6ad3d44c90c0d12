import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import { countsToday, utcDay } from './allowance-queries.ts';
import type { Role } from './roles.ts';
import type { Account, ApiKey, AuthenticatedKey, CallbackSecret, KeyChange } from './schema.ts';

const accountColumns = ['id', 'name', 'created_at'] as const;

/** The account of that name and its newest secret, made with `callbackSecret` when there is none. Safe to race. */
export async function upsertAccount(db: Db, name: string, callbackSecret: string) {
  // The empty update is what makes the existing row come back, and it locks it against a concurrent change of secrets.
  const { rows } = await sql<Account & { callback_secret: string; is_new: boolean }>`
    insert into accounts (name, callback_secrets) values (${name}, array[${callbackSecret}])
    on conflict (name) do update set name = excluded.name
    returning id, name, created_at, callback_secrets[1] as callback_secret, xmax = 0 as is_new`.execute(db);
  return rows[0] as Account & { callback_secret: string; is_new: boolean };
}

/** Null, and nothing written, when there is an account of that name. */
export async function insertAccount(db: Db, name: string, callbackSecret: string): Promise<Account | null> {
  const row = await db
    .insertInto('accounts')
    .values({ name, callback_secrets: [callbackSecret] })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning(accountColumns)
    .executeTakeFirst();
  return row ?? null;
}

/** Null when there is none. */
export async function findAccount(db: Db, accountId: number): Promise<Account | null> {
  const row = await db.selectFrom('accounts').select(accountColumns).where('id', '=', accountId).executeTakeFirst();
  return row ?? null;
}

/** Null when there is none. */
export async function findAccountByName(db: Db, name: string): Promise<Account | null> {
  const row = await db.selectFrom('accounts').select(accountColumns).where('name', '=', name).executeTakeFirst();
  return row ?? null;
}

/** All of them, oldest first. */
export async function listAccounts(db: Db): Promise<Account[]> {
  return await db.selectFrom('accounts').select(accountColumns).orderBy('id').execute();
}

/** Newest first, those of ids below `idBefore`; at most `countMax`. */
export async function listAccountsBefore(db: Db, idBefore: number, countMax: number): Promise<Account[]> {
  const accounts = db.selectFrom('accounts').select(accountColumns).where('id', '<', idBefore);
  return await accounts.orderBy('id', 'desc').limit(countMax).execute();
}

/** Those valid at `now` of each account, the newest first. */
export async function listSecretRows(db: Db, accountIds: readonly number[], now: Date) {
  const { rows } = await sql<CallbackSecret & { account_id: number }>`
    select id as account_id, callback_secrets[1] as secret, callback_secret_created_at as created_at,
      null::timestamptz as expires_at
    from accounts where id = any(${accountIds}::bigint[])
    union all
    select account_id, secret, created_at, expires_at from retired_callback_secrets
    where account_id = any(${accountIds}::bigint[]) and expires_at > ${now}::timestamptz
    order by account_id, expires_at desc nulls first`.execute(db);
  return rows;
}

/**
 * Puts a new secret in the place of the newest, which then ends at `retiredUntil`; all that have ended by `now`, and all
 * that would outlive `retiredUntil`, are cut to that. False when there is no such account.
 */
export async function replaceCallbackSecret(
  db: Db,
  replacement: { account_id: number; secret: string; now: Date; retiredUntil: Date },
): Promise<boolean> {
  const { account_id, secret, now, retiredUntil } = replacement;
  const old = await db
    .selectFrom('accounts')
    .select(['callback_secrets', 'callback_secret_created_at'])
    .where('id', '=', account_id)
    .forUpdate()
    .executeTakeFirst();
  if (old === undefined) return false;
  await db
    .insertInto('retired_callback_secrets')
    .values({
      account_id,
      secret: old.callback_secrets[0] as string,
      created_at: old.callback_secret_created_at,
      expires_at: retiredUntil,
    })
    .execute();
  await db
    .updateTable('accounts')
    .set({ callback_secrets: [secret], callback_secret_created_at: now })
    .where('id', '=', account_id)
    .execute();
  await db
    .updateTable('retired_callback_secrets')
    .set({ expires_at: retiredUntil })
    .where('account_id', '=', account_id)
    .where('expires_at', '>', retiredUntil)
    .execute();
  // What signs nothing any more needn't lie about.
  await db
    .deleteFrom('retired_callback_secrets')
    .where('account_id', '=', account_id)
    .where('expires_at', '<=', now)
    .execute();
  return true;
}

export interface NewKey {
  account_id: number;
  name: string;
  role: Role;
  digest: Buffer;
  hint: string;
  /** Of a key that has a pair. */
  access_key: string | null;
  allowed_models: string[] | null;
  total_limit_microcredits: number | null;
  daily_limit_microcredits: number | null;
  expires_at: Date | null;
  created_at: Date;
}

/** Returns the new key's id. */
export async function insertKey(db: Db, key: NewKey): Promise<number> {
  const { id } = await db.insertInto('api_keys').values(key).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** The one read of authentication: an index probe by digest, and the account's name. */
export async function findKeyByDigest(db: Db, digest: Buffer): Promise<AuthenticatedKey | null> {
  return (await usableKeys(db).where('digest', '=', digest).executeTakeFirst()) ?? null;
}

/** The same for a key that has a pair, by its public half. */
export async function findKeyByAccessKey(db: Db, accessKey: string): Promise<AuthenticatedKey | null> {
  return (await usableKeys(db).where('access_key', '=', accessKey).executeTakeFirst()) ?? null;
}

function usableKeys(db: Db) {
  return db
    .selectFrom('api_keys')
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .select(['api_keys.id as key_id', 'api_keys.name as key_name', 'account_id', 'accounts.name as account_name'])
    .select(['role', 'allowed_models', 'expires_at', 'disabled_at', 'last_used_at']);
}

/** All keys of an account, or of all accounts for null, oldest first; today's use is that of the UTC day of `now`. */
export async function listKeys(db: Db, accountId: number | null, now: Date): Promise<ApiKey[]> {
  const keys = keysOn(db, utcDay(now)).orderBy('api_keys.id');
  return await (accountId === null ? keys : keys.where('account_id', '=', accountId)).execute();
}

/** Null when there is none; today's use is that of the UTC day of `now`. */
export async function findKey(db: Db, keyId: number, now: Date): Promise<ApiKey | null> {
  return (await keysOn(db, utcDay(now)).where('api_keys.id', '=', keyId).executeTakeFirst()) ?? null;
}

/** Newest first, those of ids below `idBefore`, of an account or of all for null. */
export async function listKeysBefore(
  db: Db,
  accountId: number | null,
  idBefore: number,
  countMax: number,
  now: Date,
): Promise<ApiKey[]> {
  const keys = keysOn(db, utcDay(now))
    .where('api_keys.id', '<', idBefore)
    .orderBy('api_keys.id', 'desc')
    .limit(countMax);
  return await (accountId === null ? keys : keys.where('account_id', '=', accountId)).execute();
}

/** Those of `ids` that are there, in the order of their ids, locked until `tx` ends. */
export async function listKeysLocked(tx: Db, ids: readonly number[], now: Date): Promise<ApiKey[]> {
  const keys = keysOn(tx, utcDay(now)).where('api_keys.id', 'in', ids).orderBy('api_keys.id');
  return await keys.forNoKeyUpdate('api_keys').execute();
}

/** Keys as lists show them, on the UTC date `day`. */
function keysOn(db: Db, day: string) {
  return db
    .selectFrom('api_keys')
    .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
    .select(['api_keys.id', 'account_id', 'accounts.name as account_name', 'api_keys.name', 'role'])
    .select([
      'hint',
      'access_key',
      'allowed_models',
      'total_limit_microcredits',
      'daily_limit_microcredits',
      'used_microcredits',
    ])
    .select(
      sql<number>`case when ${countsToday(day)} then used_today_microcredits else 0 end`.as('used_today_microcredits'),
    )
    .select(['expires_at', 'disabled_at', 'last_used_at', 'api_keys.created_at']);
}

/** Whether there was such a key. The first time of disabling stays. */
export async function updateKey(db: Db, keyId: number, change: KeyChange, now: Date): Promise<boolean> {
  const { disabled, allowed_models, ...columns } = change;
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
  const result = await db
    .updateTable('api_keys')
    .set({
      name: sql<string>`name`, // an update must set something
      ...given,
      ...(allowed_models === undefined ? {} : { allowed_models: allowed_models && [...allowed_models] }),
      ...(disabled === undefined ? {} : { disabled_at: disabled ? sql<Date>`coalesce(disabled_at, ${now})` : null }),
    })
    .where('id', '=', keyId)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Whether there was such a key. */
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
