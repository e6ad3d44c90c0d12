import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db/index.ts';

/**
 * Up to `countMax` ended tasks of an account that were accepted before `before`, the oldest first, locked until the transaction ends; those
 * that somebody works on now are left out. By the index of use, which has ended tasks alone.
 */
export async function listEndedBefore(db: Db, accountId: number, before: Date, countMax: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from tasks where account_id = ${accountId} and finished_at is not null and created_at < ${before}
    order by created_at limit ${countMax} for update skip locked`.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Deletes ended tasks and adds them to the use that outlives them, but for those of days that are summed already. Meant for a
 * transaction. Their transfers stay.
 */
export async function forgetTasks(tx: Db, ids: readonly string[]): Promise<void> {
  // A statement of its own: the next one then sees what another transaction has summed meanwhile.
  await sql`select before from summed_usage for share`.execute(tx);
  await sql`
    with gone as (
      delete from tasks where id = any(${ids}::text[]) and finished_at is not null
      returning account_id, created_at, model, api_key_id, status, charged_microcredits, dry_run
    )
    ${addUse(sql`gone where not dry_run and created_at >= coalesce((select ${startOf('before')} from summed_usage), '-infinity')`)}`.execute(
    tx,
  );
  await sql`delete from task_changes where task_id = any(${ids}::text[])`.execute(tx);
}

/**
 * Adds up the use of the next day that ended a day before `now`, by the database's clock as well, and of which nothing is unfinished, so that reports need not read its
 * tasks: those of `accountIds`, which are all there are. Returns the day, or null when there is none to be summed. Meant for a transaction of its own.
 */
export async function sumUsage(tx: Db, accountIds: readonly number[], now: Date): Promise<string | null> {
  // A machine whose clock is wrong by hours still accepts tasks of a day that isn't summed, and one that is ahead sums none too early.
  const until = new Date(now.getTime() - summedAfterMs);
  await sql`insert into summed_usage (before) values ('1970-01-01') on conflict do nothing`.execute(tx);
  await sql`select before from summed_usage for update`.execute(tx);
  // Days of which there is nothing are passed over.
  const { rows } = await sql<{ day: string }>`
    with oldest as (
      select min(first.day) as day from unnest(${accountIds}::bigint[]) as account (id), lateral (
        select (created_at at time zone 'UTC')::date as day from tasks
        where account_id = account.id and created_at >= (select ${startOf('before')} from summed_usage)
        order by created_at, tasks.id limit 1) first
    )
    update summed_usage set before = day + 1 from oldest
    where ${startOf('day + 1')} <= least(${until}::timestamptz, now() - ${`${summedAfterMs} ms`}::interval) and not exists (
      select from tasks where status in ('pending', 'processing') and created_at < ${startOf('day + 1')})
    returning to_char(day, 'YYYY-MM-DD') as day`.execute(tx);
  const day = rows[0]?.day;
  if (day === undefined) return null;
  await sql`
    with gone as (
      select tasks.* from unnest(${accountIds}::bigint[]) as account (id), lateral (
        select account_id, created_at, model, api_key_id, status, charged_microcredits from tasks
        where account_id = account.id and finished_at is not null and not dry_run
          and created_at >= ${day}::date::timestamp at time zone 'UTC' and created_at < (${day}::date + 1)::timestamp at time zone 'UTC') tasks
    )
    ${addUse(sql`gone`)}`.execute(tx);
  return day;
}

/** A task's place in its account's list; the time to the microsecond. */
export interface Place {
  at: string;
  id: string;
}

/** Up to which task the account's requests are forgotten, held until the transaction ends; null when another transaction holds it. */
export async function takeForgottenMark(tx: Db, accountId: number): Promise<Place | null> {
  await sql`
    insert into forgotten_requests (account_id, reached_at, reached_id) values (${accountId}, '1970-01-01', '') on conflict do nothing`.execute(
    tx,
  );
  const { rows } = await sql<Place>`
    select ${microseconds('reached_at')} as at, reached_id as id from forgotten_requests
    where account_id = ${accountId} for update skip locked`.execute(tx);
  return rows[0] ?? null;
}

/** Moves the mark of `takeForgottenMark`. */
export async function noteForgotten(tx: Db, accountId: number, { at, id }: Place): Promise<void> {
  await sql`
    update forgotten_requests set reached_at = ${at}::timestamptz, reached_id = ${id} where account_id = ${accountId}`.execute(
    tx,
  );
}

/** The account's tasks behind `after` that were accepted before `before`, the oldest first, at most `countMax`. */
export async function listAfterForgotten(
  tx: Db,
  accountId: number,
  after: Place,
  before: Date,
  countMax: number,
): Promise<(Place & { request: object; has_ended: boolean; is_forgotten: boolean })[]> {
  const { rows } = await sql<Place & { request: object; has_ended: boolean; is_forgotten: boolean }>`
    select id, ${microseconds('created_at')} as at, request, finished_at is not null as has_ended, request_forgotten_at is not null as is_forgotten
    from tasks where account_id = ${accountId} and (created_at, id) > (${after.at}::timestamptz, ${after.id}) and created_at < ${before}
    order by created_at, id limit ${countMax}`.execute(tx);
  return rows;
}

/** Puts these in place of the requests of ended tasks, and takes away what results quote of them. */
export async function forgetRequests(
  tx: Db,
  requests: readonly { id: string; request: object }[],
  now: Date,
): Promise<void> {
  await sql`
    update tasks set request = given.request, result_data = tasks.result_data - 'not_understood', request_forgotten_at = ${now}
    from jsonb_to_recordset(${JSON.stringify(requests)}::jsonb) as given (id text, request jsonb)
    where tasks.id = given.id and tasks.finished_at is not null`.execute(tx);
}

const microseconds = (column: 'created_at' | 'reached_at') =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);

/** Milliseconds after its end that a day is summed. */
const summedAfterMs = 24 * 3_600_000;

/** The moment at which a day begins. */
const startOf = (day: 'before' | 'day + 1') => sql.raw(`(${day})::timestamp at time zone 'UTC'`);

function addUse(tasks: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    insert into past_usage (account_id, day, model, api_key_id, status, tasks, charged_microcredits)
    select account_id, (created_at at time zone 'UTC')::date, model, api_key_id, status, count(*), coalesce(sum(charged_microcredits), 0)
    from ${tasks} group by 1, 2, 3, 4, 5
    on conflict (account_id, day, model, api_key_id, status) do update set
      tasks = past_usage.tasks + excluded.tasks,
      charged_microcredits = past_usage.charged_microcredits + excluded.charged_microcredits`;
}
