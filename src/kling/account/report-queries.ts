import { sql } from 'kysely';
import type { Db } from '../../db/index.ts';
import type { ResourcePack } from '../api/read-costs.ts';

/** Keeps what the account has told of its packs. */
export async function noteBalance(db: Db, credential: string, packs: readonly ResourcePack[]): Promise<void> {
  await sql`
    insert into kling_accounts (credential, product, balance, balance_at)
    values (${credential}, '', ${JSON.stringify(packs)}::jsonb, now())
    on conflict (credential, product) do update set balance = excluded.balance, balance_at = excluded.balance_at`.execute(
    db,
  );
}

/** The packs as the account told them last; null before the first time. */
export async function findBalance(
  db: Db,
  credential: string,
): Promise<{ balance: ResourcePack[]; balance_at: Date } | null> {
  const { rows } = await sql<{ balance: ResourcePack[]; balance_at: Date }>`
    select balance, balance_at from kling_accounts
    where credential = ${credential} and product = '' and balance is not null`.execute(db);
  return rows[0] ?? null;
}

export interface ProductLine {
  product: string;
  in_work: number;
  waiting: number;
  paused: boolean;
  stop_reason: string | null;
  stopped_seconds: number;
}

/** Every product of the account, and what it is part of, with what is in work there and what waits. */
export async function listProducts(db: Db, credential: string): Promise<ProductLine[]> {
  const { rows } = await sql<ProductLine>`
    select account.product, paused_until > now() as paused, stop_reason,
      greatest(0, extract(epoch from case when stopped_until = '-infinity' then interval '0' else stopped_until - now() end))::float8
        as stopped_seconds,
      count(*) filter (where task.state in ('sending', 'submitted'))::float8 as in_work,
      count(*) filter (where task.state = 'waiting')::float8 as waiting
    from kling_accounts account
    left join kling_tasks task on task.credential = account.credential and task.product = account.product
      and task.state in ('waiting', 'sending', 'submitted')
    where account.credential = ${credential}
    group by account.credential, account.product order by account.product`.execute(db);
  return rows;
}

export interface DayLine {
  /** `2026-11-27`, by UTC. */
  day: string;
  videos: number;
  /** Failed there, which isn't billed. */
  failed: number;
  units: number;
}

/** Videos of the last seven days by the day they were sent on, the latest first. */
export async function listDays(db: Db, credential: string): Promise<DayLine[]> {
  const { rows } = await sql<DayLine>`
    select to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD') as day,
      count(*) filter (where state <> 'failed')::float8 as videos,
      count(*) filter (where state = 'failed')::float8 as failed,
      coalesce(sum(coalesce(units, expected_units)) filter (where state <> 'failed'), 0)::float8 as units
    from kling_tasks
    where credential = ${credential} and purpose = 'video' and sent_at > now() - interval '7 days' and state <> 'waiting'
    group by 1 order by 1 desc`.execute(db);
  return rows;
}

/** How videos and elements have failed in the last 24 hours, the most frequent first. */
export async function listFailures(db: Db, credential: string): Promise<{ code: string; count: number }[]> {
  const { rows } = await sql<{ code: string; count: number }>`
    select failure ->> 'code' as code, count(*)::float8 as count from kling_tasks
    where credential = ${credential} and state = 'failed' and finished_at > now() - interval '1 day'
    group by 1 order by 2 desc, 1`.execute(db);
  return rows;
}

/** What the upstream took for each of the latest `limit` videos that are done. */
export async function listCosts(
  db: Db,
  credential: string,
  limit: number,
): Promise<{ task_id: string; units: number | null; finished_at: Date }[]> {
  const { rows } = await sql<{ task_id: string; units: number | null; finished_at: Date }>`
    select subject as task_id, units::float8 as units, finished_at from kling_tasks
    where credential = ${credential} and purpose = 'video' and state = 'succeeded'
    order by finished_at desc limit ${limit}`.execute(db);
  return rows;
}

/** Elements that exist upstream under this account's name and under none of `names`, and those of them that are deleted here. */
export async function countElements(
  db: Db,
  credential: string,
  names: readonly string[],
): Promise<{ here: number; elsewhere: number; unwanted: number }> {
  const { rows } = await sql<{ here: number; elsewhere: number; unwanted: number }>`
    select count(*) filter (where credential = ${credential})::float8 as here,
      count(*) filter (where credential <> all(${names}::text[]))::float8 as elsewhere,
      count(*) filter (where unwanted_at is not null)::float8 as unwanted
    from kling_elements
    where deleted_at is null and (credential = ${credential} or credential <> all(${names}::text[]))`.execute(db);
  return rows[0] ?? { here: 0, elsewhere: 0, unwanted: 0 };
}

/** What was sent, or may have been, to accounts of other names than these, and hasn't ended. */
export async function countLost(db: Db, names: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::float8 as count from kling_tasks
    where credential <> all(${names}::text[]) and state in ('sending', 'submitted')`.execute(db);
  return rows[0]?.count ?? 0;
}
