import type { Db } from '../db/index.ts';
import { checkKeyFields } from './check-key-fields.ts';
import { keyNotFound } from './errors.ts';
import { deleteKeyRow, findKey, updateKey } from './queries.ts';
import type { ApiKey, KeyChange } from './schema.ts';

/** Throws 404 `key_not_found`. */
export async function getKey(db: Db, keyId: number, now: Date): Promise<ApiKey> {
  const key = await findKey(db, keyId, now);
  if (!key) throw keyNotFound(keyId);
  return key;
}

/**
 * Changes the fields that are given. Running processes see it once their cache is cleared or has run out, at most 1 s
 * later. Throws 404 `key_not_found`, 400 `invalid_request` naming the field that breaks a rule.
 */
export async function changeKey(db: Db, keyId: number, change: KeyChange, now: Date): Promise<void> {
  checkKeyFields(change);
  if (!(await updateKey(db, keyId, change, now))) throw keyNotFound(keyId);
}

/** Switches a key off: refused everywhere within the cache's time, at most 1 s. Throws 404 `key_not_found`. */
export async function disableKey(db: Db, keyId: number, now: Date): Promise<void> {
  await changeKey(db, keyId, { disabled: true }, now);
}

/** Switches a key on again, within the same time. Throws 404 `key_not_found`. */
export async function enableKey(db: Db, keyId: number): Promise<void> {
  await changeKey(db, keyId, { disabled: false }, new Date(0));
}

/** Sets when a key ends, also in the past (then it has ended); null for never. Throws 404 `key_not_found`. */
export async function expireKey(db: Db, keyId: number, expiresAt: Date | null): Promise<void> {
  await changeKey(db, keyId, { expires_at: expiresAt }, new Date(0));
}

/** Removes a key for good: it then answers like one that never existed. Tasks keep its id. Throws 404 `key_not_found`. */
export async function deleteKey(db: Db, keyId: number): Promise<void> {
  if (!(await deleteKeyRow(db, keyId))) throw keyNotFound(keyId);
}
