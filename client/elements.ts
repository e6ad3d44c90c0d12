import type { Client } from './create-client.ts';
import { download } from './download.ts';
import { uploadTimeoutMs } from './files.ts';
import type { CursorPage } from './pages.ts';
import { sendRequest, writeQuery } from './send-request.ts';
import type { ElementChange, ElementDetails, ElementLine, ElementPage, ImportedElement, TaskLine } from './shapes.ts';
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

/**
 * Changes name, description or tags of an element and returns it as it is then. Throws `invalid_request` (400) naming the
 * field, `element_not_found` (404).
 */
export async function changeElement(
  client: Client,
  elementId: string,
  change: ElementChange,
  signal?: AbortSignal,
): Promise<ElementDetails> {
  return await sendRequest(client, { method: 'PATCH', path: elementPath(elementId), body: change, signal });
}

/** One page of the tasks that named the element in `element_list`, newest first. Throws `element_not_found` (404). */
export async function listElementUses(
  client: Client,
  elementId: string,
  query: { limit?: number; cursor?: string } = {},
  signal?: AbortSignal,
): Promise<CursorPage<TaskLine>> {
  return await sendRequest(client, {
    method: 'GET',
    path: `${elementPath(elementId)}/uses${writeQuery(query)}`,
    signal,
  });
}

/** The bytes of an element's archive, a ZIP file. Throws `element_not_found` (404). */
export async function exportElement(
  client: Client,
  elementId: string,
  signal?: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  return await download(client, `${client.baseUrl}${elementPath(elementId)}/export`, signal);
}

/**
 * Makes an element of an archive that `exportElement` gave, with the same id where it's free. Throws `archive_refused`
 * (400) naming the entry and the rule. Sent once: a repetition could make a second element. May take an hour.
 */
export async function importElement(client: Client, archive: Blob, signal?: AbortSignal): Promise<ImportedElement> {
  const headers = { 'content-type': 'application/zip' };
  const path = '/v1/elements/import';
  return await sendRequest(
    { ...client, timeoutMs: Math.max(client.timeoutMs, uploadTimeoutMs) },
    { method: 'POST', path, headers, bytes: archive, once: true, signal },
  );
}

function elementPath(elementId: string): string {
  return `/v1/elements/${encodeURIComponent(elementId)}`;
}
