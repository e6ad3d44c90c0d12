import type { ColumnType, Generated, JSONColumnType, Selectable } from 'kysely';
import type { Task as Resource, TaskError } from './schema.ts';
import type { TaskStatus } from './states.ts';

type Json<T> = JSONColumnType<T & object>;
type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

interface TasksTable {
  id: string;
  account_id: number;
  api_key_id: number;
  model: string;
  type: Resource['type'];
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
  /** What its caller calls it, in forms where callers name their tasks; one task of an account each. */
  external_task_id: string | null;
  /** The form of the callback's body; null for that of the query. */
  callback_form: string | null;
  /** W3C `traceparent` of the request that made it, where requests are traced. */
  trace_parent: string | null;
  dry_run: Generated<boolean>;
  billing_rule: Resource['usage']['billing_rule'];
  reserved_microcredits: number;
  charged_microcredits: number | null;
  error: OptionalJson<TaskError>;
  result_data: OptionalJson<Record<string, unknown>>;
  results: OptionalJson<string[]>;
  created_at: ColumnType<Date, Date, never>;
  started_at: Date | null;
  finished_at: Date | null;
  /** When its owner deleted what it had made. */
  deleted_at: Date | null;
  /** When the texts and addresses of its request were forgotten for their age. */
  request_forgotten_at: Date | null;
}

/** A task as its row has it. */
export type Task = Selectable<TasksTable>;

declare module '../db/connect.ts' {
  interface Tables {
    tasks: TasksTable;
  }
}
