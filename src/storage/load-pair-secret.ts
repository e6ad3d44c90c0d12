import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Storage } from './storage.ts';

/** Where the secret lies: no link leads there, and no sweep. */
const pairSecretKey = 'troupe-pair-secret';

/**
 * The secret that the secret halves of key pairs are derived from: drawn by the process that asks first, the same for all of them ever after. It
 * lies in the storage, so that who has the database alone can sign nothing.
 */
export async function loadPairSecret(storage: Storage): Promise<Buffer> {
  const drawn = randomBytes(32).toString('base64url');
  await storage.putNew(pairSecretKey, Buffer.from(`${drawn}\n`));
  return Buffer.from((await buffer(await storage.get(pairSecretKey))).toString().trim(), 'base64url');
}
