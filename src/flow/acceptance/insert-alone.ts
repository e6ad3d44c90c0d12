import { useKeyAllowance } from '../../accounts/index.ts';
import { reserve } from '../../credits/index.ts';
import { allSettledOrThrow, type Db, isConnectionLost, transaction } from '../../db/index.ts';
import { insertElementUses } from '../../elements/index.ts';
import { insertTask } from '../../tasks/index.ts';
import { noTaskCreated } from '../errors.ts';
import { type Insertion, type InsertionPlace, listElementUses, type ReadyTask } from './ready-task.ts';

/** Inserts, enqueues and books one task in a transaction of its own. Never throws. */
export async function insertAlone({ database, jobs }: InsertionPlace, ready: ReadyTask): Promise<Insertion> {
  let transactionId: string | null = null;
  try {
    await transaction(database.db, async (tx) => {
      await ready.holdFiles?.(tx);
      transactionId = await insertAndBook(jobs, tx, ready);
    });
    return { is: transactionId === null ? 'taken' : 'inserted' };
  } catch (error) {
    if (!isConnectionLost(error)) return { is: 'failed', error };
    // Before the last statement had answered, COMMIT was never sent: the transaction is surely undone.
    if (transactionId === null) return { is: 'failed', error: noTaskCreated(error) };
    return { is: 'in_doubt', transactionId, cause: error };
  }
}

/** The transaction's id, or null and nothing booked when the idempotency key or external id was used before. */
async function insertAndBook(jobs: InsertionPlace['jobs'], tx: Db, { task, queue }: ReadyTask): Promise<string | null> {
  // The rows that submissions of one account contend for come last and in one trip, so that they're locked for the
  // shortest time; balance before key, as everywhere.
  const { id: task_id, account_id, reserved_microcredits } = task;
  const uses = listElementUses([task]);
  const enqueue = () => jobs.send(tx, queue, { task_id }, { group: String(account_id) });
  const book = () => {
    // It has no books, and uses no element.
    if (task.dry_run) return enqueue();
    return allSettledOrThrow(
      enqueue(),
      reserve(tx, { account_id, task_id, amount_microcredits: reserved_microcredits }),
      useKeyAllowance(tx, task.api_key_id, reserved_microcredits, task.created_at),
      uses.length > 0 && insertElementUses(tx, uses),
    );
  };
  if (task.idempotency_key === null && !task.external_task_id)
    return (await allSettledOrThrow(insertTask(tx, task), book()))[0];
  // With a key or a name the insert may have to wait for another transaction, and nothing may be locked meanwhile.
  const inserted = await insertTask(tx, task);
  if (inserted !== null) await book();
  return inserted;
}
