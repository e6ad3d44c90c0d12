import type { Client } from './create-client.ts';
import type { CursorPage, PageQuery } from './pages.ts';
import { sendRequest, writeQuery } from './send-request.ts';
import type { Key } from './shapes.ts';
import type { operations } from './types.ts';

/** What a new key may do; what is left out it has like the asking one, and the role `caller`. */
export type KeyWish = operations['createKey']['requestBody']['content']['application/json'];

/** What is to change of a key; null takes a limit away. */
export type KeyChange = NonNullable<operations['changeKey']['requestBody']>['content']['application/json'];

/** The record of the client's own key, with its account and role. */
export async function getMe(client: Client, signal?: AbortSignal): Promise<Key> {
  return await sendRequest<Key>(client, { method: 'GET', path: '/v1/me', signal });
}

/** One page of the account's keys, newest first; for an admin of all accounts, or of the `account` of this name or id. */
export async function listKeys(
  client: Client,
  query: PageQuery & { account?: string } = {},
  signal?: AbortSignal,
): Promise<CursorPage<Key>> {
  return await sendRequest<CursorPage<Key>>(client, { method: 'GET', path: `/v1/keys${writeQuery(query)}`, signal });
}

/** Throws `key_not_found` (404), also for a key of another account. */
export async function getKey(client: Client, keyId: number, signal?: AbortSignal): Promise<Key> {
  return await sendRequest<Key>(client, { method: 'GET', path: `/v1/keys/${keyId}`, signal });
}

/**
 * Makes a key; its `key`, and with `pair` its `secret_key`, are shown in this answer alone. Sent once: where no answer comes the key may exist, see `listKeys`.
 * Throws `permission_denied` (403) for more than the client's own key has.
 */
export async function createKey(
  client: Client,
  wish: KeyWish,
  signal?: AbortSignal,
): Promise<Key & { key: string; secret_key?: string }> {
  return await sendRequest(client, { method: 'POST', path: '/v1/keys', body: wish, once: true, signal });
}

/** Changes what is named; the rest stays. Throws `key_not_found` (404), `permission_denied` (403). */
export async function changeKey(client: Client, keyId: number, change: KeyChange, signal?: AbortSignal): Promise<Key> {
  return await sendRequest<Key>(client, { method: 'PATCH', path: `/v1/keys/${keyId}`, body: change, signal });
}

/** Deletes a key for good. Throws `key_not_found` (404), `permission_denied` (403). */
export async function deleteKey(client: Client, keyId: number, signal?: AbortSignal): Promise<void> {
  await sendRequest(client, { method: 'DELETE', path: `/v1/keys/${keyId}`, signal });
}
