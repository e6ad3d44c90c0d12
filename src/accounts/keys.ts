import type { Db } from '../db/index.ts';
import { keyNotFound } from './errors.ts';
import { deleteKeyRow, selectKeys, updateDisabledAt, updateExpiresAt } from './queries.ts';
import type { ApiKey } from './schema.ts';

/** All keys of an account, oldest first. */
export async function listKeys(db: Db, accountId: number): Promise<ApiKey[]> {
  return await selectKeys(db).where('account_id', '=', accountId).orderBy('api_keys.id').execute();
}

/** Throws 404 `key_not_found`. */
export async function getKey(db: Db, keyId: number): Promise<ApiKey> {
  const key = await selectKeys(db).where('api_keys.id', '=', keyId).executeTakeFirst();
  if (!key) throw keyNotFound(keyId);
  return key;
}

/** Switches a key off: refused everywhere within the cache's time, at most 1 s. Throws 404 `key_not_found`. */
export async function disableKey(db: Db, keyId: number, now: Date): Promise<void> {
  if (!(await updateDisabledAt(db, keyId, now))) throw keyNotFound(keyId);
}

/** Switches a key on again, within the same time. Throws 404 `key_not_found`. */
export async function enableKey(db: Db, keyId: number): Promise<void> {
  if (!(await updateDisabledAt(db, keyId, null))) throw keyNotFound(keyId);
}

/** Sets when a key ends, also in the past (then it has ended); null for never. Throws 404 `key_not_found`. */
export async function expireKey(db: Db, keyId: number, expiresAt: Date | null): Promise<void> {
  if (!(await updateExpiresAt(db, keyId, expiresAt))) throw keyNotFound(keyId);
}

/** Removes a key for good: it then answers like one that never existed. Tasks keep its id. Throws 404 `key_not_found`. */
export async function deleteKey(db: Db, keyId: number): Promise<void> {
  if (!(await deleteKeyRow(db, keyId))) throw keyNotFound(keyId);
}
