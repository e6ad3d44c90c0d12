import { type Account, getAccount, listAccountsBefore } from '../../accounts/index.ts';
import { type AccountRecord, type Balance, listBalances, presentCredits } from '../../credits/index.ts';
import type { Db } from '../../db/index.ts';

/** Accounts with their credits, newest first, those of ids below `idBefore`; at most `countMax`. */
export async function showAccounts(db: Db, idBefore: number, countMax: number): Promise<AccountRecord[]> {
  const accounts = await listAccountsBefore(db, idBefore, countMax);
  const ids = accounts.map(({ id }) => id);
  const balances = await listBalances(db, ids);
  return accounts.map((account, at) => presentAccount(account, balances[at] as Balance));
}

/** Throws 404 `account_not_found`. */
export async function showAccount(db: Db, accountId: number): Promise<AccountRecord> {
  const account = await getAccount(db, accountId);
  const [balance] = await listBalances(db, [accountId]);
  return presentAccount(account, balance as Balance);
}

function presentAccount({ id, name, created_at }: Account, balance: Balance): AccountRecord {
  return {
    account_id: id,
    name,
    remaining_credits: presentCredits(balance.available_microcredits),
    reserved_credits: presentCredits(balance.reserved_microcredits),
    used_credits: presentCredits(balance.spent_microcredits),
    created_at: created_at.toISOString(),
  };
}
