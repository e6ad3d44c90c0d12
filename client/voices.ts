import type { Client } from './create-client.ts';
import type { CursorPage, PageQuery } from './pages.ts';
import { sendRequest, writeQuery } from './send-request.ts';
import type { OrderedVoice, PresetElement, Voice } from './shapes.ts';

/** One page of the vendor's own elements. Throws `engine_not_available` (404) without a Kling account, as all of these. */
export async function listPresetElements(
  client: Client,
  query: PageQuery = {},
  signal?: AbortSignal,
): Promise<CursorPage<PresetElement>> {
  return await sendRequest(client, { method: 'GET', path: `/v1/elements/presets${writeQuery(query)}`, signal });
}

/** One page of the voices that the account may bind to elements. */
export async function listVoices(
  client: Client,
  query: PageQuery = {},
  signal?: AbortSignal,
): Promise<CursorPage<Voice>> {
  return await sendRequest(client, { method: 'GET', path: `/v1/voices${writeQuery(query)}`, signal });
}

/**
 * Has a voice made of a recording, which the vendor charges for: sent once. `kling_account` is the name of the Kling account that makes it,
 * where the server has several. Takes an admin's key, as those below.
 */
export async function createVoice(
  client: Client,
  wish: { voice_name: string; voice_url: string; account?: string; kling_account?: string },
  signal?: AbortSignal,
): Promise<OrderedVoice> {
  // The server itself waits for a minute.
  const patient = { ...client, timeoutMs: Math.max(client.timeoutMs, 90_000) };
  return await sendRequest(patient, { method: 'POST', path: '/v1/voices', body: wish, once: true, signal });
}

/** Deletes a voice from the Kling account. Throws `resource_not_found` (404). */
export async function deleteVoice(client: Client, voiceId: string, signal?: AbortSignal): Promise<void> {
  await sendRequest(client, { method: 'DELETE', path: `/v1/voices/${encodeURIComponent(voiceId)}`, signal });
}

/** Lets an account, by its id or name, bind a voice to its elements. */
export async function grantVoice(
  client: Client,
  voiceId: string,
  account: string,
  signal?: AbortSignal,
): Promise<void> {
  const path = `/v1/voices/${encodeURIComponent(voiceId)}/grants`;
  await sendRequest(client, { method: 'POST', path, body: { account }, signal });
}

/** Takes a voice back from an account; elements that have it keep it. */
export async function revokeVoice(
  client: Client,
  voiceId: string,
  account: string,
  signal?: AbortSignal,
): Promise<void> {
  const path = `/v1/voices/${encodeURIComponent(voiceId)}/grants${writeQuery({ account })}`;
  await sendRequest(client, { method: 'DELETE', path, signal });
}
