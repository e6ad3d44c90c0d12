import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import { parseIsoTime } from '../lib/parse-iso-time.ts';
import type { Callback, CallbackAttempt } from './tables.ts';

/** Marks callbacks as due. Called by the transaction that settles their tasks, so both happen or neither. */
export async function insertCallbacks(
  tx: Db,
  callbacks: readonly { task_id: string; account_id: number; url: string }[],
): Promise<void> {
  await sql`
    insert into callbacks (task_id, account_id, url)
    select * from unnest(
      ${callbacks.map((one) => one.task_id)}::text[],
      ${callbacks.map((one) => one.account_id)}::bigint[],
      ${callbacks.map((one) => one.url)}::text[])`.execute(tx);
}

/** An attempt that may now be sent: its row stands. */
export interface OpenAttempt {
  task_id: string;
  account_id: number;
  url: string;
  /** From 1, through all rounds. */
  attempt: number;
  /** Of these, in earlier rounds. */
  attempts_before: number;
}

/** The callback of a job. `after` tells its round: how many attempts there were before it. */
export interface DueCallback {
  task_id: string;
  after?: number;
}

/**
 * Opens the next attempt of each of `due` and returns those to send: of a round that has not ended, and with fewer than
 * `attemptsMax` in it. An attempt that was opened before and never finished (its process died) counts as failed, so a
 * callback whose attempts are used up is given up here.
 */
export async function openAttempts(tx: Db, due: readonly DueCallback[], attemptsMax: number): Promise<OpenAttempt[]> {
  const ids = due.map(({ task_id }) => task_id);
  const afters = due.map(({ after = 0 }) => after);
  const { rows } = await sql<OpenAttempt>`
    with job as (
      select distinct task_id, after from unnest(${ids}::text[], ${afters}::integer[]) as job (task_id, after)
    ), abandoned as (
      update callbacks c set state = 'given_up', finished_at = now() from job
      where c.task_id = job.task_id and c.attempts_before = job.after and c.state = 'due'
        and c.attempts - c.attempts_before >= ${attemptsMax}::integer
    ), next as (
      update callbacks c set attempts = attempts + 1 from job
      where c.task_id = job.task_id and c.attempts_before = job.after and c.state = 'due'
        and c.attempts - c.attempts_before < ${attemptsMax}::integer
      returning c.task_id, account_id, url, attempts, attempts_before
    ), opened as (
      insert into callback_attempts (task_id, attempt) select task_id, attempts from next
    )
    select task_id, account_id, url, attempts as attempt, attempts_before from next`.execute(tx);
  return rows;
}

/**
 * Begins a new round of a finished task's callback, whatever became of the one before, and returns the number of attempts
 * before it. Null when there is no such callback, or when one that is due has not been tried yet: then it's about to be.
 * An attempt that is under way still ends, and decides nothing any more.
 */
export async function beginRound(tx: Db, taskId: string): Promise<number | null> {
  const { rows } = await sql<{ attempts: number }>`
    update callbacks set state = 'due', finished_at = null, attempts_before = attempts
    where task_id = ${taskId} and not (state = 'due' and attempts = attempts_before)
    returning attempts`.execute(tx);
  return rows[0]?.attempts ?? null;
}

/** Null when the task named no `callback_url` or has not ended. */
export async function findCallback(db: Db, taskId: string): Promise<Callback | null> {
  const row = await db.selectFrom('callbacks').selectAll().where('task_id', '=', taskId).executeTakeFirst();
  return row ?? null;
}

/** How one attempt ended, and what becomes of the callback. */
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
      select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as f (task_id text, attempt integer,
        outcome text, status_code integer, detail text, duration_ms integer, state text)
    ), recorded as (
      update callback_attempts a
      set outcome = f.outcome, status_code = f.status_code, detail = f.detail, duration_ms = f.duration_ms
      from finished f where a.task_id = f.task_id and a.attempt = f.attempt and a.outcome is null
    )
    update callbacks c set state = f.state, finished_at = case when f.state = 'due' then null else now() end
    from finished f
    where c.task_id = f.task_id and c.state = 'due' and c.attempts = f.attempt and c.attempts_before < f.attempt
    returning c.task_id`.execute(tx);
  return new Set(rows.map((row) => row.task_id));
}

/** A receiver's certificate may say anything, and one text that can't be stored would undo everybody's outcomes. */
function toStorable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd');
}

/** The newest `countMax` in their order. */
export async function listAttempts(db: Db, taskId: string, countMax = 1000): Promise<CallbackAttempt[]> {
  const newest = await db
    .selectFrom('callback_attempts')
    .selectAll()
    .where('task_id', '=', taskId)
    .orderBy('attempt', 'desc')
    .limit(countMax)
    .execute();
  return newest.reverse();
}

/** Those of these tasks whose callback is still due. */
export async function listDueAmong(db: Db, taskIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ task_id: string }>`
    select task_id from callbacks where task_id = any(${taskIds}::text[]) and state = 'due'`.execute(db);
  return rows.map(({ task_id }) => task_id);
}

/** Deletes the callbacks of these tasks with their attempts. Meant for the transaction that deletes the tasks. */
export async function deleteCallbacks(tx: Db, taskIds: readonly string[]): Promise<void> {
  await sql`delete from callback_attempts where task_id = any(${taskIds}::text[])`.execute(tx);
  await sql`delete from callbacks where task_id = any(${taskIds}::text[])`.execute(tx);
}

/** Deletes at most `countMax` attempts that began before that time, of callbacks that aren't due. Returns how many went. */
export async function deleteAttemptsBefore(db: Db, before: Date, countMax: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from callback_attempts where (task_id, attempt) in (
      select a.task_id, a.attempt from callback_attempts a join callbacks c using (task_id)
      where a.started_at < ${before} and c.state <> 'due' order by a.started_at limit ${countMax}
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** A callback that was given up, and its place in the list. */
export interface GivenUp {
  task_id: string;
  url: string;
  attempts: number;
  finished_at: Date;
  /** `finished_at` to the microsecond, as text. */
  position: string;
}

/** The account's callbacks that were given up at `since` or later, the newest first, behind `after` (position and task). */
export async function listGivenUp(
  db: Db,
  accountId: number,
  { since, after, countMax }: { since: Date; after: readonly [string, string] | null; countMax: number },
): Promise<GivenUp[]> {
  const [position, taskId] = after ?? ['infinity', ''];
  const { rows } = await sql<GivenUp>`
    select task_id, url, attempts, finished_at,
      to_char(finished_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as position
    from callbacks
    where account_id = ${accountId} and state = 'given_up' and finished_at >= ${since}
      and (finished_at, task_id) < (${isTime(position) ? position : 'infinity'}::timestamptz, ${taskId}::text)
    order by finished_at desc, task_id desc limit ${countMax}`.execute(db);
  return rows;
}

/** A cursor that somebody wrote by hand begins at the beginning. */
function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text) && parseIsoTime(text) !== null;
}
