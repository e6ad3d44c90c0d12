import type { Client } from './create-client.ts';
import type { ElementRequest, Task } from './shapes.ts';
import { type SubmitOptions, submit } from './submit.ts';

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
