import type { Context } from '../../../flow/index.ts';
import { findTaskByExternalId, isTaskId, type Task, taskNotFound } from '../../../tasks/index.ts';

/**
 * The account's task of this id, or that its caller calls so, if it is of one of `models`. Throws 404 `task_not_found`, the same
 * for somebody else's and for one that makes something else.
 */
export async function findNamedTask(
  { database: { db }, taskFinder }: Context,
  accountId: number,
  id: string,
  models: readonly string[],
): Promise<Task> {
  // No task is called so: PostgreSQL takes it in no text.
  if (id.includes('\0')) throw taskNotFound();
  const byId = isTaskId(id) ? await taskFinder.find(accountId, id) : null;
  const task = byId ?? (await findTaskByExternalId(db, accountId, id));
  const isShown = task !== null && task.deleted_at === null && models.includes(task.model);
  if (!isShown) throw taskNotFound();
  return task;
}
