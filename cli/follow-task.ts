import { type Client, type Task, waitForTask } from '../client/index.ts';
import { exitCodes } from './exit-codes.ts';
import type { Typed } from './name-typed.ts';
import { presentTask } from './present-task.ts';
import { showProgress } from './show-progress.ts';

/** Waits for a task with progress on standard error, prints it on standard output and returns the exit code. */
export async function followTask(
  client: Client,
  taskId: string,
  { json, typed }: { json: boolean; typed?: Typed },
): Promise<number> {
  const progress = json ? null : showProgress(process.stderr);
  let task: Task;
  try {
    task = await waitForTask(client, taskId, { onProgress: (state) => progress?.move(state) });
  } finally {
    progress?.end();
  }
  process.stdout.write(json ? `${JSON.stringify(task)}\n` : presentTask(task, typed));
  return task.status === 'completed' ? exitCodes.done : exitCodes.taskFailed;
}
