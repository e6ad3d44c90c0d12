import type { Context } from '../flow/index.ts';
import { findTask, type Task } from '../tasks/index.ts';
import type { OpenStream } from './open-streams.ts';

/**
 * The task as soon as its status is another than that of `task`, or as it is when `seconds` are over, its reader hangs up or
 * the server stops.
 */
export async function waitForChange(
  context: Context,
  task: Task,
  seconds: number,
  stream: Pick<OpenStream, 'signal' | 'close'>,
): Promise<Task> {
  return await waitUntil(context, task, seconds, stream, (now) => now.status !== task.status);
}

/** The finished task, or as it is when `seconds` are over, its reader hangs up or the server stops. */
export async function waitForEnd(
  context: Context,
  task: Task,
  seconds: number,
  stream: Pick<OpenStream, 'signal' | 'close'>,
  onChange: (task: Task) => void = () => undefined,
): Promise<Task> {
  return await waitUntil(context, task, seconds, stream, (now) => {
    if (now.finished_at !== null) return true;
    onChange(now);
    return false;
  });
}

/** Looks at each change; closes the stream. */
async function waitUntil(
  context: Context,
  task: Task,
  seconds: number,
  { signal, close }: Pick<OpenStream, 'signal' | 'close'>,
  isAwaited: (now: Task) => boolean,
): Promise<Task> {
  const either = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]);
  try {
    const { events } = context.feed.follow({ accountId: task.account_id, taskId: task.id, signal: either });
    for await (const { task: now } of events) if (now !== undefined && isAwaited(now)) return now;
    return (await findTask(context.database.db, task.account_id, task.id)) ?? task;
  } finally {
    close();
  }
}
