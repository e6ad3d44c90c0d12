import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';
import type { KlingTaskState, Purpose, StoredFailure } from '../tables.ts';
import { columns, type KlingTask } from './queries.ts';

/** Which tasks: of one purpose and subject, of a provision under every account. */
export interface TaskKey {
  purpose: Purpose;
  subject: string;
}

const matches = ({ purpose, subject }: TaskKey) =>
  // The purpose is no parameter: the indexes hold for single purposes, which the planner has to see.
  sql`purpose = ${sql.lit(purpose)} and subject = ${subject}`;

/** Takes the place of a task that was not begun, so that it can't be any more; nothing when there is one. */
export async function insertEnded(
  tx: Db,
  task: Pick<KlingTask, 'external_task_id' | 'purpose' | 'subject'>,
  failure: StoredFailure,
): Promise<void> {
  await sql`
    insert into kling_tasks (external_task_id, purpose, subject, credential, endpoint, holds_slot, state, failure,
      finished_at)
    values (${task.external_task_id}, ${task.purpose}, ${task.subject}, '', '', false, 'failed',
      ${JSON.stringify(failure)}, now())
    on conflict do nothing`.execute(tx);
}

/** Where a video of ours stands, null when nothing of it was begun; it stays there until the transaction ends. */
export async function lockVideo(tx: Db, subject: string): Promise<KlingTaskState | null> {
  const { rows } = await sql<{ state: KlingTaskState }>`
    select state from kling_tasks where purpose = 'video' and subject = ${subject} for update`.execute(tx);
  return rows[0]?.state ?? null;
}

/** Of the videos of ours with these ids, those for which {@link isPaid} holds. */
export async function listPaidVideos(db: Db, subjects: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ subject: string }>`
    select subject from kling_tasks
    where purpose = 'video' and subject = any(${subjects}::text[]) and state = any(${paidStates}::text[])`.execute(db);
  return rows.map((row) => row.subject);
}

/** From the moment in which a create is about to be sent, the upstream may have it and bill it; a failure it doesn't. */
const paidStates: readonly KlingTaskState[] = ['sending', 'submitted', 'succeeded'];

/** Whether what stands in this state is paid for upstream, or may be. */
export function isPaid(state: KlingTaskState | null): boolean {
  return state !== null && paidStates.includes(state);
}

/** Fails what waits to be sent, never what may have been sent. */
export async function failWaiting(tx: Db, key: TaskKey, failure: StoredFailure): Promise<void> {
  await sql`
    update kling_tasks set state = 'failed', failure = ${JSON.stringify(failure)}, finished_at = now()
    where ${matches(key)} and state = 'waiting'`.execute(tx);
}

/** What has been sent, or may have been, is to be deleted upstream. */
export async function markUnwanted(tx: Db, key: TaskKey): Promise<void> {
  await sql`
    update kling_tasks set unwanted_at = now()
    where ${matches(key)} and state in ('sending', 'submitted', 'succeeded') and unwanted_at is null`.execute(tx);
}

/** Up to `limit` unwanted tasks that nobody has asked about for `quietMs`, now to be dealt with by the caller. */
export async function claimUnwanted(
  db: Db,
  credential: string,
  { quietMs, limit }: { quietMs: number; limit: number },
): Promise<KlingTask[]> {
  const { rows } = await sql<KlingTask>`
    update kling_tasks set polled_at = now()
    where external_task_id in (
      select external_task_id from kling_tasks
      where credential = ${credential} and unwanted_at is not null and removed_at is null
        and coalesce(greatest(polled_at, sent_at, resent_at) < now() - ${quietMs}::float8 * interval '1 ms', true)
      order by unwanted_at limit ${limit} for update skip locked)
    returning ${columns}`.execute(db);
  return rows;
}

/** Nothing is left to do about it. */
export async function markRemoved(db: Db, externalTaskId: string): Promise<void> {
  await sql`update kling_tasks set removed_at = now() where external_task_id = ${externalTaskId}`.execute(db);
}

/** Whether somebody has taken the upstream's element over meanwhile. */
export async function isAdopted(db: Db, credential: string, upstreamElementId: string): Promise<boolean> {
  const { rows } = await sql`
    select from kling_elements
    where credential = ${credential} and upstream_element_id = ${upstreamElementId} and origin = 'adopted'
      and deleted_at is null limit 1`.execute(db);
  return rows.length > 0;
}
