import type { Client } from './create-client.ts';
import { download } from './download.ts';
import type { CursorPage } from './pages.ts';
import { sendRequest, writeQuery } from './send-request.ts';
import type { ElementDetails, ElementLine, ElementPage } from './shapes.ts';
import type { operations } from './types.ts';

type ElementsQuery = NonNullable<operations['listElements']['parameters']['query']>;

/** Filters and the page of a list of elements. */
export type ListElementsQuery = Omit<ElementsQuery, 'limit' | 'cursor'>;

/**
 * One page of the account's elements, newest first: a numbered one by `page` and `page_size`, or with `limit` the one
 * behind `cursor`, for `eachRow`.
 */
export async function listElements(
  client: Client,
  query: Omit<ListElementsQuery, 'page' | 'page_size'> & { limit: number; cursor?: string },
  signal?: AbortSignal,
): Promise<CursorPage<ElementLine>>;
export async function listElements(
  client: Client,
  query?: ListElementsQuery,
  signal?: AbortSignal,
): Promise<ElementPage>;
export async function listElements(client: Client, query: ElementsQuery = {}, signal?: AbortSignal): Promise<unknown> {
  return await sendRequest(client, { method: 'GET', path: `/v1/elements${writeQuery(query)}`, signal });
}

/** Throws `element_not_found` (404), also for a deleted element and one of another account. */
export async function getElement(client: Client, elementId: string, signal?: AbortSignal): Promise<ElementDetails> {
  return await sendRequest<ElementDetails>(client, { method: 'GET', path: elementPath(elementId), signal });
}

/**
 * The bytes of one of an element's files, by its `name`. Asked for at `baseUrl`, also where the file's `url` begins with
 * another public address of the server. Throws `element_file_not_found` (404).
 */
export async function downloadElementFile(
  client: Client,
  elementId: string,
  name: string,
  signal?: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  const url = `${client.baseUrl}${elementPath(elementId)}/files/${encodeURIComponent(name)}`;
  return await download(client, url, signal);
}

/** Deletes an element for good; videos made of it stay. Throws `element_not_found` (404). */
export async function deleteElement(client: Client, elementId: string, signal?: AbortSignal): Promise<void> {
  await sendRequest(client, { method: 'DELETE', path: elementPath(elementId), signal });
}

function elementPath(elementId: string): string {
  return `/v1/elements/${encodeURIComponent(elementId)}`;
}
