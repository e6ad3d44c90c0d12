import type { Database, Db } from '../../db/index.ts';
import type { Jobs } from '../../jobs/index.ts';
import type { NewTask, WorkQueue } from '../../tasks/index.ts';
import { readAcceptedRequest } from '../accepted-request.ts';

/** Where tasks are inserted and enqueued. */
export interface InsertionPlace {
  database: Pick<Database, 'db'>;
  jobs: Pick<Jobs, 'send' | 'sendAll'>;
}

/** A task of which nothing is missing but its transaction. */
export interface ReadyTask {
  task: NewTask;
  queue: WorkQueue;
  /** Keeps the stored files that it names, in its transaction; null when it names none. */
  holdFiles: ((tx: Db) => Promise<void>) | null;
}

/** What became of a task's transaction. */
export type Insertion =
  | { is: 'inserted' }
  /** The account's idempotency key or external id was used before; nothing was written. */
  | { is: 'taken' }
  /** Refused, or failed; nothing was written. */
  | { is: 'failed'; error: unknown }
  /** The connection broke around COMMIT. */
  | { is: 'in_doubt'; transactionId: string; cause: unknown };

/** The elements that requests name; a dry run uses none. */
export function listElementUses(tasks: readonly NewTask[]): { task_id: string; element_id: number }[] {
  return tasks.flatMap((task) => {
    const request = readAcceptedRequest(task);
    if (request.kind === 'element' || task.dry_run) return [];
    return request.elements.map(({ element_id }) => ({ task_id: task.id, element_id: Number(element_id) }));
  });
}
