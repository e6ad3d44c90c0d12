import type { Client } from './create-client.ts';
import { createUniqueId } from './create-unique-id.ts';
import { sendRequest } from './send-request.ts';
import type { ElementRequest, ImageRequest, Task, VideoRequest } from './shapes.ts';

/** How a request is submitted. */
export interface SubmitOptions {
  /** 16 to 96 of `A-Z a-z 0-9 . _ -`. Name one to repeat a submission across processes; by default each call has its own. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/**
 * Submits a request for an element and returns its task: follow it with `waitForTask`, or let the server call
 * `callback_url`. Throws as `submit` does.
 */
export async function createElement(
  client: Client,
  request: Omit<ElementRequest, 'model'>,
  options: SubmitOptions = {},
): Promise<Task> {
  return await submit(client, { model: 'kling-custom-element', ...request }, options);
}

/**
 * Submits a request for a video, with the ids of its elements in `model_params.element_list`, and returns its task:
 * follow it with `waitForTask`, read its link with `parseVideoResult`. Throws as `submit` does.
 */
export async function createVideo(client: Client, request: VideoRequest, options: SubmitOptions = {}): Promise<Task> {
  return await submit(client, request, options);
}

/**
 * Submits a request for pictures, with the ids of its elements in `model_params.element_list`, and returns its task: follow it with
 * `waitForTask`, read its links with `parseImageResult`. Throws as `submit` does.
 */
export async function createImages(client: Client, request: ImageRequest, options: SubmitOptions = {}): Promise<Task> {
  return await submit(client, request, options, '/v1/images/generations');
}

/** What may be said beside the element whose further views are asked for. */
export interface AnglesRequest {
  callback_url?: string;
  dry_run?: boolean;
}

/** Which set is to be the further views of the new element, and what is to differ from the first one. */
export interface AngleChoice extends AnglesRequest {
  /** As `result_data.images` numbers them, from 0. */
  set: number;
  element_name?: string;
  element_description?: string;
}

/**
 * Has further views made of an element and returns the task: follow it with `waitForTask`, read the sets with `parseImageResult`. Throws
 * as `submit` does.
 */
export async function createAngles(
  client: Client,
  elementId: string,
  request: AnglesRequest = {},
  options: SubmitOptions = {},
): Promise<Task> {
  return await submit(client, request, options, `/v1/elements/${encodeURIComponent(elementId)}/angles`);
}

/** Asks for an element of the frontal picture of one and of a set of its angles; as `createElement`. */
export async function chooseAngles(
  client: Client,
  elementId: string,
  taskId: string,
  choice: AngleChoice,
  options: SubmitOptions = {},
): Promise<Task> {
  const path = `/v1/elements/${encodeURIComponent(elementId)}/angles/${encodeURIComponent(taskId)}/choose`;
  return await submit(client, choice, options, path);
}

/**
 * Submits a request of any model and returns its task, which is not finished yet. Every attempt carries the same
 * idempotency key, so that a lost answer charges nothing twice. Throws `TroupeError` with the server's code when the
 * request is refused.
 */
async function submit(
  client: Client,
  body: object,
  options: SubmitOptions,
  path = '/v1/videos/generations',
): Promise<Task> {
  return await sendRequest<Task>(client, {
    method: 'POST',
    path,
    headers: { 'idempotency-key': options.idempotencyKey ?? createUniqueId() },
    body,
    signal: options.signal,
  });
}
