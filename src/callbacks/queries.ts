import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { CallbackAttempt } from './tables.ts';

/** Marks a callback as due. Called by the transaction that settles the task, so both happen or neither. */
export async function insertCallback(
  tx: Db,
  callback: { task_id: string; account_id: number; url: string },
): Promise<void> {
  await tx.insertInto('callbacks').values(callback).execute();
}

/** An attempt that may now be sent: its row stands. */
export interface OpenAttempt {
  task_id: string;
  account_id: number;
  url: string;
  /** 1 to 4. */
  attempt: number;
}

/**
 * Opens the next attempt of each due callback of `taskIds` and returns those to send. An attempt that was opened before
 * and never finished (its process died) counts as failed, so a callback whose attempts are used up is given up here.
 */
export async function openAttempts(tx: Db, taskIds: readonly string[], attemptsMax: number): Promise<OpenAttempt[]> {
  const { rows } = await sql<OpenAttempt>`
    with abandoned as (
      update callbacks set state = 'given_up', finished_at = now()
      where task_id = any(${taskIds}::text[]) and state = 'due' and attempts >= ${attemptsMax}::smallint
    ), next as (
      update callbacks set attempts = attempts + 1
      where task_id = any(${taskIds}::text[]) and state = 'due' and attempts < ${attemptsMax}::smallint
      returning task_id, account_id, url, attempts
    ), opened as (
      insert into callback_attempts (task_id, attempt) select task_id, attempts from next
    )
    select task_id, account_id, url, attempts as attempt from next`.execute(tx);
  return rows;
}

export interface FinishedAttempt {
  task_id: string;
  attempt: number;
  outcome: string;
  status_code: number | null;
  detail: string | null;
  duration_ms: number;
  /** What becomes of the callback: `due` when another attempt follows. */
  state: 'due' | 'delivered' | 'given_up';
}

/**
 * Records the outcomes of attempts, each once, and what becomes of their callbacks. Returns the tasks whose attempt was
 * still the latest one; of the others somebody else takes care.
 */
export async function finishAttempts(tx: Db, finished: readonly FinishedAttempt[]): Promise<Set<string>> {
  const lines = finished.map((line) => ({ ...line, detail: line.detail === null ? null : toStorable(line.detail) }));
  const { rows } = await sql<{ task_id: string }>`
    with finished as (
      select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as f (task_id text, attempt smallint,
        outcome text, status_code integer, detail text, duration_ms integer, state text)
    ), recorded as (
      update callback_attempts a
      set outcome = f.outcome, status_code = f.status_code, detail = f.detail, duration_ms = f.duration_ms
      from finished f where a.task_id = f.task_id and a.attempt = f.attempt and a.outcome is null
    )
    update callbacks c set state = f.state, finished_at = case when f.state = 'due' then null else now() end
    from finished f where c.task_id = f.task_id and c.state = 'due' and c.attempts = f.attempt
    returning c.task_id`.execute(tx);
  return new Set(rows.map((row) => row.task_id));
}

/** A receiver's certificate may say anything, and one text that can't be stored would undo everybody's outcomes. */
function toStorable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

export async function listAttempts(db: Db, taskId: string): Promise<CallbackAttempt[]> {
  return await db
    .selectFrom('callback_attempts')
    .selectAll()
    .where('task_id', '=', taskId)
    .orderBy('attempt')
    .execute();
}
