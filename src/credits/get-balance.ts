import type { Db } from '../db/index.ts';
import { findBalance } from './queries.ts';
import type { Balance } from './schema.ts';

/** What an account has now; zeros for one that never got credits. */
export async function getBalance(db: Db, accountId: number): Promise<Balance> {
  const balance = await findBalance(db, accountId);
  return (
    balance ?? {
      account_id: accountId,
      granted_microcredits: 0,
      available_microcredits: 0,
      reserved_microcredits: 0,
      spent_microcredits: 0,
    }
  );
}
