import type { Db } from '../db/index.ts';
import type { AuditLine, Change } from './schema.ts';

/** Writes one audit line; when, is the database's clock. Call it in the transaction of the change itself. */
export async function noteChange(tx: Db, { details = {}, ...change }: Change): Promise<void> {
  await tx
    .insertInto('audit_lines')
    .values({ ...change, details: JSON.stringify(details) })
    .execute();
}

/** The newest lines first, at most `count_max` (1 to 1000, default 100); of one account, or of all without `account_id`. */
export async function listAuditLines(
  db: Db,
  { account_id, count_max = 100 }: { account_id?: number | undefined; count_max?: number | undefined } = {},
): Promise<AuditLine[]> {
  const countMax = Math.min(Math.max(count_max, 1), 1000);
  const lines = db.selectFrom('audit_lines').selectAll().orderBy('id', 'desc').limit(countMax);
  return await (account_id === undefined ? lines : lines.where('account_id', '=', account_id)).execute();
}
