import type { ColumnType, Generated, Selectable } from 'kysely';

interface CallbacksTable {
  task_id: string;
  account_id: number;
  url: string;
  state: Generated<'due' | 'delivered' | 'given_up'>;
  attempts: Generated<number>;
  /** Attempts of earlier rounds. */
  attempts_before: Generated<number>;
  created_at: ColumnType<Date, Date | undefined, never>;
  finished_at: Date | null;
}

interface CallbackAttemptsTable {
  task_id: string;
  attempt: number;
  started_at: ColumnType<Date, Date | undefined, never>;
  outcome: string | null;
  status_code: number | null;
  detail: string | null;
  duration_ms: number | null;
}

export type Callback = Selectable<CallbacksTable>;
export type CallbackAttempt = Selectable<CallbackAttemptsTable>;

declare module '../db/connect.ts' {
  interface Tables {
    callbacks: CallbacksTable;
    callback_attempts: CallbackAttemptsTable;
  }
}
