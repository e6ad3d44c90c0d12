import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';
import { asFirstSend } from '../account/account-queries.ts';
import type { KlingTaskState, LookSaid, Purpose, StoredFailure } from '../tables.ts';

/** A row of `kling_tasks` with its ages in milliseconds, by the database's clock. */
export interface KlingTask {
  external_task_id: string;
  purpose: Purpose;
  subject: string;
  credential: string;
  endpoint: string;
  /** What the upstream counts and refuses it by, like `video/kling-v3`. */
  product: string;
  /** Of our accounts, whose turns at the slots go round; '' where it isn't known. */
  owner: string;
  state: KlingTaskState;
  holds_slot: boolean;
  sends: number;
  upstream_task_id: string | null;
  request_ids: string[];
  last_answer: string | null;
  failure: StoredFailure | null;
  age_ms: number;
  /** Since the create was first sent, and last; null before. */
  sent_ago_ms: number | null;
  last_sent_ago_ms: number | null;
  /** Since its end was first known; null before. */
  ended_ago_ms: number | null;
  /** Whether an earlier create than the last may have arrived. */
  is_resent: boolean;
  /** Whether the last create is known to have ended without an answer that tells. */
  is_unanswered: boolean;
  /** Whether the upstream has said that the id is taken. */
  is_taken: boolean;
  /** What the last look since the last create said, how often in a row, how long ago, and for how long. */
  look: LookSaid | null;
  looks: number;
  look_ago_ms: number;
  look_since_ms: number;
  /** Whether a callback came after the last look. */
  hinted: boolean;
}

export const columns = sql`external_task_id, purpose, subject, credential, endpoint, product, owner, state, holds_slot, sends,
  upstream_task_id, request_ids, last_answer, failure, ${ago('created_at')} as age_ms, ${ago('sent_at')} as sent_ago_ms,
  ${ago('coalesce(resent_at, sent_at)')} as last_sent_ago_ms, ${ago('finished_at')} as ended_ago_ms, resent_at is not null as is_resent,
  unanswered = sends as is_unanswered, taken_at is not null as is_taken, look, looks,
  coalesce(${ago('looked_at')}, 0) as look_ago_ms, coalesce(${ago('look_since')}, 0) as look_since_ms,
  coalesce(hinted_at > coalesce(polled_at, '-infinity'), false) as hinted`;

export type NewKlingTask = Pick<
  KlingTask,
  'external_task_id' | 'purpose' | 'subject' | 'credential' | 'endpoint' | 'product' | 'owner' | 'holds_slot'
> & {
  /** Slots that it takes there; absent: 1. */
  slots?: number;
  /** What the upstream will take for it. */
  expected_units: number;
};

/**
 * The task of this purpose and subject: the one that is there (of a provision: under this credential and not failed), or
 * a new waiting one. Two callers at once get the same.
 */
export async function beginKlingTask(db: Db, task: NewKlingTask): Promise<KlingTask> {
  for (;;) {
    await sql`
      insert into kling_tasks (external_task_id, purpose, subject, credential, endpoint, product, owner, holds_slot,
        slots, expected_units)
      values (${task.external_task_id}, ${task.purpose}, ${task.subject}, ${task.credential}, ${task.endpoint},
        ${task.product}, ${task.owner}, ${task.holds_slot}, ${task.slots ?? 1}, ${task.expected_units})
      on conflict do nothing`.execute(db);
    const { rows } = await sql<KlingTask>`
      select ${columns} from kling_tasks
      where purpose = ${task.purpose} and subject = ${task.subject}
        and (purpose <> 'provision' or credential = ${task.credential} and state <> 'failed')`.execute(db);
    // Nothing there: a provision failed between the two statements, and the next insert succeeds.
    if (rows[0] !== undefined) return rows[0];
  }
}

/** What only waited, and for which nobody waits any more, begins to wait now. */
export async function renewWaiting(db: Db, externalTaskId: string): Promise<void> {
  await sql`
    update kling_tasks set created_at = now(), waited_at = now()
    where external_task_id = ${externalTaskId} and state = 'waiting'`.execute(db);
}

/** The task of a video or element of ours; null when none was begun. */
export async function findKlingTask(
  db: Db,
  { purpose, subject }: { purpose: 'video' | 'element'; subject: string },
): Promise<KlingTask | null> {
  const { rows } = await sql<KlingTask>`
    select ${columns} from kling_tasks where purpose = ${sql.lit(purpose)} and subject = ${subject}`.execute(db);
  return rows[0] ?? null;
}

/** From now on the task counts under this account. */
export async function setCredential(db: Db, externalTaskId: string, credential: string): Promise<void> {
  await sql`
    update kling_tasks set credential = ${credential}
    where external_task_id = ${externalTaskId} and state in ('waiting', 'sending', 'submitted')`.execute(db);
}

/** Throws when there is none. */
export async function getKlingTask(db: Db, externalTaskId: string): Promise<KlingTask> {
  const { rows } = await sql<KlingTask>`
    select ${columns} from kling_tasks where external_task_id = ${externalTaskId}`.execute(db);
  if (rows[0] === undefined) throw new Error(`kling task ${externalTaskId} is gone`);
  return rows[0];
}

