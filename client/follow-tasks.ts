import type { Client } from './create-client.ts';
import { readEvents, type ServerEvent } from './read-events.ts';
import type { Task } from './shapes.ts';
import { isFinished, taskPath } from './tasks.ts';

/** How a task is followed. */
export interface FollowOptions {
  /** Ends the following. */
  signal?: AbortSignal;
}

/** How an account's tasks are followed. */
export interface FollowTasksOptions extends FollowOptions {
  /** Goes on behind this event, for 15 minutes after it; by default with what changes from now on. */
  lastEventId?: string;
  /** Called when the server can't tell what has changed since the last event: list the tasks then. */
  onMissed?: () => void;
}

/** A task after a change, and the id behind which another stream goes on. */
export interface TaskEvent {
  id: string | undefined;
  task: Task;
}

/**
 * The task as it is, and again after each change, until it is `completed`, `failed` or `cancelled`. A stream that breaks is
 * resumed. Throws `task_not_found` (404), and the reason of `signal`.
 */
export async function* followTask(
  client: Client,
  taskId: string,
  { signal }: FollowOptions = {},
): AsyncGenerator<Task, void, void> {
  for await (const event of readEvents(client, `${taskPath(taskId)}/events`, { signal, isLast })) {
    if (event.event === 'task') yield parseTask(event);
  }
}

/**
 * Every task of the account after each change, until `signal` aborts. A stream that breaks is resumed without losing a change
 * or telling one twice. Throws `TroupeError` for what no further attempt mends.
 */
export async function* followTasks(
  client: Client,
  { signal, lastEventId, onMissed }: FollowTasksOptions = {},
): AsyncGenerator<TaskEvent, void, void> {
  for await (const event of readEvents(client, '/v1/events', { signal, lastEventId })) {
    if (event.event === 'missed') onMissed?.();
    if (event.event === 'task') yield { id: event.id, task: parseTask(event) };
  }
}

const isLast = (event: ServerEvent) => event.event === 'task' && isFinished(parseTask(event));

function parseTask({ data }: ServerEvent): Task {
  return JSON.parse(data) as Task;
}
