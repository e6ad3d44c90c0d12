import type { Db } from '../db/index.ts';
import { listTransferRows } from './queries.ts';
import type { Transfer } from './schema.ts';
import type { TransferKind } from './tables.ts';

/** What each kind does to the credits that can be reserved. */
const effects: Readonly<Record<TransferKind, -1 | 0 | 1>> = {
  top_up: 1,
  withdraw: -1,
  reserve: -1,
  settle: 0,
  refund: 1,
  release: 1,
};

/** A transfer, and what could be reserved after it and before it, in the order of ids. */
export interface LedgerLine extends Transfer {
  balance_after_microcredits: number;
  balance_before_microcredits: number;
}

/** Where a ledger goes on: behind this transfer, before which there was this balance. */
export interface LedgerPlace {
  id: number;
  balance_microcredits: number;
}

/**
 * An account's ledger, newest first, behind `place` or from now on for null; at most `count_max` lines. Balances are counted
 * back from the present one, line by line, so that no page reads what other pages show.
 */
export async function listLedger(
  db: Db,
  accountId: number,
  place: LedgerPlace | null,
  countMax: number,
): Promise<LedgerLine[]> {
  const rows = await listTransferRows(db, accountId, place?.id ?? Number.MAX_SAFE_INTEGER, countMax);
  let balance = place?.balance_microcredits ?? rows[0]?.available_microcredits ?? 0;
  return rows.map(({ available_microcredits: _, ...transfer }) => {
    const balance_after_microcredits = balance;
    balance -= effects[transfer.kind] * transfer.amount_microcredits;
    return { ...transfer, balance_after_microcredits, balance_before_microcredits: balance };
  });
}
