import type { ColumnType, Generated, JSONColumnType, Selectable } from 'kysely';
import type { ErrorCode } from '../lib/errors.ts';

/** A failure as it is kept: what is needed to raise the same error again in a later call. */
export interface StoredFailure {
  code: ErrorCode;
  status: number;
  message: string;
  param?: string;
  detail?: string;
}

/** What an upstream task is for: a task of ours that is billed there (`video`, also one for pictures), an element of ours, or an existing element made known upstream. */
export type Purpose = 'video' | 'element' | 'provision';

export type KlingTaskState = 'waiting' | 'sending' | 'submitted' | 'succeeded' | 'failed';

/**
 * What a look at a task told: it is being made, or done and kept; done, and without a result so far; not there; or nothing
 * that can be relied on.
 */
export type LookSaid = 'running' | 'empty' | 'absent' | 'unclear';

interface KlingTasksTable {
  external_task_id: string;
  arrival: Generated<number>;
  purpose: Purpose;
  subject: string;
  credential: string;
  endpoint: string;
  product: Generated<string>;
  owner: Generated<string>;
  state: Generated<KlingTaskState>;
  holds_slot: boolean;
  slots: Generated<number>;
  sends: Generated<number>;
  expected_units: Generated<number>;
  units: number | null;
  upstream_task_id: string | null;
  request_ids: Generated<string[]>;
  last_answer: string | null;
  failure: JSONColumnType<StoredFailure> | null;
  created_at: ColumnType<Date, never, never>;
  waited_at: ColumnType<Date, never, never>;
  sent_at: Date | null;
  resent_at: Date | null;
  unanswered: Generated<number>;
  taken_at: Date | null;
  look: LookSaid | null;
  looks: Generated<number>;
  looked_at: Date | null;
  look_since: Date | null;
  polled_at: Date | null;
  hinted_at: Date | null;
  finished_at: Date | null;
  unwanted_at: Date | null;
  removed_at: Date | null;
  forgotten_at: Date | null;
}

interface KlingElementsTable {
  element_id: number;
  credential: string;
  upstream_element_id: string;
  origin: 'created' | 'provisioned' | 'adopted';
  /** Of those adopted: whose library it is in. */
  account_id: number | null;
  created_at: ColumnType<Date, never, never>;
  deleted_at: Date | null;
  unwanted_at: Date | null;
}

export type ElementBinding = Selectable<KlingElementsTable>;

declare module '../db/connect.ts' {
  interface Tables {
    kling_tasks: KlingTasksTable;
    kling_elements: KlingElementsTable;
  }
}
