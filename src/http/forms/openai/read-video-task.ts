import { Type } from 'typebox';
import { type Context, readAcceptedRequest } from '../../../flow/index.ts';
import { isTaskId, type Task, taskNotFound } from '../../../tasks/index.ts';

/** The path of every route of one video. */
export const VideoParams = Type.Object({
  video_id: Type.String({ description: 'The id of its task.', examples: ['task-unified-1757169780-k2v7q0ha'] }),
});

/**
 * The task of this id that makes a video; `scope` is whose, null for anybody's. Throws 404 `task_not_found`: the same for
 * somebody else's, for one that makes something else, and for one whose video was deleted.
 */
export async function readVideoTask(context: Context, scope: number | null, id: string): Promise<Task> {
  const task = isTaskId(id) ? await context.taskFinder.find(scope, id) : null;
  if (task === null || task.deleted_at !== null) throw taskNotFound();
  if (readAcceptedRequest(task).kind !== 'video') throw taskNotFound();
  return task;
}
