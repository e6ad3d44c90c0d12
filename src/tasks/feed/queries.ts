import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';
import type { Task } from '../tables.ts';
import type { ChangeKey } from './position.ts';

/** A task as it is now, and the transaction of its newest change that the round can see. */
export interface Change {
  task: Task;
  transaction_id: string;
}

export interface ChangePage {
  /** The snapshot that the round reads up to. */
  to: string;
  /** Unix seconds. */
  at: number;
  changes: Change[];
}

/** What is read in one go; a round goes on behind `last`, up to the same `to`. */
export interface Round {
  seen: string;
  to?: string;
  last?: ChangeKey;
}

/**
 * The tasks of `accountIds` whose newest change `seen` could not see and `to` can, as they are now, at most `countMax`, in the order
 * of their keys. One that has changed again since `to` is left to the next round, so that none comes twice.
 */
export async function listChanges(
  db: Db,
  accountIds: readonly number[],
  { seen, to, last }: Round,
  countMax: number,
): Promise<ChangePage> {
  const { rows } = await sql<Task & { snapshot: string; at: number; transaction_id: string | null }>`
    with here as materialized (
      select coalesce(${to ?? null}::pg_snapshot, pg_current_snapshot()) as snapshot, floor(extract(epoch from now()))::bigint as at
    ), latest as (
      select task_id, max(transaction_id) as transaction_id from task_changes
      where account_id = any(${accountIds}::bigint[]) and transaction_id >= pg_snapshot_xmin(${seen}::pg_snapshot)
        and not pg_visible_in_snapshot(transaction_id, ${seen}::pg_snapshot)
      group by task_id
    )
    select here.snapshot::text as snapshot, here.at, found.* from here left join lateral (
      select latest.transaction_id::text as transaction_id, tasks.* from latest join tasks on tasks.id = latest.task_id
      where pg_visible_in_snapshot(latest.transaction_id, here.snapshot)
        and (${last === undefined}::boolean
          or (latest.transaction_id, latest.task_id) > (${last?.transaction_id ?? '0'}::xid8, ${last?.task_id ?? ''}::text))
      order by latest.transaction_id, latest.task_id limit ${countMax}
    ) found on true`.execute(db);
  const changes: Change[] = [];
  for (const { snapshot: _, at: __, transaction_id, ...task } of rows) {
    if (transaction_id !== null) changes.push({ task, transaction_id });
  }
  const { snapshot, at } = rows[0] as { snapshot: string; at: number };
  return { to: snapshot, at, changes };
}

/** What can be seen now. */
export async function findSnapshot(db: Db): Promise<{ seen: string; at: number }> {
  const { rows } = await sql<{ seen: string; at: number }>`
    select pg_current_snapshot()::text as seen, floor(extract(epoch from now()))::bigint as at`.execute(db);
  return rows[0] as { seen: string; at: number };
}

/** The task as it is now, and what can be seen now: nothing comes between the two. Null when there is none. */
export async function findTaskNow(db: Db, id: string): Promise<{ task: Task; seen: string; at: number } | null> {
  const { rows } = await sql<Task & { seen: string; at: number }>`
    select pg_current_snapshot()::text as seen, floor(extract(epoch from now()))::bigint as at, tasks.*
    from tasks where id = ${id}`.execute(db);
  const [found] = rows;
  if (found === undefined) return null;
  const { seen, at, ...task } = found;
  return { task, seen, at };
}

/** Removes what no stream may resume from any more. */
export async function deleteChangesBefore(db: Db, before: Date): Promise<void> {
  await sql`delete from task_changes where changed_at < ${before}`.execute(db);
}
