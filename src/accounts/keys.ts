import type { Db } from '../db/index.ts';
import { checkKeyUsable } from './check-key.ts';
import { checkKeyFields } from './check-key-fields.ts';
import { checkRole, findScope } from './check-role.ts';
import { keyNotFound, unauthorized } from './errors.ts';
import { deleteKeyRow, findKey, listKeysLocked, updateKey } from './queries.ts';
import type { Role } from './roles.ts';
import type { ApiKey, AuthenticatedKey, KeyChange } from './schema.ts';

/** Throws 404 `key_not_found`. */
export async function getKey(db: Db, keyId: number, now: Date): Promise<ApiKey> {
  const key = await findKey(db, keyId, now);
  if (!key) throw keyNotFound(keyId);
  return key;
}

/**
 * Locks the key that asks for a change, and the one that it asks about, until `tx` ends; always in the order of their ids,
 * so that two keys that change each other wait for one another. Of a request that passed on a cached key this is the last
 * look at it.
 *
 * Throws 401 `unauthorized` for an asking key deleted meanwhile, 402 `key_disabled` and `key_expired`, 403
 * `permission_denied` when its role is lower than `needed`. The other key is null when there is none within its scope.
 */
export async function lockKeys(
  tx: Db,
  ask: { caller: Pick<AuthenticatedKey, 'key_id'>; needed: Role; now: Date; key_id?: number },
): Promise<{ asker: ApiKey; key: ApiKey | null }> {
  const { caller, needed, now, key_id = caller.key_id } = ask;
  const found = await listKeysLocked(tx, [caller.key_id, key_id], now);
  const asker = found.find(({ id }) => id === caller.key_id);
  if (asker === undefined) throw unauthorized();
  const known = { ...asker, key_name: asker.name };
  checkKeyUsable(known, now);
  checkRole(known, needed);
  const scope = findScope(asker);
  const key = found.find(({ id, account_id }) => id === key_id && (scope === null || account_id === scope));
  return { asker, key: key ?? null };
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
