import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';

/** Longer than any budget or report looks back at what was sent: these are of seven days. */
const countedDays = 8;

/** Our tasks with these ids are deleted: what was begun for them goes with {@link deleteForgotten}. */
export async function markForgotten(tx: Db, subjects: readonly string[]): Promise<void> {
  await sql`
    update kling_tasks set forgotten_at = now()
    where purpose in ('video', 'element') and subject = any(${subjects}::text[])`.execute(tx);
}

/**
 * Deletes up to `limit` rows of tasks that were forgotten here, have ended upstream, are not to be removed there any more, and are counted
 * by nothing. Returns how many went; the others wait for a later call.
 */
export async function deleteForgotten(db: Db, limit: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from kling_tasks where external_task_id in (
      select external_task_id from kling_tasks
      where forgotten_at is not null and state in ('succeeded', 'failed') and (unwanted_at is null or removed_at is not null)
        and coalesce(sent_at, created_at) < now() - make_interval(days => ${countedDays}::integer)
        and finished_at < now() - make_interval(days => ${countedDays}::integer)
      limit ${limit} for update skip locked)`.execute(db);
  return Number(numAffectedRows);
}
