import { Type } from 'typebox';
import type { Context } from '../../../flow/index.ts';
import { invalidTaskId, isTaskId, type Task, taskNotFound } from '../../../tasks/index.ts';

/** The path of every route of one task. */
export const TaskId = Type.Object({
  task_id: Type.String({ description: "Begins with 'task-unified-'.", examples: ['task-unified-1757169743-8dxnm6yz'] }),
});

/**
 * The task of this id; `scope` is whose, null for anybody's. Throws 400 `invalid_task_id`, 404 `task_not_found`, the same for
 * somebody else's task.
 */
export async function readTask(context: Context, scope: number | null, id: string): Promise<Task> {
  if (!isTaskId(id)) throw invalidTaskId();
  const task = await context.taskFinder.find(scope, id);
  if (task === null) throw taskNotFound();
  return task;
}
