import type { Client } from './create-client.ts';
import { sendRequest, writeQuery } from './send-request.ts';
import type { Diagnosis, LedgerCheck } from './shapes.ts';

/** What is missing or wrong at the server, and how to mend it; takes an admin's key. */
export async function getDiagnosis(client: Client, signal?: AbortSignal): Promise<Diagnosis> {
  return await sendRequest<Diagnosis>(client, { method: 'GET', path: '/v1/doctor', signal });
}

/**
 * Has the whole ledger replayed against the balances; takes an admin's key, and some time. With `at_rest`, when no task is
 * unfinished, an open reservation is wrong too.
 */
export async function checkLedger(
  client: Client,
  query: { at_rest?: boolean } = {},
  signal?: AbortSignal,
): Promise<LedgerCheck> {
  return await sendRequest<LedgerCheck>(client, {
    method: 'GET',
    path: `/v1/ledger/check${writeQuery(query)}`,
    signal,
  });
}
