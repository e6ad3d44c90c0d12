import type { Db } from '../db/index.ts';
import { insertAuditLine } from './queries.ts';
import type { Change } from './schema.ts';

/** Writes one audit line; when, is the database's clock. Call it in the transaction of the change itself. */
export async function noteChange(tx: Db, change: Change): Promise<void> {
  await insertAuditLine(tx, change);
}
