import type { Client } from './create-client.ts';
import { sendRequest } from './send-request.ts';
import type { Credits, Model } from './shapes.ts';

/** Credits of the key (`token`) and of its account (`user`). */
export async function getCredits(client: Client, signal?: AbortSignal): Promise<Credits['data']> {
  const { data } = await sendRequest<Credits>(client, { method: 'GET', path: '/v1/credits', signal });
  return data;
}

/** The models that the key may use, with the prices in force. */
export async function listModels(client: Client, signal?: AbortSignal): Promise<Model[]> {
  const { data } = await sendRequest<{ data: Model[] }>(client, {
    method: 'GET',
    path: '/v1/models?limit=100',
    signal,
  });
  return data;
}
