import { findTask, markTaskDeleted, taskNotFound } from '../../tasks/index.ts';
import { cancel } from '../conclude.ts';
import type { Context } from '../context.ts';
import { resultsPrefix } from '../storage/stored-prefixes.ts';

/**
 * Deletes what a task of the account has made: its links end at once, and nothing is given back of what was charged. An
 * unfinished task is cancelled first. Throws 404 `task_not_found`, also for one whose video was deleted before, and as
 * {@link cancel} does.
 */
export async function deleteVideo(context: Context, accountId: number, taskId: string): Promise<void> {
  const { clock, database, log, storage } = context;
  const task = await findTask(database.db, accountId, taskId);
  if (task === null || task.deleted_at !== null) throw taskNotFound();
  if (task.finished_at === null) await cancel(context, accountId, taskId);
  if (!(await markTaskDeleted(database.db, accountId, taskId, clock.now()))) throw taskNotFound();
  try {
    for await (const { key } of storage.list(`${resultsPrefix}${taskId}/`)) await storage.delete(key);
  } catch (error) {
    log.warn({ err: error, task_id: taskId }, 'the sweep is left the files of a deleted video');
  }
}