/** Takes a waiting task that needs no slot for sending; null while the product is paused or stopped, or the task doesn't wait at this account. */
export async function claimFreeSend(db: Db, credential: string, externalTaskId: string): Promise<KlingTask | null> {
  const { rows } = await sql<KlingTask>`
    update kling_tasks set ${asFirstSend}
    where external_task_id = ${externalTaskId} and credential = ${credential} and state = 'waiting' and not exists (
      select from kling_accounts account where account.credential = kling_tasks.credential
        and account.product in ('', split_part(kling_tasks.product, '/', 1), kling_tasks.product)
        and greatest(paused_until, stopped_until) > now())
    returning ${columns}`.execute(db);
  return rows[0] ?? null;
}

/** Takes the right to send a create again, to the account that it was sent to. Null when somebody else did, or the upstream has turned out to have it. */
export async function claimResend(
  db: Db,
  credential: string,
  externalTaskId: string,
  sends: number,
): Promise<KlingTask | null> {
  const { rows } = await sql<KlingTask>`
    update kling_tasks set sends = sends + 1, resent_at = now(), look = null, looks = 0
    where external_task_id = ${externalTaskId} and credential = ${credential} and state = 'sending' and sends = ${sends}
    returning ${columns}`.execute(db);
  return rows[0] ?? null;
}

/** The create that was number `sends` has certainly not been carried out: the slot is free again. */
export async function returnToWaiting(db: Db, externalTaskId: string, sends: number): Promise<void> {
  await sql`
    update kling_tasks set state = 'waiting', waited_at = now()
    where external_task_id = ${externalTaskId} and state = 'sending' and sends = ${sends}`.execute(db);
}

/** The upstream has the task. Never takes back what is already known of its end. */
export async function markSubmitted(
  db: Db,
  externalTaskId: string,
  upstreamTaskId: string,
  requestId: string | null,
): Promise<void> {
  await sql`
    update kling_tasks set state = 'submitted', upstream_task_id = ${upstreamTaskId},
      request_ids = request_ids || array_remove(array[${requestId}::text], null)
    where external_task_id = ${externalTaskId} and state in ('waiting', 'sending')`.execute(db);
}

/** The create that was number `sends` has ended, and may have been carried out; `isTaken`: one was, by the upstream's word. */
export async function noteUnanswered(db: Db, externalTaskId: string, sends: number, isTaken: boolean): Promise<void> {
  await sql`
    update kling_tasks set unanswered = ${sends},
      taken_at = case when ${isTaken} then coalesce(taken_at, now()) else taken_at end
    where external_task_id = ${externalTaskId} and state = 'sending' and sends = ${sends}`.execute(db);
}

/**
 * What a look at a task that isn't done told. After a time of `gapMs` without one, as when every process was away, what it says in a
 * row is counted anew: nobody has asked meanwhile.
 */
export async function noteLook(db: Db, externalTaskId: string, said: LookSaid, gapMs: number): Promise<void> {
  const isSame = sql`look = ${said} and looked_at > now() - ${gapMs}::float8 * interval '1 ms'`;
  await sql`
    update kling_tasks set looks = case when ${isSame} then looks + 1 else 1 end,
      look_since = case when ${isSame} then look_since else now() end,
      look = ${said}, looked_at = now(), polled_at = now()
    where external_task_id = ${externalTaskId} and state in ('sending', 'submitted')`.execute(db);
}

/**
 * Keeps the newest answer of a task that is done, also when a later look brings fresh links. `units` is what the upstream took for it; null where
 * it didn't say.
 */
export async function markSucceeded(
  db: Db,
  externalTaskId: string,
  { answer, units, requestId }: { answer: string; units: string | null; requestId: string | null },
): Promise<void> {
  await sql`
    update kling_tasks set state = 'succeeded', last_answer = ${answer}, polled_at = now(),
      units = coalesce(${units}::numeric, units),
      finished_at = coalesce(finished_at, now()),
      request_ids = case when state = 'succeeded' then request_ids
        else request_ids || array_remove(array[${requestId}::text], null) end
    where external_task_id = ${externalTaskId} and state <> 'failed'`.execute(db);
}

/** The first failure stays. `answer` is the upstream's, when it has one. */
export async function markFailed(
  db: Db,
  externalTaskId: string,
  failure: StoredFailure,
  answer: string | null,
): Promise<void> {
  await sql`
    update kling_tasks set state = 'failed', failure = ${JSON.stringify(failure)}, last_answer = ${answer},
      finished_at = now()
    where external_task_id = ${externalTaskId} and state not in ('succeeded', 'failed')`.execute(db);
}

/** Something may have happened upstream: who follows the task looks soon. Returns whether it is one of ours. */
export async function noteHint(db: Db, upstreamTaskId: string): Promise<boolean> {
  const { rows } = await sql`
    update kling_tasks set hinted_at = now()
    where upstream_task_id = ${upstreamTaskId} and state = 'submitted' returning 1`.execute(db);
  return rows.length > 0;
}

/** One task that holds a slot and that nobody has asked about for `orphanMs`, now to be asked about by the caller. */
export async function claimOrphan(db: Db, credential: string, orphanMs: number): Promise<KlingTask | null> {
  const { rows } = await sql<KlingTask>`
    update kling_tasks set polled_at = now()
    where external_task_id = (
      select external_task_id from kling_tasks
      where credential = ${credential} and state in ('sending', 'submitted') and holds_slot
        and greatest(polled_at, sent_at, resent_at) < now() - ${orphanMs}::float8 * interval '1 ms'
      order by polled_at nulls first limit 1 for update skip locked)
    returning ${columns}`.execute(db);
  return rows[0] ?? null;
}

/** Milliseconds since then. */
function ago(column: string) {
  return sql.raw(`(extract(epoch from now() - ${column}) * 1000)::float8`);
}
