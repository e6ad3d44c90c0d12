import type { Client } from './create-client.ts';
import { sendRequest } from './send-request.ts';
import type { Task } from './shapes.ts';

export interface SubmitOptions {
  /** 16 to 96 of `A-Z a-z 0-9 . _ -`. Name one to repeat a submission across processes; by default each call has its own. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/**
 * Submits a request of any model and returns its task, which is not finished yet. Every attempt carries the same
 * idempotency key, so that a lost answer charges nothing twice. Throws `TroupeError` with the server's code when the
 * request is refused.
 */
export async function submit(client: Client, body: object, options: SubmitOptions): Promise<Task> {
  return await sendRequest<Task>(client, {
    method: 'POST',
    path: '/v1/videos/generations',
    headers: { 'idempotency-key': options.idempotencyKey ?? crypto.randomUUID() },
    body,
    signal: options.signal,
  });
}
