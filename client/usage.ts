import { type Client, presentKey } from './create-client.ts';
import { serverUnreachable } from './errors.ts';
import type { CursorPage, PageQuery } from './pages.ts';
import { sendRequest, toError, writeQuery } from './send-request.ts';
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

/** The account's whole ledger as CSV, newest first; takes a manager's key. */
export async function exportTransfers(client: Client, signal?: AbortSignal): Promise<string> {
  const url = `${client.baseUrl}/v1/credits/transfers`;
  const headers = { ...presentKey(client), accept: 'text/csv' };
  const answer = await client.fetch(url, { headers, ...(signal === undefined ? {} : { signal }) }).catch((cause) => {
    throw serverUnreachable(url, cause);
  });
  if (answer.ok) return await answer.text();
  throw toError(url, answer, await answer.json().catch(() => null));
}

/** One page of the account's ledger, newest first, or of what in it belongs to a task; takes a manager's key. */
export async function listTransfers(
  client: Client,
  query: PageQuery & { account?: string; task_id?: string } = {},
  signal?: AbortSignal,
): Promise<CursorPage<Transfer>> {
  const path = `/v1/credits/transfers${writeQuery(query)}`;
  return await sendRequest<CursorPage<Transfer>>(client, { method: 'GET', path, signal });
}
