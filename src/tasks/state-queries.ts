import { type SqlBool, sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { TaskError } from './schema.ts';
import { statesBefore } from './states.ts';
import type { Task } from './tables.ts';

/**
 * Claims unfinished tasks for a new attempt and returns them. Raising `attempt` shuts out every earlier claim: a worker
 * that was paused and wakes up late writes with the old number and changes nothing. A task that is still `processing` was
 * lost by its worker without a word: the same try goes on, and one more of `losses` is counted.
 */
export async function claimTasks(tx: Db, ids: readonly string[]): Promise<Task[]> {
  return await tx
    .updateTable('tasks')
    .set({
      status: 'processing',
      attempt: sql`attempt + 1`,
      tries: sql`case status when 'processing' then tries else tries + 1 end`,
      losses: sql`case status when 'processing' then losses + 1 else losses end`,
      progress: 1,
      step: null,
      started_at: sql`coalesce(started_at, now())`,
    })
    .where(sql<SqlBool>`id = any(${ids}::text[])`)
    .where('status', 'in', statesBefore('processing'))
    .returningAll()
    .execute();
}

/**
 * Why a claimed task is worked on no more. `failed`: the attempt went wrong, and its try is used up. `stopped`: its worker
 * stops, `waits`: for its turn; nothing of the task has a part in either, so the try is given back.
 */
export type ReleaseReason = 'failed' | 'stopped' | 'waits';

/**
 * A claimed task waits, for another attempt or for its turn: `pending` again. One that only waits still has its losses:
 * its worker may be killed by the work to come. Returns false when the claim is no longer valid.
 */
export async function releaseTask(tx: Db, claim: Claim, reason: ReleaseReason): Promise<boolean> {
  const result = await heldBy(tx, claim)
    .set({
      status: 'pending',
      progress: 0,
      step: null,
      ...(reason === 'failed'
        ? {}
        : { tries: sql`case status when 'processing' then greatest(tries - 1, 0) else tries end` }),
      ...(reason === 'waits' ? {} : { losses: 0 }),
    })
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The turn of a task that waited for it has come: the claim that released it goes on. Returns false when it is no longer valid. */
export async function resumeTask(db: Db, claim: Claim): Promise<boolean> {
  const result = await heldBy(db, claim)
    .set({ status: 'processing', progress: 1, tries: sql`tries + 1` })
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** A claim holds while nobody else has claimed the task and it isn't finished, also while it waits for its turn. */
function heldBy(db: Db, claim: Claim) {
  return db
    .updateTable('tasks')
    .where('id', '=', claim.id)
    .where('attempt', '=', claim.attempt)
    .where('status', 'in', ['pending', 'processing']);
}

/** Moves the progress of a claimed task forward, never back. Returns false when the claim is no longer valid. */
export async function setProgress(db: Db, task: Claim, progress: number, step: string): Promise<boolean> {
  const result = await heldBy(db, task)
    .set({ progress: sql`greatest(progress, ${progress}::smallint)`, step })
    .where('status', '=', 'processing')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Whether the claim still holds; locks the task until `tx` ends, so that it goes on holding. */
export async function confirmClaim(tx: Db, claim: Claim): Promise<boolean> {
  const row = await tx
    .selectFrom('tasks')
    .select('id')
    .where('id', '=', claim.id)
    .where('attempt', '=', claim.attempt)
    .where('status', 'in', ['pending', 'processing'])
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** A task and the attempt that somebody works on it with. */
export type Claim = Pick<Task, 'id' | 'attempt'>;

/** What a completed task has come to. */
export interface Completion {
  result_data: Record<string, unknown>;
  results: string[];
  charged_microcredits: number;
}

/**
 * Completes claimed tasks and returns those of which the claim still held, in no order: the work of the others must be thrown
 * away. Locks the tasks until `tx` ends.
 */
export async function completeTasks(tx: Db, claims: readonly (Claim & Completion)[]): Promise<Task[]> {
  // One parameter whatever their number, since statements are prepared by their text.
  const rows = claims.map(({ id, attempt, result_data, results, charged_microcredits }) => {
    return { id, attempt, result_data, results, charged_microcredits };
  });
  const result = await sql<Task>`
    update tasks set status = 'completed', progress = 100, step = null, result_data = done.result_data, results = done.results,
      charged_microcredits = done.charged_microcredits, finished_at = clock_timestamp()
    from json_to_recordset(${JSON.stringify(rows)}::json) as done (
      id text, attempt integer, result_data jsonb, results jsonb, charged_microcredits bigint)
    where tasks.id = done.id and tasks.attempt = done.attempt and tasks.status = 'processing'
    returning tasks.*`.execute(tx);
  return result.rows;
}

/** Tasks that were completed by one of these claims, in no order. Of a claim that is lost, nothing. */
export async function listCompletedBy(db: Db, claims: readonly Claim[]): Promise<Task[]> {
  const rows = claims.map(({ id, attempt }) => ({ id, attempt }));
  const result = await sql<Task>`
    select tasks.* from tasks join json_to_recordset(${JSON.stringify(rows)}::json) as claim (id text, attempt integer)
      on tasks.id = claim.id and tasks.attempt = claim.attempt
    where tasks.status = 'completed'`.execute(db);
  return result.rows;
}

/** Null when the claim is no longer valid. */
export async function failTask(tx: Db, claim: Claim, error: TaskError): Promise<Task | null> {
  const row = await endWithoutResult(tx, 'failed', error)
    .where('id', '=', claim.id)
    .where('attempt', '=', claim.attempt)
    .executeTakeFirst();
  return row ?? null;
}

/** The worker that holds the task loses it. Null when the account has no such task or it's finished already. */
export async function cancelTask(tx: Db, accountId: number, id: string, error: TaskError): Promise<Task | null> {
  const row = await endWithoutResult(tx, 'cancelled', error)
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  return row ?? null;
}

function endWithoutResult(tx: Db, status: 'failed' | 'cancelled', error: TaskError) {
  return tx
    .updateTable('tasks')
    .set({
      status,
      step: null,
      error: JSON.stringify(error),
      charged_microcredits: 0,
      finished_at: sql`clock_timestamp()`,
    })
    .where('status', 'in', statesBefore(status))
    .returningAll();
}
