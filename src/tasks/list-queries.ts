import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { Task } from './tables.ts';

export interface TaskFilter {
  /** Any of these. */
  models?: readonly string[] | undefined;
  /** Neither dry runs nor what its owner has deleted. */
  isKept?: boolean | undefined;
  status?: 'processing' | 'completed' | 'failed' | 'cancelled' | undefined;
  type?: Task['type'] | undefined;
  model?: string | undefined;
}

/** From this row on an offset reads the whole list in its order, which costs less than the heads of many kinds that are as long. */
const headLengthMax = 1000;

type Order = 'asc' | 'desc';

/** Newest first. `page` counts from 1. */
export async function listTasks(
  db: Db,
  accountId: number,
  filter: TaskFilter,
  page: number,
  pageSize: number,
): Promise<Task[]> {
  const offset = (page - 1) * pageSize;
  const isFar = offset + pageSize > headLengthMax;
  if (!isFar) return await list(db, accountId, filter, { order: 'desc', limit: pageSize, offset });
  const { rows } = await sql<Task>`
    select * from tasks where account_id = ${accountId} and ${matches(filter)} and ${isOfState(filter)}
    ${sortBy('desc')} limit ${pageSize} offset ${offset}`.execute(db);
  return rows;
}

/** Newest first unless `order` says else, those behind the account's task `afterId`, or the first ones for null; at most `countMax`. */
export async function listTasksAfter(
  db: Db,
  accountId: number,
  filter: TaskFilter,
  afterId: string | null,
  countMax: number,
  order: Order = 'desc',
): Promise<Task[]> {
  return await list(db, accountId, filter, { order, limit: countMax, offset: 0, afterId });
}

/** How many tasks of the account the filter leaves, over all pages. */
export async function countTasks(db: Db, accountId: number, filter: TaskFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with recursive ${listKinds(accountId)}
    select coalesce(sum(count), 0)::bigint as count from (
      select count from kinds, lateral (
        select count(*) as count from tasks where ${isOfKind(accountId)} and ${isKept(filter)}) counted
      where ${isAsked(filter)}
      union all
      select count(*) as count from tasks where ${isUnfinished(accountId, filter)}
    ) both_states`.execute(db);
  return rows[0]?.count ?? 0;
}

interface Part {
  order: Order;
  limit: number;
  offset: number;
  afterId?: string | null;
}

/**
 * A filter that leaves few of millions must not read the others: of finished tasks the head of each kind that is asked for comes
 * from the index `tasks_finished`, where it lies in the list's order; the unfinished are few. What was found is put in order then.
 */
async function list(db: Db, accountId: number, filter: TaskFilter, part: Part): Promise<Task[]> {
  const { limit, offset, order, afterId = null } = part;
  const isBehind = follow(accountId, order, afterId);
  const { status, type, model, models } = filter;
  if ([status, type, model, models].every((narrowing) => narrowing === undefined)) {
    const { rows } = await sql<Task>`
      select * from tasks where account_id = ${accountId} and ${isKept(filter)} and ${isBehind}
      ${sortBy(order)} limit ${limit} offset ${offset}`.execute(db);
    return rows;
  }
  const head = sql`and ${isBehind} ${sortBy(order)} limit ${limit + offset}`;
  const { rows } = await sql<Task>`
    with recursive ${listKinds(accountId)}, found as (
      select first.id, first.created_at from kinds, lateral (
        select id, created_at from tasks where ${isOfKind(accountId)} and ${isKept(filter)} ${head}) first
      where ${isAsked(filter)}
      union all
      (select id, created_at from tasks where ${isUnfinished(accountId, filter)} ${head})
    ), page as (select id from found ${sortBy(order)} limit ${limit} offset ${offset})
    select tasks.* from page join tasks using (id) ${sortBy(order, 'tasks.')}`.execute(db);
  return rows;
}

/** Each kind of finished task that the account has, by one step of the index each: some dozens at most. */
function listKinds(accountId: number): RawBuilder<unknown> {
  const finished = sql`select type, model, status from tasks where account_id = ${accountId} and finished_at is not null`;
  return sql`kinds (type, model, status) as (
    (${finished} order by type, model, status limit 1)
    union all
    select next.* from kinds, lateral (
      ${finished} and (type, model, status) > (kinds.type, kinds.model, kinds.status) order by type, model, status limit 1) next
  )`;
}

function isOfKind(accountId: number): RawBuilder<SqlBool> {
  return sql`account_id = ${accountId} and finished_at is not null
    and type = kinds.type and model = kinds.model and status = kinds.status`;
}

/** Of `kinds`. `processing` means all that is unfinished, as the documented filter does. */
function isAsked(filter: TaskFilter): RawBuilder<SqlBool> {
  const { status } = filter;
  if (status === 'processing') return sql`false`;
  return sql`${isNamed(filter, 'kinds.')} and ${status === undefined ? sql`true` : sql`kinds.status = ${status}`}`;
}

/** The states are written out, as the index of unfinished tasks has them. */
function isUnfinished(accountId: number, filter: TaskFilter): RawBuilder<SqlBool> {
  const { status } = filter;
  if (status !== undefined && status !== 'processing') return sql`false`;
  return sql`account_id = ${accountId} and status in ('pending', 'processing') and ${matches(filter)}`;
}

function isOfState({ status }: TaskFilter): RawBuilder<SqlBool> {
  if (status === undefined) return sql`true`;
  return status === 'processing' ? sql`status in ('pending', 'processing')` : sql`status = ${status}`;
}

const matches = (filter: TaskFilter) => sql<SqlBool>`${isNamed(filter, '')} and ${isKept(filter)}`;

function isNamed({ type, model, models }: TaskFilter, prefix: '' | 'kinds.'): RawBuilder<SqlBool> {
  const name = (column: string) => sql.raw(`${prefix}${column}`);
  return sql`${type === undefined ? sql`true` : sql`${name('type')} = ${type}`}
    and ${model === undefined ? sql`true` : sql`${name('model')} = ${model}`}
    and ${models === undefined ? sql`true` : sql`${name('model')} = any(${models}::text[])`}`;
}

function isKept(filter: TaskFilter): RawBuilder<SqlBool> {
  return filter.isKept ? sql`deleted_at is null and not dry_run` : sql`true`;
}

/** By the row itself: a time that went through JavaScript has lost its microseconds. */
function follow(accountId: number, order: Order, afterId: string | null): RawBuilder<SqlBool> {
  if (afterId === null) return sql`true`;
  return sql`(created_at, id) ${sql.raw(order === 'desc' ? '<' : '>')} (
    select created_at, id from tasks where id = ${afterId} and account_id = ${accountId})`;
}

function sortBy(order: Order, prefix: '' | 'tasks.' = ''): RawBuilder<unknown> {
  return sql.raw(`order by ${prefix}created_at ${order}, ${prefix}id ${order}`);
}
