import { type Db, transaction } from '../db/index.ts';
import { checkKeyFields, checkName } from './check-key-fields.ts';
import { invalidKeyField } from './errors.ts';
import { computeKeyDigest, createCallbackSecret, createKeyText, presentKeyHint } from './key-text.ts';
import { insertKey, upsertAccount } from './queries.ts';
import type { Role } from './roles.ts';

/** What a new key is to be; amounts are whole microcredits. */
export interface KeyRequest {
  /** Name of the account, 1 to 64 characters; made when there is none. */
  account: string;
  /** Name of the key, 1 to 64 characters, need not be unique. */
  name: string;
  /** Default `caller`. */
  role?: Role | undefined;
  /** Models that the key may use, at least one; null or absent for all. */
  allowed_models?: readonly string[] | null | undefined;
  /** What the key may spend in all; null or absent for no limit. */
  total_limit_microcredits?: number | null | undefined;
  /** What the key may spend from midnight to midnight UTC; null or absent for no limit. */
  daily_limit_microcredits?: number | null | undefined;
  /** Of a key that can be used by a pair as well, from `Pairs.create`. */
  access_key?: string | undefined;
  /** Must lie in the future; null or absent for never. */
  expires_at?: Date | null | undefined;
}

/** A key as it was just made. */
export interface CreatedKey {
  /** The key itself. Shown this once: only its digest is stored. */
  key: string;
  key_id: number;
  name: string;
  account_id: number;
  account_name: string;
  /** The account's current secret, for checking callback signatures. */
  callback_secret: string;
  /** Whether the account was made with the key. */
  is_new_account: boolean;
}

/**
 * Makes a key of the named account, and the account when there is none. One transaction. Throws 400 `invalid_request`
 * naming the field that breaks a rule.
 */
export async function createKey(db: Db, request: KeyRequest, now: Date): Promise<CreatedKey> {
  checkName('account', request.account);
  checkRequest(request, now);
  return await transaction(db, async (tx) => {
    const account = await upsertAccount(tx, request.account, createCallbackSecret());
    const { key, key_id } = await createKeyOf(tx, account.id, request, now);
    const { callback_secret, is_new } = account;
    return {
      key,
      key_id,
      name: request.name,
      account_id: account.id,
      account_name: account.name,
      callback_secret,
      is_new_account: is_new,
    };
  });
}

/** Makes a key of an account that is there. Throws 400 `invalid_request` naming the field that breaks a rule. */
export async function createKeyOf(
  db: Db,
  accountId: number,
  request: Omit<KeyRequest, 'account'>,
  now: Date,
): Promise<{ key: string; key_id: number }> {
  checkRequest(request, now);
  const key = createKeyText();
  const key_id = await insertKey(db, {
    account_id: accountId,
    name: request.name,
    role: request.role ?? 'caller',
    digest: computeKeyDigest(key),
    hint: presentKeyHint(key),
    access_key: request.access_key ?? null,
    allowed_models: request.allowed_models ? [...request.allowed_models] : null,
    total_limit_microcredits: request.total_limit_microcredits ?? null,
    daily_limit_microcredits: request.daily_limit_microcredits ?? null,
    expires_at: request.expires_at ?? null,
    created_at: now,
  });
  return { key, key_id };
}

function checkRequest(request: Omit<KeyRequest, 'account'>, now: Date): void {
  checkKeyFields(request);
  if (request.expires_at && !(request.expires_at > now)) {
    throw invalidKeyField('expires_at', 'must be a time in the future');
  }
}
