import { sql } from 'kysely';
import { checkLedger, getBalance, listTransfers } from '../../src/credits/index.ts';
import type { Db } from '../../src/db/index.ts';

/** What tests look at after a use case: rows, jobs and the ledger, which must always add up. */
export async function loadBooks(db: Db, accountId: number) {
  const discrepancies = await checkLedger(db);
  if (discrepancies.length > 0) throw new Error(`the ledger is wrong: ${JSON.stringify(discrepancies)}`);
  const balance = await getBalance(db, accountId);
  const credits = (microcredits: number) => microcredits / 1_000_000;
  return {
    available: credits(balance.available_microcredits),
    reserved: credits(balance.reserved_microcredits),
    spent: credits(balance.spent_microcredits),
  };
}

/** Kinds of the transfers of one task, oldest first. */
export async function listKinds(db: Db, accountId: number, taskId: string): Promise<string[]> {
  const transfers = await listTransfers(db, { account_id: accountId, count_max: 1000 });
  return transfers
    .filter((transfer) => transfer.task_id === taskId)
    .sort((one, other) => one.id - other.id)
    .map((transfer) => transfer.kind);
}

export async function countRows(db: Db, table: 'tasks' | 'elements' | 'callbacks' | 'jobs.job'): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(db);
  return rows[0]?.count ?? 0;
}
