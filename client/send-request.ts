import { type Client, presentKey } from './create-client.ts';
import { serverUnreachable, TroupeError, unexpectedAnswer } from './errors.ts';

export interface ClientRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From `/v1/…` on, with its query. */
  path: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as they are, in the place of `body`; `headers` name the type of a `Blob` or a stream, which is made anew for each attempt. */
  bytes?: Blob | FormData | (() => ReadableStream<Uint8Array>);
  headers?: Readonly<Record<string, string>>;
  /** What can't be repeated safely where no answer came: it's sent once. */
  once?: true;
  signal?: AbortSignal | undefined;
}

/** The server answers these only when nothing was created, so the same request may be sent again. */
const repeatable = new Set([429, 502, 503, 504]);

/** No server asks for more patience than this; longer, and the caller should know. */
const retryAfterMaxMs = 60_000;

/**
 * Sends a request and returns the JSON of its answer. Repeats it when no server answered or a busy one did (429, 502,
 * 503, 504), as often and as slowly as the client says, honouring `Retry-After` up to a minute. Throws `TroupeError`;
 * the reason of `signal` when that aborts.
 */
export async function sendRequest<T>(client: Client, request: ClientRequest): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await sendOnce<T>(client, request);
    } catch (error) {
      request.signal?.throwIfAborted();
      if (!(error instanceof TroupeError) || request.once || attempt >= client.retriesMax || !isRepeatable(error))
        throw error;
      const delayMs = chooseDelay(client.retryDelayMs * 2 ** attempt, error.retryAfterSeconds);
      if (delayMs === null) throw error;
      await pause(delayMs, request.signal);
    }
  }
}

/** Whether no server answered, or a busy one did: nothing was created, and the same request may be sent again. */
export function isRepeatable({ code, status }: TroupeError): boolean {
  return code === 'server_unreachable' || (status !== undefined && repeatable.has(status));
}

/** Null when the server asks for more than is worth waiting for. Up to half more, so that clients don't march in step. */
function chooseDelay(ownMs: number, retryAfterSeconds = 0): number | null {
  const askedMs = retryAfterSeconds * 1000;
  return askedMs > retryAfterMaxMs ? null : Math.max(ownMs, askedMs) * (1 + Math.random() / 2);
}

async function sendOnce<T>(client: Client, { method, path, body, bytes, headers, signal }: ClientRequest): Promise<T> {
  const url = client.baseUrl + path;
  const timeout = AbortSignal.timeout(client.timeoutMs);
  let answer: Response;
  let text: string;
  try {
    answer = await client.fetch(url, {
      method,
      headers: {
        ...presentKey(client),
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...presentBytes(bytes),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'error',
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    text = await answer.text();
  } catch (cause) {
    throw serverUnreachable(url, cause);
  }
  const parsed = parse(text);
  if (answer.ok && parsed !== null) return parsed as T;
  throw toError(url, answer, parsed);
}

/** A streamed body must say that the answer is read when all of it is sent; types of `fetch` don't know the word everywhere. */
function presentBytes(bytes: ClientRequest['bytes']): RequestInit {
  if (bytes === undefined) return {};
  return typeof bytes === 'function' ? ({ body: bytes(), duplex: 'half' } as RequestInit) : { body: bytes };
}

interface ErrorOfAnswer {
  code?: unknown;
  reason?: unknown;
  message?: unknown;
  param?: string;
}

/** The error that an answer tells in its body, or that it is none of a Troupe server's. */
export function toError(url: string, answer: Response, body: unknown): TroupeError {
  const requestId = answer.headers.get('x-request-id') ?? undefined;
  const retryAfterSeconds = parseRetryAfter(answer.headers.get('retry-after'));
  const error = (body as { error?: ErrorOfAnswer } | null)?.error;
  // Where `code` is a number by contract, as at `/v1/credits`, the word stands beside it.
  const word = typeof error?.code === 'number' ? error.reason : error?.code;
  if (typeof word !== 'string' || typeof error?.message !== 'string') {
    const { code, message } = unexpectedAnswer(url, answer.status, requestId);
    return new TroupeError({ code, message, status: answer.status, requestId, retryAfterSeconds });
  }
  const { message, param } = error;
  return new TroupeError({ code: word, message, status: answer.status, param, requestId, retryAfterSeconds });
}

/** Seconds, or an HTTP date. */
function parseRetryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The query of a URL with its `?`, or nothing where every value is undefined. */
export function writeQuery(values: object): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? '' : `?${query}`;
}

/** Resolves after `ms` milliseconds; rejects with the reason of `signal` as soon as that aborts. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      fail(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      done();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
