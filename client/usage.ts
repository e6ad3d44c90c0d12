import type { Client } from './create-client.ts';
import type { CursorPage, PageQuery } from './pages.ts';
import { sendRequest, writeQuery } from './send-request.ts';
import type { Transfer, UsageLine } from './shapes.ts';
import type { operations } from './types.ts';

/** Period, groups, account and page of `getUsage`. */
export type UsageQuery = NonNullable<operations['getUsage']['parameters']['query']>;

/** Tasks and credits of the account by the groups of `group_by`, such as `day,model`; takes a manager's key. */
export async function getUsage(
  client: Client,
  query: UsageQuery = {},
  signal?: AbortSignal,
): Promise<CursorPage<UsageLine>> {
  const path = `/v1/usage${writeQuery(query)}`;
  return await sendRequest<CursorPage<UsageLine>>(client, { method: 'GET', path, signal });
}

/** One page of the account's ledger, newest first; takes a manager's key. */
export async function listTransfers(
  client: Client,
  query: PageQuery & { account?: string } = {},
  signal?: AbortSignal,
): Promise<CursorPage<Transfer>> {
  const path = `/v1/credits/transfers${writeQuery(query)}`;
  return await sendRequest<CursorPage<Transfer>>(client, { method: 'GET', path, signal });
}
