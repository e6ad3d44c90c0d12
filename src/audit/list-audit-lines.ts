import type { Db } from '../db/index.ts';
import { selectAuditLines } from './queries.ts';
import type { AuditLine } from './schema.ts';

/** The newest lines first, at most `count_max` (1 to 1000, default 100); of one account, or of all without `account_id`. */
export async function listAuditLines(
  db: Db,
  page: { account_id?: number | undefined; count_max?: number | undefined } = {},
): Promise<AuditLine[]> {
  const countMax = Math.min(Math.max(page.count_max ?? 100, 1), 1000);
  return await selectAuditLines(db, page.account_id ?? null, countMax);
}
