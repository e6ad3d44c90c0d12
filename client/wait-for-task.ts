import type { Client } from './create-client.ts';
import { pause } from './send-request.ts';
import type { Task } from './shapes.ts';
import { getTask } from './tasks.ts';

/** How a task is waited for. */
export interface WaitForTaskOptions {
  /** Called with every state that was read, the final one included. */
  onProgress?: (task: Task) => void;
  /** Ends the waiting, not the task. */
  signal?: AbortSignal;
  /** Milliseconds between the first two queries, 1.5 times as long after each. Default 300. */
  firstPauseMs?: number;
  /** Default 5,000, the pace of the contract's own samples. */
  pauseMaxMs?: number;
}

/**
 * Queries the task until it is `completed`, `failed` or `cancelled` and returns it: a failed task is an answer, see its
 * `error`. Throws as `getTask` does, and the reason of `signal`.
 */
export async function waitForTask(client: Client, taskId: string, options: WaitForTaskOptions = {}): Promise<Task> {
  const { onProgress, signal, firstPauseMs = 300, pauseMaxMs = 5_000 } = options;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, pauseMaxMs)) {
    const task = await getTask(client, taskId, signal);
    onProgress?.(task);
    if (task.status !== 'pending' && task.status !== 'processing') return task;
    await pause(pauseMs, signal);
  }
}
