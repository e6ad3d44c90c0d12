import type { Client } from './create-client.ts';
import { TroupeError } from './errors.ts';
import { readEvents } from './read-events.ts';
import { pause } from './send-request.ts';
import type { Task } from './shapes.ts';
import { getTask, isFinished, taskPath } from './tasks.ts';

/** How a task is waited for. */
export interface WaitForTaskOptions {
  /** Called with every state that was read, the final one included. */
  onProgress?: (task: Task) => void;
  /** Ends the waiting, not the task. */
  signal?: AbortSignal;
  /** Milliseconds between the first two queries where there are no events, 1.5 times as long after each. Default 300. */
  firstPauseMs?: number;
  /** Default 5,000, the pace of the contract's own samples. */
  pauseMaxMs?: number;
}

/** Milliseconds in which events must begin: a proxy that holds them back is not waited for. */
const beginMs = 5_000;

/**
 * Waits until the task is `completed`, `failed` or `cancelled` and returns it: a failed task is an answer, see its `error`. Follows
 * its events and, where those can't be had or end too soon, queries it. Throws as `getTask` does, and the reason of
 * `signal`.
 */
export async function waitForTask(client: Client, taskId: string, options: WaitForTaskOptions = {}): Promise<Task> {
  return (await waitByEvents(client, taskId, options)) ?? (await waitByQueries(client, taskId, options));
}

async function waitByEvents(
  client: Client,
  taskId: string,
  { onProgress, signal }: WaitForTaskOptions,
): Promise<Task | null> {
  try {
    for await (const { event, data } of readEvents(client, `${taskPath(taskId)}/events`, { signal, beginMs })) {
      if (event !== 'task') continue;
      const task = JSON.parse(data) as Task;
      onProgress?.(task);
      if (isFinished(task)) return task;
    }
  } catch (error) {
    signal?.throwIfAborted();
    // What is wrong with the task or the key, the query says as well.
    if (!(error instanceof TroupeError)) throw error;
  }
  return null;
}

async function waitByQueries(client: Client, taskId: string, options: WaitForTaskOptions): Promise<Task> {
  const { onProgress, signal, firstPauseMs = 300, pauseMaxMs = 5_000 } = options;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, pauseMaxMs)) {
    const task = await getTask(client, taskId, signal);
    onProgress?.(task);
    if (isFinished(task)) return task;
    await pause(pauseMs, signal);
  }
}
