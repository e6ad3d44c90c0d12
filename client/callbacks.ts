import type { Client } from './create-client.ts';
import { sendRequest } from './send-request.ts';
import type { CallbackTest, TaskCallbacks } from './shapes.ts';

/** Every attempt of a task's callback. Throws `task_not_found` (404), also for a task of another account. */
export async function getTaskCallbacks(client: Client, taskId: string, signal?: AbortSignal): Promise<TaskCallbacks> {
  return await sendRequest<TaskCallbacks>(client, { method: 'GET', path: callbacksPath(taskId), signal });
}

/**
 * Has a finished task's callback sent again, in a new round of attempts under the same `webhook-id`, and answers without
 * waiting for it. Throws `callback_not_resendable` (409) for an unfinished task and for one without `callback_url`.
 */
export async function resendCallback(client: Client, taskId: string, signal?: AbortSignal): Promise<TaskCallbacks> {
  return await sendRequest<TaskCallbacks>(client, { method: 'POST', path: `${callbacksPath(taskId)}/resend`, signal });
}

/**
 * Has the server post a signed example to `callbackUrl` once, and answers what came of it within about 10 s; a receiver that
 * fails is an answer. Throws `invalid_request` (400) for a URL that the rules of `callback_url` refuse.
 */
export async function testCallback(client: Client, callbackUrl: string, signal?: AbortSignal): Promise<CallbackTest> {
  const body = { callback_url: callbackUrl };
  return await sendRequest<CallbackTest>(client, { method: 'POST', path: '/v1/callbacks/test', body, signal });
}

function callbacksPath(taskId: string): string {
  return `/v1/tasks/${encodeURIComponent(taskId)}/callbacks`;
}
