import { type SqlBool, sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { Task } from './tables.ts';

/** The row of an accepted request; `reserved_microcredits` is what its reservation holds. */
export interface NewTask {
  id: string;
  account_id: number;
  api_key_id: number;
  model: string;
  type: Task['type'];
  request: object;
  request_digest: Buffer | null;
  idempotency_key: string | null;
  callback_url: string | null;
  /** Default: null. */
  external_task_id?: string | null;
  callback_form?: string | null;
  trace_parent?: string | null;
  /** Default false. */
  dry_run?: boolean;
  billing_rule: Task['billing_rule'];
  reserved_microcredits: number;
  created_at: Date;
}

/**
 * Inserts a pending task. Returns the transaction's id, by which its outcome can be asked for later, or null when the
 * account has a task with this idempotency key or external id already (waits for a transaction that is just inserting one).
 */
export async function insertTask(tx: Db, task: NewTask): Promise<string | null> {
  const row = await tx
    .insertInto('tasks')
    .values({ ...task, request: JSON.stringify(task.request) })
    .onConflict((conflict) => conflict.doNothing())
    .returning(sql<string>`pg_current_xact_id()::text`.as('transaction_id'))
    .executeTakeFirst();
  return row?.transaction_id ?? null;
}

/**
 * Inserts pending tasks, in the order they're given. Returns the transaction's id and the ids of those that were inserted: not
 * of one whose account has a task with this idempotency key or external id already, here or in a transaction that was waited for.
 * Two transactions that insert several can't wait for one another when both have them in the order of account and key.
 */
export async function insertTasks(
  tx: Db,
  tasks: readonly NewTask[],
): Promise<{ transactionId: string | null; inserted: ReadonlySet<string> }> {
  // One parameter whatever their number, since statements are prepared by their text.
  const rows = tasks.map((task) => ({ ...task, request_digest: task.request_digest?.toString('hex') ?? null }));
  const result = await sql<{ id: string; transaction_id: string }>`
    insert into tasks (id, account_id, api_key_id, model, type, request, request_digest, idempotency_key, callback_url,
      external_task_id, callback_form, trace_parent, dry_run, billing_rule, reserved_microcredits, created_at)
    select id, account_id, api_key_id, model, type, request, decode(request_digest, 'hex'), idempotency_key, callback_url,
      external_task_id, callback_form, trace_parent, coalesce(dry_run, false), billing_rule, reserved_microcredits, created_at
    from json_to_recordset(${JSON.stringify(rows)}::json) as given (
      id text, account_id bigint, api_key_id bigint, model text, type text, request jsonb, request_digest text,
      idempotency_key text, callback_url text, external_task_id text, callback_form text, trace_parent text, dry_run boolean,
      billing_rule text, reserved_microcredits bigint, created_at timestamptz)
    on conflict do nothing
    returning id, pg_current_xact_id()::text as transaction_id`.execute(tx);
  return {
    transactionId: result.rows[0]?.transaction_id ?? null,
    inserted: new Set(result.rows.map(({ id }) => id)),
  };
}

/**
 * Whether a transaction whose commit was cut off may still take effect. Says nothing about how it ended: after a crash
 * the server may give the same id to another transaction.
 */
export async function isTransactionOpen(db: Db, transactionId: string): Promise<boolean> {
  const { rows } = await sql<{ open: boolean | null }>`
    select case when ${transactionId}::xid8 < pg_snapshot_xmax(pg_current_snapshot())
      then pg_xact_status(${transactionId}::xid8) = 'in progress' end as open`.execute(db);
  return rows[0]?.open ?? false;
}

/** The task that the account once made under this key; null when there is none. */
export async function findTaskByIdempotencyKey(db: Db, accountId: number, key: string): Promise<Task | null> {
  const row = await db
    .selectFrom('tasks')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
  return row ?? null;
}

/** The task that its caller calls so; null when the account has none. */
export async function findTaskByExternalId(db: Db, accountId: number, externalId: string): Promise<Task | null> {
  const row = await db
    .selectFrom('tasks')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('external_task_id', '=', externalId)
    .executeTakeFirst();
  return row ?? null;
}

/** The account is part of the search: somebody else's task is not found. Null for an account searches those of all. */
export async function findTask(db: Db, accountId: number | null, id: string): Promise<Task | null> {
  const tasks = db.selectFrom('tasks').selectAll().where('id', '=', id);
  const row = await (accountId === null ? tasks : tasks.where('account_id', '=', accountId)).executeTakeFirst();
  return row ?? null;
}

/** Those of `ids` that exist, of any account and in no order. */
export async function listTasksByIds(db: Db, ids: readonly string[]): Promise<Task[]> {
  return await db.selectFrom('tasks').selectAll().where(isAnyOf('id', ids)).execute();
}

/** Whether there was a finished task of the account whose results were not deleted yet. */
export async function markTaskDeleted(db: Db, accountId: number, id: string, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tasks')
    .set({ deleted_at: now })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('finished_at', 'is not', null)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Counts no further than `limit`. */
export async function countUnfinished(db: Db, keyId: number, limit: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from tasks where api_key_id = ${keyId} and status in ('pending', 'processing') limit ${limit}) unfinished`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/**
 * Seconds from acceptance to the end of the middle one of the model's last 50 completed tasks, of those that `engine` was
 * given; null without any. Seconds here say nothing of minutes elsewhere, nor those of a dry run of real ones.
 */
export async function findUsualDuration(db: Db, model: string, engine: string): Promise<number | null> {
  const { rows } = await sql<{ seconds: number | null }>`
    select percentile_cont(0.5) within group (order by extract(epoch from finished_at - created_at)::float8) as seconds
    from (select finished_at, created_at, request from tasks where model = ${model} and status = 'completed' and not dry_run
      order by finished_at desc limit 50) latest
    where request->>'engine' = ${engine}`.execute(db);
  return rows[0]?.seconds ?? null;
}

/** Of `ids`, those whose task exists, and whether it has ended. */
export async function listEnds(db: Db, ids: readonly string[]): Promise<{ id: string; has_ended: boolean }[]> {
  const { rows } = await sql<{ id: string; has_ended: boolean }>`
    select id, finished_at is not null as has_ended from tasks where id = any(${ids}::text[])`.execute(db);
  return rows;
}

/** Unfinished tasks that were accepted before `before`, the oldest first, `countMax` at most. */
export async function listUnfinishedBefore(db: Db, before: Date, countMax: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from tasks where status in ('pending', 'processing') and created_at < ${before}
    order by created_at, id limit ${countMax}`.execute(db);
  return rows.map(({ id }) => id);
}

/** Those of `ids` that are unfinished, locked until the transaction ends; those that somebody changes at the moment are left out. */
export async function lockUnfinished(tx: Db, ids: readonly string[]): Promise<Task[]> {
  return await tx
    .selectFrom('tasks')
    .selectAll()
    .where(isAnyOf('id', ids))
    .where('status', 'in', ['pending', 'processing'])
    .orderBy('id')
    .forUpdate()
    .skipLocked()
    .execute();
}

/** Of `keys`, those of stored files that an unfinished task has among its sources. */
export async function listUsedKeys(db: Db, keys: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct source ->> 'storage_key' as key
    from tasks, jsonb_array_elements(request -> 'sources') as source
    where status in ('pending', 'processing') and source ->> 'storage_key' = any(${keys}::text[])`.execute(db);
  return rows.map((row) => row.key);
}

/** One text whatever the number of ids, since statements are prepared by their text. */
function isAnyOf(column: string, ids: readonly string[]) {
  return sql<SqlBool>`${sql.ref(column)} = any(${ids}::text[])`;
}
