import type { Db } from '../db/index.ts';
import { orderConflict } from './errors.ts';
import { findCreditOrderDigest, insertCreditOrder } from './queries.ts';

/**
 * Claims an idempotency key for a movement of an account's credits: true in the one transaction that may move them, false
 * when they have moved before. Of several at once the later ones wait for the first to end; when that rolls back, the next
 * one has the claim. `request_digest` is the SHA-256 of what was asked for. Throws 409 `idempotency_conflict` when the key
 * came with another request before.
 */
export async function placeOrder(
  tx: Db,
  order: { account_id: number; idempotency_key: string; request_digest: Buffer },
): Promise<boolean> {
  if (await insertCreditOrder(tx, order)) return true;
  const earlier = await findCreditOrderDigest(tx, order.account_id, order.idempotency_key);
  if (!earlier?.equals(order.request_digest)) throw orderConflict();
  return false;
}
