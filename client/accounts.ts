import type { Client } from './create-client.ts';
import { createUniqueId } from './create-unique-id.ts';
import type { CursorPage, PageQuery } from './pages.ts';
import { sendRequest, writeQuery } from './send-request.ts';
import type { Account } from './shapes.ts';

/** One page of all accounts, newest first; takes an admin's key, as all of these. */
export async function listAccounts(
  client: Client,
  query: PageQuery = {},
  signal?: AbortSignal,
): Promise<CursorPage<Account>> {
  const path = `/v1/accounts${writeQuery(query)}`;
  return await sendRequest<CursorPage<Account>>(client, { method: 'GET', path, signal });
}

/** Makes an account without credits and keys. Throws `invalid_request` (400) for a name that is taken. */
export async function createAccount(client: Client, name: string, signal?: AbortSignal): Promise<Account> {
  return await sendRequest<Account>(client, {
    method: 'POST',
    path: '/v1/accounts',
    body: { name },
    once: true,
    signal,
  });
}

/**
 * Tops an account up, or withdraws when `credits` is negative, and answers it as it is then. Every attempt carries the same
 * idempotency key (by default one of its own), so that a lost answer moves nothing twice.
 */
export async function moveCredits(
  client: Client,
  accountId: number,
  move: { credits: number; note?: string },
  options: { idempotencyKey?: string; signal?: AbortSignal } = {},
): Promise<Account> {
  return await sendRequest<Account>(client, {
    method: 'POST',
    path: `/v1/accounts/${accountId}/credits`,
    headers: { 'idempotency-key': options.idempotencyKey ?? createUniqueId() },
    body: move,
    signal: options.signal,
  });
}
