import type { Db } from '../db/index.ts';
import { createBatches } from '../lib/create-batches.ts';
import { findTask, listTasksByIds } from './queries.ts';
import type { Task } from './tables.ts';

/** Finds tasks for many callers at once. */
export interface TaskFinder {
  /** As `findTask`: null too for somebody else's task. `accountId` null searches those of all accounts. */
  find(accountId: number | null, id: string): Promise<Task | null>;
  /** Resolves when no statement is under way. */
  settled(): Promise<void>;
}

/** Statements at once: while the rows of one are read, the next is answered by the database. */
const placesMax = 2;

/** Milliseconds after which those who wait no longer do so for a statement that hangs. */
const heldUpMs = 100;

/** Tasks of one statement. */
const sizeMax = 64;

/**
 * Asks for one task at once by a statement of its own, and for those that are asked for meanwhile by the next one together: a
 * statement's trip, plan and answer cost more than its row. Each statement is sent after its callers have come, so that what
 * was committed before a question is seen by its answer. `db` must be a pool.
 */
export function createTaskFinder(db: Db): TaskFinder {
  const batches = createBatches<string, Task | null>({ placesMax, heldUpMs, sizeMax, run: (ids) => findAll(db, ids) });
  return {
    async find(accountId, id) {
      const task = await batches.add(id);
      return task !== null && (accountId === null || task.account_id === accountId) ? task : null;
    },
    settled: () => batches.settled(),
  };
}

async function findAll(db: Db, ids: readonly string[]): Promise<(Task | null)[]> {
  const [first] = ids;
  if (first !== undefined && ids.length === 1) return [await findTask(db, null, first)];
  const tasks = new Map((await listTasksByIds(db, [...new Set(ids)])).map((task) => [task.id, task]));
  return ids.map((id) => tasks.get(id) ?? null);
}
