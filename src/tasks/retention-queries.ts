import { sql } from 'kysely';
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

/** Deletes ended tasks and adds them to the use that outlives them, in one statement. Their transfers stay. */
export async function forgetTasks(db: Db, ids: readonly string[]): Promise<void> {
  await sql`
    with gone as (
      delete from tasks where id = any(${ids}::text[]) and finished_at is not null
      returning account_id, created_at, model, api_key_id, status, charged_microcredits, dry_run
    )
    insert into past_usage (account_id, day, model, api_key_id, status, tasks, charged_microcredits)
    select account_id, (created_at at time zone 'UTC')::date, model, api_key_id, status, count(*), coalesce(sum(charged_microcredits), 0)
    from gone where not dry_run group by 1, 2, 3, 4, 5
    on conflict (account_id, day, model, api_key_id, status) do update set
      tasks = past_usage.tasks + excluded.tasks,
      charged_microcredits = past_usage.charged_microcredits + excluded.charged_microcredits`.execute(db);
  await sql`delete from task_changes where task_id = any(${ids}::text[])`.execute(db);
}
