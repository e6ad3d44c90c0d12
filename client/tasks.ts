import type { Client } from './create-client.ts';
import { TroupeError } from './errors.ts';
import type { CursorPage } from './pages.ts';
import { sendRequest, writeQuery } from './send-request.ts';
import type { Task, TaskLine, TaskPage, TaskRequest } from './shapes.ts';
import type { operations } from './types.ts';

type TasksQuery = NonNullable<operations['listTasks']['parameters']['query']>;

/** Filters and page of `listTasks`; `status: 'processing'` includes tasks that still wait. */
export type ListTasksQuery = Omit<TasksQuery, 'limit' | 'cursor'>;

/** Throws `task_not_found` (404), also for a task of another account. */
export async function getTask(client: Client, taskId: string, signal?: AbortSignal): Promise<Task> {
  return await sendRequest<Task>(client, { method: 'GET', path: taskPath(taskId), signal });
}

/** What a task was asked for, as a body to send again or changed. Throws as {@link getTask}. */
export async function getTaskRequest(client: Client, taskId: string, signal?: AbortSignal): Promise<TaskRequest> {
  return await sendRequest<TaskRequest>(client, { method: 'GET', path: `${taskPath(taskId)}/request`, signal });
}

/**
 * The task as soon as its status has changed, or as it is after `seconds` (1 to 60, less than the client's `timeoutMs`). A
 * finished one is answered at once. Throws as {@link getTask}.
 */
export async function waitForStatus(
  client: Client,
  taskId: string,
  seconds: number,
  signal?: AbortSignal,
): Promise<Task> {
  return await sendRequest<Task>(client, { method: 'GET', path: `${taskPath(taskId)}?wait=${seconds}`, signal });
}

/** Up to 50 tasks in the order of `taskIds`; unknown ones and those of other accounts are left out. */
export async function getTasks(client: Client, taskIds: readonly string[], signal?: AbortSignal): Promise<Task[]> {
  const body = { task_ids: taskIds };
  const { data } = await sendRequest<{ data: Task[] }>(client, {
    method: 'POST',
    path: '/v1/tasks/batch',
    body,
    signal,
  });
  return data;
}

/**
 * One page of the account's tasks, newest first: a numbered one by `page` and `page_size`, or with `limit` the one behind
 * `cursor`, for `eachRow`.
 */
export async function listTasks(
  client: Client,
  query: Omit<ListTasksQuery, 'page' | 'page_size'> & { limit: number; cursor?: string },
  signal?: AbortSignal,
): Promise<CursorPage<TaskLine>>;
export async function listTasks(client: Client, query?: ListTasksQuery, signal?: AbortSignal): Promise<TaskPage>;
export async function listTasks(client: Client, query: TasksQuery = {}, signal?: AbortSignal): Promise<unknown> {
  return await sendRequest(client, { method: 'GET', path: `/v1/tasks${writeQuery(query)}`, signal });
}

/**
 * Cancels and refunds in full; a task that is cancelled already is returned as it is, so the call may be repeated. Throws
 * `task_not_cancellable` (409) when it completed or failed before, or is a video that is paid for elsewhere by now,
 * `task_not_found` (404).
 */
export async function cancelTask(client: Client, taskId: string, signal?: AbortSignal): Promise<Task> {
  try {
    return await sendRequest<Task>(client, { method: 'POST', path: `${taskPath(taskId)}/cancel`, signal });
  } catch (error) {
    if (!(error instanceof TroupeError) || error.code !== 'task_not_cancellable') throw error;
    const task = await getTask(client, taskId, signal);
    if (task.status !== 'cancelled') throw error;
    return task;
  }
}

/** Whether nothing more comes of it. */
export function isFinished({ status }: Pick<Task, 'status'>): boolean {
  return status !== 'pending' && status !== 'processing';
}

/** Path of a task's own routes. */
export function taskPath(taskId: string): string {
  return `/v1/tasks/${encodeURIComponent(taskId)}`;
}
