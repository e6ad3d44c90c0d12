import type { Db } from '../db/index.ts';
import { checkKeyUsable } from './check-key.ts';
import { unauthorized } from './errors.ts';
import { computeKeyDigest, isKeyText } from './key-text.ts';
import { findKeyByDigest } from './queries.ts';
import type { AuthenticatedKey } from './schema.ts';

/**
 * Whose key this is. One index probe, none for a text that has not the form of a key. Requests go through
 * `createKeyCache`, which answers the same.
 *
 * Throws 401 `unauthorized` for any text that isn't a key of ours, always with the same body; 402 `key_disabled` and
 * `key_expired`.
 */
export async function authenticateKey(db: Db, text: string | undefined, now: Date): Promise<AuthenticatedKey> {
  if (text === undefined || !isKeyText(text)) throw unauthorized();
  const key = await findKeyByDigest(db, computeKeyDigest(text));
  if (!key) throw unauthorized();
  checkKeyUsable(key, now);
  return key;
}
