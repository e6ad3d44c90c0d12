import type { Db } from '../db/index.ts';
import { findBalance, listBalanceRows } from './queries.ts';
import type { Balance } from './schema.ts';

/** What an account has now; zeros for one that never got credits. */
export async function getBalance(db: Db, accountId: number): Promise<Balance> {
  return (await findBalance(db, accountId)) ?? createEmptyBalance(accountId);
}

/** What each of these accounts has now, in their order. */
export async function listBalances(db: Db, accountIds: readonly number[]): Promise<Balance[]> {
  const found = new Map((await listBalanceRows(db, accountIds)).map((balance) => [balance.account_id, balance]));
  return accountIds.map((id) => found.get(id) ?? createEmptyBalance(id));
}

function createEmptyBalance(accountId: number): Balance {
  return {
    account_id: accountId,
    granted_microcredits: 0,
    available_microcredits: 0,
    reserved_microcredits: 0,
    spent_microcredits: 0,
  };
}
