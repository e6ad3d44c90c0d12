import type { Client } from './create-client.ts';
import { sendRequest } from './send-request.ts';
import type { KlingCheck, KlingStatus } from './shapes.ts';

/** What the server knows of its account at the Kling API; takes an admin's key. */
export async function getKlingStatus(client: Client, signal?: AbortSignal): Promise<KlingStatus> {
  return await sendRequest<KlingStatus>(client, { method: 'GET', path: '/v1/kling/status', signal });
}

/** Has the server try that account with a few free calls; takes an admin's key. */
export async function checkKling(client: Client, signal?: AbortSignal): Promise<KlingCheck> {
  return await sendRequest<KlingCheck>(client, { method: 'GET', path: '/v1/kling/check', signal });
}
