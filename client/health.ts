import type { Client } from './create-client.ts';
import { download } from './download.ts';
import { sendRequest } from './send-request.ts';
import type { operations } from './types.ts';

/** Each part of the server with `ok`, or what is the matter with it. */
export type Readiness = operations['getReadiness']['responses'][200]['content']['application/json'];

/** Whether the server can work. Throws `service_unavailable` (503) naming what is away. */
export async function getReadiness(client: Client, signal?: AbortSignal): Promise<Readiness> {
  return await sendRequest<Readiness>({ ...client, retriesMax: 0 }, { method: 'GET', path: '/readyz', signal });
}

/** Whether the server's process answers at all, whatever it can do. */
export async function getHealth(client: Client, signal?: AbortSignal): Promise<{ status: string }> {
  return await sendRequest({ ...client, retriesMax: 0 }, { method: 'GET', path: '/healthz', signal });
}

/** What the answering process counts and times, as OpenMetrics text; takes an admin's key. */
export async function getMetrics(client: Client, signal?: AbortSignal): Promise<string> {
  return await new Response(await download(client, `${client.baseUrl}/metrics`, signal)).text();
}

/** The server's own OpenAPI document. */
export async function getApiDocument(client: Client, signal?: AbortSignal): Promise<object> {
  return await sendRequest<object>(client, { method: 'GET', path: '/openapi.json', signal });
}
