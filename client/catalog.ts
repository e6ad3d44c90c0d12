import type { Client } from './create-client.ts';
import { sendRequest, writeQuery } from './send-request.ts';
import type { CatalogModels, CatalogPrices } from './shapes.ts';
import type { operations } from './types.ts';

/** Which models the list is limited to. */
export type ListCatalogModelsQuery = NonNullable<operations['listCatalogModels']['parameters']['query']>;
/** Which model's prices are asked for. */
export type ListCatalogPricesQuery = NonNullable<operations['listCatalogPrices']['parameters']['query']>;

/** The public list of models, in the form that the hosted service has for its own tools. */
export async function listCatalogModels(
  client: Client,
  query: ListCatalogModelsQuery = {},
  signal?: AbortSignal,
): Promise<CatalogModels> {
  return await sendRequest(client, { method: 'GET', path: `/v1/catalog/models${writeQuery(query)}`, signal });
}

/** The public list of prices; of an unknown `model_id` there are none. */
export async function listCatalogPrices(
  client: Client,
  query: ListCatalogPricesQuery = {},
  signal?: AbortSignal,
): Promise<CatalogPrices> {
  return await sendRequest(client, { method: 'GET', path: `/v1/catalog/pricing${writeQuery(query)}`, signal });
}
