import {
  createElement,
  type DryRunResult,
  type ElementRequest,
  parseDryRunResult,
  type Task,
  TroupeError,
  waitForTask,
} from '../../client/index.ts';
import { client } from './client.ts';
import { createMedia } from './create-media.ts';
import type { MediaRequest } from './media-request.ts';

/** What an element request asks for, as the API has it. */
export type ElementParams = ElementRequest['model_params'];

/** Has the server check the request of an element without paying. Throws the error that the real one would have. */
export async function checkElement(model_params: ElementParams, signal: AbortSignal): Promise<DryRunResult> {
  return await follow(await createElement(client, { model_params, dry_run: true }, { signal }), signal);
}

/** The same for a video or pictures. */
export async function checkMedia(
  makes: 'video' | 'image',
  request: MediaRequest,
  signal: AbortSignal,
): Promise<DryRunResult> {
  return await follow(await createMedia(makes, { ...request, dry_run: true }, { signal }), signal);
}

async function follow(accepted: Task, signal: AbortSignal): Promise<DryRunResult> {
  const task = await waitForTask(client, accepted.id, { signal });
  const result = parseDryRunResult(task);
  if (result !== undefined) return result;
  const { code = 'task_cancelled', message = 'The check was cancelled', param } = task.error ?? {};
  throw new TroupeError({ code, message, param, status: 400 });
}
