import {
  type ApiKey,
  type AuthenticatedKey,
  cannotEndItself,
  checkGrant,
  createKeyOf,
  type Grant,
  getKey,
  hasRole,
  isWider,
  type KeyChange,
  type KeyPair,
  type KeyRequest,
  keyNotFound,
  keysChanged,
  lockKeys,
} from '../../accounts/index.ts';
import { noteChange } from '../../audit/index.ts';
import { transaction } from '../../db/index.ts';
import { announce } from '../../jobs/index.ts';
import type { Context } from '../context.ts';
import { editKey, removeKey } from './change-keys.ts';

/** What these need of the context. */
type KeysContext = Pick<Context, 'database' | 'clock' | 'keyCache' | 'pairs'>;

/** What a manager's key asks for, or an admin's of any account; what isn't named, the new key has as the asking one. */
export interface KeyOrder extends Omit<KeyRequest, 'account' | 'access_key'> {
  account_id: number;
  /** Whether it is to have a pair as well. */
  pair?: boolean | undefined;
}

/**
 * Makes a key at the word of another, which can give no more than it has: role, models, limits and end. One transaction
 * with its audit line. Answers the key itself, and its pair, this once, and its record. Throws 403 `permission_denied` naming what is
 * too much, 400 `invalid_request`, and as `lockKeys` does.
 */
export async function createKeyByKey(
  { database, clock, pairs }: KeysContext,
  caller: AuthenticatedKey,
  { account_id, pair: hasPair, ...order }: KeyOrder,
): Promise<{ key: string; pair: KeyPair | null; record: ApiKey }> {
  const now = clock.now();
  const pair = hasPair === true ? await pairs.create() : null;
  return await transaction(database.db, async (tx) => {
    const { asker } = await lockKeys(tx, { caller, needed: 'manager', now });
    const request = { ...order, ...chooseGrant(asker, order), access_key: pair?.access_key };
    checkGrant(asker, request);
    const { key, key_id } = await createKeyOf(tx, account_id, request, now);
    const record = await getKey(tx, key_id, now);
    await noteChange(tx, {
      actor: `key:${asker.id}`,
      action: 'key.create',
      subject: `key:${key_id}`,
      account_id,
      details: { ...request, account: record.account_name },
    });
    await announce(tx, keysChanged);
    return { key, pair, record };
  });
}

function chooseGrant(asker: ApiKey, order: Omit<KeyOrder, 'account_id' | 'pair'>): Grant {
  const choose = <T>(ordered: T | undefined, own: T): T => (ordered === undefined ? own : ordered);
  return {
    role: order.role ?? 'caller',
    allowed_models: choose(order.allowed_models && [...order.allowed_models], asker.allowed_models),
    total_limit_microcredits: choose(order.total_limit_microcredits, asker.total_limit_microcredits),
    daily_limit_microcredits: choose(order.daily_limit_microcredits, asker.daily_limit_microcredits),
    expires_at: choose(order.expires_at, asker.expires_at),
  };
}

/**
 * Changes a key at the word of another, and answers it as it is then. What the key may do after it and couldn't before must
 * be no more than the asking key has; narrowing is always allowed, but for keys of a higher role and for ending oneself.
 * Throws 404 `key_not_found` (also for a key of another account), 403 `permission_denied`, 400 `invalid_request`, and as
 * `lockKeys` does.
 */
export async function editKeyByKey(
  { database, clock, keyCache }: KeysContext,
  caller: AuthenticatedKey,
  keyId: number,
  change: KeyChange,
): Promise<ApiKey> {
  const now = clock.now();
  const edited = await transaction(database.db, async (tx) => {
    const { asker, key: before } = await lockKeys(tx, { caller, needed: 'manager', now, key_id: keyId });
    if (before === null) throw keyNotFound(keyId);
    if (!hasRole(asker.role, before.role)) checkGrant(asker, before);
    const ending = findEnding(change);
    if (before.id === asker.id && ending !== null) throw cannotEndItself(ending);
    const after = await editKey(tx, `key:${asker.id}`, keyId, change, now);
    if (isWider(before, after)) checkGrant(asker, after);
    return after;
  });
  // Other processes hear of it by the announcement; this one must not answer before it has forgotten.
  keyCache.clear();
  return edited;
}

/** Which field ends the key, now or later. */
function findEnding({ disabled, expires_at }: KeyChange): string | null {
  if (disabled === true) return 'disabled';
  return expires_at instanceof Date ? 'expires_at' : null;
}

/** Deletes a key at the word of another. Throws 404 `key_not_found`, 403 `permission_denied`, and as `lockKeys` does. */
export async function deleteKeyByKey(
  { database, clock, keyCache }: KeysContext,
  caller: AuthenticatedKey,
  keyId: number,
): Promise<void> {
  const now = clock.now();
  await transaction(database.db, async (tx) => {
    const { asker, key } = await lockKeys(tx, { caller, needed: 'manager', now, key_id: keyId });
    if (key === null) throw keyNotFound(keyId);
    if (!hasRole(asker.role, key.role)) checkGrant(asker, key);
    if (key.id === asker.id) throw cannotEndItself();
    await removeKey(tx, `key:${asker.id}`, keyId, now);
  });
  keyCache.clear();
}
