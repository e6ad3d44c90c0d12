import type { Client } from './create-client.ts';
import { download } from './download.ts';
import { sendRequest, writeQuery } from './send-request.ts';
import type { Cutout, Mending } from './shapes.ts';

/**
 * The cut-out of one picture of an element: `frontal`, `refer-1` …, `frame-1` …. Throws `element_not_found`, `view_not_found`
 * (404).
 */
export async function getCutout(
  client: Client,
  elementId: string,
  view: string,
  signal?: AbortSignal,
): Promise<Cutout> {
  return await sendRequest<Cutout>(client, { method: 'GET', path: cutoutPath(elementId, view), signal });
}

/**
 * The matte, a grey PNG, that `mendCutout` would store. Throws as that. Sent once: the next stroke asks again.
 */
export async function previewCutout(
  client: Client,
  elementId: string,
  view: string,
  mending: Mending,
  signal?: AbortSignal,
): Promise<ReadableStream<Uint8Array>> {
  return await download(client, `${client.baseUrl}${cutoutPath(elementId, view)}/preview`, signal, mending);
}

/**
 * Stores a mended cut-out and all that follows from it, as one more revision of the element. Throws `invalid_request` (400),
 * `revision_conflict` (409) when the element has another `revision` than the one that was sent. Sent once: strokes go over the
 * matte that they have made.
 */
export async function mendCutout(
  client: Client,
  elementId: string,
  view: string,
  mending: Mending,
  signal?: AbortSignal,
): Promise<Cutout> {
  return await sendRequest<Cutout>(client, {
    method: 'PUT',
    path: cutoutPath(elementId, view),
    body: mending,
    once: true,
    signal,
  });
}

/** Goes back to the automatic cut-out, as one more revision. Throws `revision_conflict` (409) as `mendCutout`. */
export async function undoMending(
  client: Client,
  elementId: string,
  view: string,
  revision?: number,
  signal?: AbortSignal,
): Promise<Cutout> {
  const path = `${cutoutPath(elementId, view)}${writeQuery(revision === undefined ? {} : { revision })}`;
  return await sendRequest<Cutout>(client, { method: 'DELETE', path, signal });
}

function cutoutPath(elementId: string, view: string): string {
  return `/v1/elements/${encodeURIComponent(elementId)}/views/${encodeURIComponent(view)}/cutout`;
}
