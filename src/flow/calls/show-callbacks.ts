import {
  findCallback,
  listAttempts,
  nameCallback,
  presentCallback,
  type TaskCallbacks,
} from '../../callbacks/index.ts';
import type { Db } from '../../db/index.ts';
import { findTask, taskNotFound } from '../../tasks/index.ts';

/** Attempts that are shown of one callback. */
const attemptsShownMax = 100;

/**
 * What became of a task's callback so far; `scope` is whose, null for anybody's. Throws 404 `task_not_found`, the same for
 * somebody else's task.
 */
export async function showCallbacks(db: Db, scope: number | null, taskId: string): Promise<TaskCallbacks> {
  const task = await findTask(db, scope, taskId);
  if (task === null) throw taskNotFound();
  const { callback_url: url } = task;
  if (url === null) return { state: 'none', url, webhook_id: null, attempts: [] };
  const callback = await findCallback(db, taskId);
  if (callback === null) return { state: 'waiting', url, webhook_id: nameCallback(taskId), attempts: [] };
  return presentCallback(callback, await listAttempts(db, taskId, attemptsShownMax));
}
