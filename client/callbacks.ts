import type { Client } from './create-client.ts';
import { sendRequest, writeQuery } from './send-request.ts';
import type { CallbackSecret, CallbackTest, GivenUpCallback, TaskCallbacks } from './shapes.ts';
import type { operations } from './types.ts';

/** Since when, and which page. */
export type ListGivenUpCallbacksQuery = NonNullable<operations['listGivenUpCallbacks']['parameters']['query']>;

/** A page of given-up callbacks, the newest first. */
export interface GivenUpCallbackPage {
  data: GivenUpCallback[];
  next_cursor: string | null;
}

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

/** One page of the callbacks that were given up, the newest first. */
export async function listGivenUpCallbacks(
  client: Client,
  query: ListGivenUpCallbacksQuery = {},
  signal?: AbortSignal,
): Promise<GivenUpCallbackPage> {
  const path = `/v1/callbacks/given-up${writeQuery(query)}`;
  return await sendRequest<GivenUpCallbackPage>(client, { method: 'GET', path, signal });
}

/** What the account's callbacks are signed with, the newest first. For managers. */
export async function listCallbackSecrets(client: Client, signal?: AbortSignal): Promise<CallbackSecret[]> {
  const { data } = await sendRequest<{ data: CallbackSecret[] }>(client, {
    method: 'GET',
    path: '/v1/callbacks/secrets',
    signal,
  });
  return data;
}

/**
 * Makes a new secret and answers those that are valid, the new one first; the old one signs beside it for 24 hours. Never
 * repeated by itself: each call makes one. For managers.
 */
export async function rotateCallbackSecret(client: Client, signal?: AbortSignal): Promise<CallbackSecret[]> {
  const path = '/v1/callbacks/secrets/rotate';
  const { data } = await sendRequest<{ data: CallbackSecret[] }>(
    { ...client, retriesMax: 0 },
    { method: 'POST', path, signal },
  );
  return data;
}

function callbacksPath(taskId: string): string {
  return `/v1/tasks/${encodeURIComponent(taskId)}/callbacks`;
}
