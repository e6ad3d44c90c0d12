import type { Client } from './create-client.ts';
import { sendRequest } from './send-request.ts';
import type { Key } from './shapes.ts';

/** What a browser shows to be let in: a key, or what follows `#once=` in the address that the server printed. */
export type SignIn = { key: string } | { once: string };

/**
 * Signs the browser in that runs this page of the server's own, and answers the record of its key; from then on a client
 * without a key works there. Throws `unauthorized` (401), `rate_limit_exceeded` (429).
 */
export async function signIn(client: Client, shown: SignIn, signal?: AbortSignal): Promise<Key> {
  return await sendRequest<Key>(client, { method: 'POST', path: '/v1/session', body: shown, once: true, signal });
}

/** Ends the browser's session; also where it has ended already. */
export async function signOut(client: Client, signal?: AbortSignal): Promise<void> {
  await sendRequest(client, { method: 'DELETE', path: '/v1/session', signal });
}
