import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db/index.ts';

/** What a report of use may be grouped by. */
export const usageGroups = ['day', 'model', 'key', 'status'] as const;

/** What use is told apart by. */
export type UsageGroup = (typeof usageGroups)[number];

/** Use of one group; of the fields before `tasks`, those that it was grouped by. */
export interface UsageRow {
  /** `2026-01-31`, in UTC: when the task was accepted. */
  day?: string;
  model?: string;
  key_id?: number;
  status?: string;
  tasks: number;
  /** Charged; an unfinished task adds nothing yet. */
  microcredits: number;
}

export interface UsageQuery {
  /** Null for all accounts. */
  account_id: number | null;
  from: Date;
  /** Not included. */
  until: Date;
  group_by: readonly UsageGroup[];
  /** The values of the groups of the last row shown, in the order of `group_by`. */
  after: readonly (string | number)[] | null;
  count_max: number;
}

/** Of each group: the column that tasks are gathered by, that of tasks deleted for their age (`past`), and how it's shown. Days are dates until then: a text a task is slow. */
const columns = {
  day: {
    inner: sql`(created_at at time zone 'UTC')::date as day`,
    past: sql`day`,
    name: sql.ref('used.day'),
    shown: sql`to_char(used.day, 'YYYY-MM-DD') as day`,
  },
  model: { inner: sql`model`, past: sql`model`, name: sql.ref('used.model'), shown: sql`used.model` },
  key: {
    inner: sql`api_key_id as key_id`,
    past: sql`api_key_id as key_id`,
    name: sql.ref('used.key_id'),
    shown: sql`used.key_id`,
  },
  status: { inner: sql`status`, past: sql`status`, name: sql.ref('used.status'), shown: sql`used.status` },
} as const;

/**
 * Tasks and what they were charged, dry runs left out, a row for each group there is, in ascending order of the groups; without groups one
 * row of all. Whole days that are summed come from their sums. Finished tasks of other days, and of a part of a day, come from `tasks_usage`
 * alone, which is written once for each task; the others, which no report needs an index of, from the few that are unfinished. Of tasks
 * that were deleted for their age whole days are left.
 */
export async function listUsage(db: Db, query: UsageQuery): Promise<UsageRow[]> {
  const { account_id, from, until, group_by, after, count_max } = query;
  const groups = group_by.map((group) => columns[group]);
  const values = sql.join([...groups.map(({ inner }) => inner), sql`1 as tasks, charged_microcredits`]);
  const past = sql.join([...groups.map((group) => group.past), sql`tasks, charged_microcredits`]);
  const isOwn = account_id === null ? sql`` : sql`and account_id = ${account_id}`;
  const isAsked = sql`created_at >= ${from} and created_at < ${until} ${isOwn}`;
  const finished = (isOfDays: RawBuilder<unknown>) =>
    sql`select ${values} from tasks where ${isAsked} and finished_at is not null and not dry_run and ${isOfDays}`;
  const [firstDay, lastDay] = [startOfDay(from.getTime() + dayMs - 1), startOfDay(until.getTime())];
  // Parts of days at either end: exact as long as their tasks are there.
  const parts = [
    ...(firstDay > from ? [sql`created_at < ${firstDay} and created_at < ${summed}`] : []),
    ...(lastDay < until && lastDay >= firstDay ? [sql`created_at >= ${lastDay} and created_at < ${summed}`] : []),
  ];
  const names = groups.map(({ name }) => name);
  const order = names.length === 0 ? sql`` : sql`group by ${sql.join(names)} order by ${sql.join(names)}`;
  const isBehind =
    after === null || names.length === 0
      ? sql``
      : sql`where (${sql.join(names)}) > (${sql.join(after.map((part) => sql`${part}`))})`;
  const { rows } = await sql<UsageRow>`
    select ${sql.join([...groups.map(({ shown }) => shown), sql`coalesce(sum(tasks), 0)::bigint as tasks`, sql`coalesce(sum(charged_microcredits), 0)::bigint as microcredits`])}
    from (
      ${sql.join([sql`created_at >= ${summed}`, ...parts].map(finished), sql` union all `)}
      union all
      select ${values} from tasks where ${isAsked} and status in ('pending', 'processing') and not dry_run
      union all
      select ${past} from past_usage
      where day >= ${toDay(firstDay)}::date and (day < ${toDay(lastDay)}::date
        or day = ${toDay(lastDay)}::date and ${lastDay < until} and ${summed} <= ${lastDay}) ${isOwn}
    ) used ${isBehind} ${order} limit ${count_max}`.execute(db);
  return rows;
}

/** Tasks of before are summed by days. */
const summed = sql`coalesce((select before::timestamp at time zone 'UTC' from summed_usage), '-infinity')`;

const dayMs = 86_400_000;

/** In UTC. */
const startOfDay = (ms: number) => new Date(Math.floor(ms / dayMs) * dayMs);

const toDay = (date: Date) => date.toISOString().slice(0, 10);
