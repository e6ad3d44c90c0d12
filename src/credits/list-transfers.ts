import type { Db } from '../db/index.ts';
import { selectTransfers } from './queries.ts';
import type { Transfer } from './schema.ts';

/**
 * One account's ledger, newest first, at most `count_max` (1 to 1000, default 100) rows; the next page starts at
 * `id_before` = the last row's id.
 */
export async function listTransfers(
  db: Db,
  page: { account_id: number; id_before?: number; count_max?: number },
): Promise<Transfer[]> {
  const countMax = Math.min(Math.max(page.count_max ?? 100, 1), 1000);
  return await selectTransfers(db, page.account_id, page.id_before ?? Number.MAX_SAFE_INTEGER, countMax);
}
