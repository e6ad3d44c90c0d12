import { type Client, presentKey } from './create-client.ts';
import { serverUnreachable } from './errors.ts';
import { toError } from './send-request.ts';

/**
 * The bytes behind a link of this server: a video's `results[0]`, which needs no key, or the `url` of an element's file.
 * The key is sent to the server's own addresses only. Throws `TroupeError`, `link_expired` (410) once a link has ended.
 */
export async function download(
  client: Client,
  url: string,
  signal?: AbortSignal,
  /** Sent as JSON by POST, of what answers a body with bytes. */
  body?: unknown,
): Promise<ReadableStream<Uint8Array>> {
  const isOwn = ['/v1/', '/api/v1/', '/metrics'].some((path) => url.startsWith(`${client.baseUrl}${path}`));
  const headers: Record<string, string> = isOwn ? presentKey(client) : {};
  const posted =
    body === undefined
      ? { headers }
      : { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await client.fetch(url, { ...posted, ...(signal === undefined ? {} : { signal }) }).catch((cause) => {
    throw serverUnreachable(url, cause);
  });
  if (answer.ok && answer.body !== null) return answer.body;
  throw toError(url, answer, await answer.json().catch(() => null));
}
