import type { Generated } from 'kysely';

interface BalancesTable {
  account_id: number;
  granted_microcredits: Generated<number>;
  available_microcredits: Generated<number>;
  reserved_microcredits: Generated<number>;
  spent_microcredits: Generated<number>;
}

export type TransferKind = 'top_up' | 'withdraw' | 'reserve' | 'settle' | 'refund' | 'release';
type LedgerAccount = 'granted' | 'available' | 'reserved' | 'spent';

interface TransfersTable {
  id: Generated<number>;
  account_id: number;
  kind: TransferKind;
  debit: LedgerAccount;
  credit: LedgerAccount;
  amount_microcredits: number;
  task_id: string | null;
  note: string | null;
  created_at: Generated<Date>;
}

interface CreditOrdersTable {
  account_id: number;
  idempotency_key: string;
  request_digest: Buffer;
  created_at: Generated<Date>;
}

declare module '../db/connect.ts' {
  interface Tables {
    balances: BalancesTable;
    transfers: TransfersTable;
    credit_orders: CreditOrdersTable;
  }
}
