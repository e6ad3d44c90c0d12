import type { Context } from '../flow/index.ts';
import { findTask, type Task } from '../tasks/index.ts';
import type { OpenStreams } from './open-streams.ts';

/**
 * The task as soon as its status is another than that of `task`, or as it is when `seconds` are over, its reader hangs up or
 * the server stops.
 */
export async function waitForChange(
  context: Context,
  task: Task,
  seconds: number,
  { signal, close }: ReturnType<OpenStreams['open']>,
): Promise<Task> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
  try {
    const { events } = context.feed.follow({ accountId: task.account_id, taskId: task.id, signal: either });
    for await (const { task: now } of events) if (now !== undefined && now.status !== task.status) return now;
    return (await findTask(context.database.db, task.account_id, task.id)) ?? task;
  } finally {
    close();
  }
}

/** The finished task, or as it is when `seconds` are over, its reader hangs up or the server stops. */
export async function waitForEnd(
  context: Context,
  task: Task,
  seconds: number,
  { signal, close }: ReturnType<OpenStreams['open']>,
  onChange: (task: Task) => void = () => undefined,
): Promise<Task> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
  try {
    const { events } = context.feed.follow({ accountId: task.account_id, taskId: task.id, signal: either });
    for await (const { task: now } of events) {
      if (now === undefined) continue;
      if (now.finished_at !== null) return now;
      onChange(now);
    }
    return (await findTask(context.database.db, task.account_id, task.id)) ?? task;
  } finally {
    close();
  }
}
