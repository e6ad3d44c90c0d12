import type { Db } from '../db/index.ts';
import type { AuditLine, Change } from './schema.ts';

/** Meant for the transaction of the change that it tells of. */
export async function insertAuditLine(db: Db, { details = {}, ...change }: Change): Promise<void> {
  await db
    .insertInto('audit_lines')
    .values({ ...change, details: JSON.stringify(details) })
    .execute();
}

/** Newest first. */
export async function selectAuditLines(db: Db, accountId: number | null, countMax: number): Promise<AuditLine[]> {
  const lines = db.selectFrom('audit_lines').selectAll().orderBy('id', 'desc').limit(countMax);
  return await (accountId === null ? lines : lines.where('account_id', '=', accountId)).execute();
}
