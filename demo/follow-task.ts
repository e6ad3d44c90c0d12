import { showProgress } from '../cli/index.ts';
import { type Client, type Task, waitForTask } from '../client/index.ts';

/** Waits for a task with progress on standard output. Throws with its error when it didn't complete. */
export async function followTask(client: Client, taskId: string, signal: AbortSignal): Promise<Task> {
  const progress = showProgress(process.stdout);
  let task: Task;
  try {
    task = await waitForTask(client, taskId, { signal, onProgress: (state) => progress.move(state) });
  } finally {
    progress.end();
  }
  if (task.status === 'completed') return task;
  throw new Error(`the task ${task.id} ended as ${task.status}: ${task.error?.code}, ${task.error?.message}`);
}
