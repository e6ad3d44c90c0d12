import type { Client } from './create-client.ts';
import { sendRequest } from './send-request.ts';
import type { Credits, Estimate, EstimateRequest, Model } from './shapes.ts';

/** Credits of the key (`token`) and of its account (`user`). */
export async function getCredits(client: Client, signal?: AbortSignal): Promise<Credits['data']> {
  const { data } = await sendRequest<Credits>(client, { method: 'GET', path: '/v1/credits', signal });
  return data;
}

/** One model with the price in force. Throws `TroupeError` `model_not_found`, or `model_access_denied` for this key. */
export async function getModel(client: Client, modelId: string, signal?: AbortSignal): Promise<Model> {
  return await sendRequest(client, { method: 'GET', path: `/v1/models/${encodeURIComponent(modelId)}`, signal });
}

/** What requests to a model would cost; nothing is reserved. */
export async function estimatePrice(client: Client, request: EstimateRequest, signal?: AbortSignal): Promise<Estimate> {
  return await sendRequest(client, { method: 'POST', path: '/v1/agent-estimates', body: request, signal });
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
