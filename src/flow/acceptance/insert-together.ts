import { sql } from 'kysely';
import { useKeyAllowances } from '../../accounts/index.ts';
import { reserveTogether } from '../../credits/index.ts';
import { allSettledOrThrow, type Db, isConnectionLost, transaction } from '../../db/index.ts';
import { insertElementUses } from '../../elements/index.ts';
import { insertTasks, type NewTask } from '../../tasks/index.ts';
import { noTaskCreated } from '../errors.ts';
import { type Insertion, type InsertionPlace, listElementUses, type ReadyTask } from './ready-task.ts';

/** A batch of which nothing was written may leave a task to go alone, since of itself or of we don't know whom, or again, since of others. */
export type JointInsertion = Insertion | { is: 'alone' } | { is: 'again' };

/**
 * Milliseconds that a batch waits for a row which somebody else holds; then its tasks go each alone, so that only those
 * wait on which need that row.
 */
const lockMs = 1000;

/**
 * Inserts, enqueues and books tasks in one transaction, which is undone as soon as one account or key can't pay for all of
 * its own: those are to go alone then, the others again. For tasks without files, external ids or dry runs. Never throws.
 */
export async function insertTogether(
  { database, jobs }: InsertionPlace,
  batch: readonly ReadyTask[],
): Promise<JointInsertion[]> {
  const inOrder = batch.toSorted((one, other) => compareKeys(one.task, other.task));
  const done: { all: InsertedTasks | null } = { all: null };
  try {
    await transaction(database.db, async (tx) => {
      done.all = await insertAndBook(jobs, tx, inOrder);
    });
  } catch (error) {
    return batch.map((ready) => judge(ready, error, done.all));
  }
  return batch.map(({ task }) => ({ is: done.all?.inserted.has(task.id) ? 'inserted' : 'taken' }));
}

type InsertedTasks = Awaited<ReturnType<typeof insertTasks>>;

/** The order in which all processes insert, so that no two batches wait for each other's keys. */
function compareKeys(one: NewTask, other: NewTask): number {
  if (one.account_id !== other.account_id) return one.account_id - other.account_id;
  const [key, otherKey] = [one.idempotency_key ?? '', other.idempotency_key ?? ''];
  return key === otherKey ? 0 : key < otherKey ? -1 : 1;
}

/** Whose tasks can't be paid together. */
class Unpaid extends Error {
  override readonly name = 'Unpaid';
  readonly accountIds: ReadonlySet<number>;
  readonly keyIds: ReadonlySet<number>;

  constructor(accountIds: ReadonlySet<number>, keyIds: ReadonlySet<number>) {
    super('not all tasks of the batch can be paid');
    this.accountIds = accountIds;
    this.keyIds = keyIds;
  }
}

/** Throws {@link Unpaid}. The lock order is that of `reserve`, and for the same reasons as in a transaction of one task. */
async function insertAndBook(
  jobs: InsertionPlace['jobs'],
  tx: Db,
  batch: readonly ReadyTask[],
): Promise<InsertedTasks> {
  const tasks = batch.map(({ task }) => task);
  const limit = sql`set local lock_timeout = ${sql.lit(lockMs)}`.execute(tx);
  if (tasks.every((task) => task.idempotency_key === null)) {
    const [, inserted] = await allSettledOrThrow(limit, insertTasks(tx, tasks), book(jobs, tx, batch));
    return inserted;
  }
  // An insert that may have to wait for another transaction's key; nothing may be locked meanwhile.
  const [, inserted] = await allSettledOrThrow(limit, insertTasks(tx, tasks));
  await book(
    jobs,
    tx,
    batch.filter(({ task }) => inserted.inserted.has(task.id)),
  );
  return inserted;
}

async function book(jobs: InsertionPlace['jobs'], tx: Db, batch: readonly ReadyTask[]): Promise<void> {
  if (batch.length === 0) return;
  const tasks = batch.map(({ task }) => task);
  const byQueue = Map.groupBy(batch, ({ queue }) => queue);
  const enqueue = [...byQueue].map(([queue, those]) =>
    jobs.sendAll(
      tx,
      queue,
      those.map(({ task }) => ({ data: { task_id: task.id }, group: String(task.account_id) })),
    ),
  );
  const reservations = tasks.map(presentReservation);
  const uses = listElementUses(tasks);
  const [accountIds, keyIds] = await allSettledOrThrow(
    reserveTogether(tx, reservations),
    useKeyAllowances(tx, reservations),
    uses.length > 0 && insertElementUses(tx, uses),
    ...enqueue,
  );
  if (accountIds.size + keyIds.size > 0) throw new Unpaid(accountIds, keyIds);
}

function presentReservation(task: NewTask) {
  return {
    task_id: task.id,
    account_id: task.account_id,
    key_id: task.api_key_id,
    amount_microcredits: task.reserved_microcredits,
    at: task.created_at,
  };
}

/** What a failure of the whole batch means for one of it; `done` is null when COMMIT was never sent. */
function judge({ task }: ReadyTask, error: unknown, done: InsertedTasks | null): JointInsertion {
  if (error instanceof Unpaid) {
    const isRefused = error.accountIds.has(task.account_id) || error.keyIds.has(task.api_key_id);
    return { is: isRefused ? 'alone' : 'again' };
  }
  if (!isConnectionLost(error)) return { is: 'alone' };
  if (!done?.inserted.has(task.id) || done.transactionId === null) return { is: 'failed', error: noTaskCreated(error) };
  return { is: 'in_doubt', transactionId: done.transactionId, cause: error };
}
