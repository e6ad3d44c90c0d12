import type { ColumnType, Generated, JSONColumnType, Selectable } from 'kysely';
import type { TaskStatus } from './states.ts';

/** The public error of a task, as it is stored and sent. */
export interface TaskError {
  code: string;
  message: string;
  type: 'task_error';
  param?: string;
}

type Json<T> = JSONColumnType<T & object>;
type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

export interface TasksTable {
  id: string;
  account_id: number;
  api_key_id: number;
  model: string;
  type: string;
  status: Generated<TaskStatus>;
  progress: Generated<number>;
  step: string | null;
  attempt: Generated<number>;
  tries: Generated<number>;
  losses: Generated<number>;
  request: Json<unknown>;
  request_digest: Buffer | null;
  idempotency_key: string | null;
  callback_url: string | null;
  billing_rule: string;
  reserved_microcredits: number;
  charged_microcredits: number | null;
  error: OptionalJson<TaskError>;
  result_data: OptionalJson<Record<string, unknown>>;
  results: OptionalJson<string[]>;
  created_at: ColumnType<Date, Date, never>;
  started_at: Date | null;
  finished_at: Date | null;
}

export type Task = Selectable<TasksTable>;

declare module '../db/connect.ts' {
  interface Tables {
    tasks: TasksTable;
  }
}
