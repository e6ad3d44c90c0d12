import { parseExactJson } from '../../lib/exact-json.ts';
import { type Network, NetworkFault } from '../../lib/safe-fetch/index.ts';
import type { Tracing } from '../../tracing/index.ts';
import { chooseRefusalKind } from './codes.ts';
import type { Credential } from './credential.ts';
import { KlingNoAnswer, KlingRefusal } from './refusal.ts';
import { traceCall } from './trace-call.ts';

/** What a good answer carries: integers beyond 2^53 are text. */
interface KlingAnswer {
  data: unknown;
  requestId: string | null;
  /** The whole body, as it came. */
  text: string;
}

/** The official API with one account's credentials. */
export interface KlingClient {
  readonly credential: Credential;
  /**
   * One call of the legacy API. `body` is written by `JSON.stringify`; with one the call is a POST, else a GET. Throws
   * {@link KlingRefusal} or {@link KlingNoAnswer}; on abort the signal's reason. Retries nothing but a refused token, once.
   */
  call(path: string, options?: { body?: unknown; signal?: AbortSignal }): Promise<KlingAnswer>;
  /** Breaks off what is under way. */
  close(): Promise<void>;
}

export interface KlingClientOptions {
  baseUrl: string;
  credential: Credential;
  /** Milliseconds for one call, from connecting to the last byte; a body gets {@link sendBytesPerMs} besides. */
  timeoutMs: number;
  /** Closed with the client. */
  network: Pick<Network, 'agent' | 'close'>;
  /** Told of each call that belongs to traced work. */
  tracing?: Tracing | undefined;
}

/** Bytes of one answer. A page of 500 tasks is about 1.5 MB. */
const answerBytesMax = 16 * 2 ** 20;

/**
 * The slowest line that a body is sent over, in bytes a millisecond: 2 Mbit/s. A create with seven pictures of 10 MB has 93 MB as
 * base64, which takes a line of 10 Mbit/s longer than a minute.
 */
const sendBytesPerMs = 250;

/**
 * The way to the one address the operator has named, which isn't judged as the addresses of strangers are. Follows no
 * redirect, and neither the key nor a token ever becomes part of an error.
 */
export function createKlingClient({
  baseUrl,
  credential,
  timeoutMs,
  network,
  tracing,
}: KlingClientOptions): KlingClient {
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');

  function callOnce(path: string, body: unknown, signal: AbortSignal | undefined, resends = 0): Promise<KlingAnswer> {
    const facts = { method: body === undefined ? 'GET' : 'POST', host: base.hostname, resends } as const;
    return traceCall(tracing, path, facts, (note) => ask(path, body, signal, note));
  }

  async function ask(
    path: string,
    body: unknown,
    signal: AbortSignal | undefined,
    note: (status: number) => void,
  ): Promise<KlingAnswer> {
    const text = body === undefined ? null : JSON.stringify(body);
    const limitMs = timeoutMs + Math.ceil((text?.length ?? 0) / sendBytesPerMs);
    const deadline = AbortSignal.timeout(limitMs);
    const request = network.agent.request({
      origin: base.origin,
      path: `${prefix}${path}`,
      method: text === null ? 'GET' : 'POST',
      headers: {
        authorization: credential.authorize(),
        accept: 'application/json',
        ...(text === null ? {} : { 'content-type': 'application/json' }),
      },
      body: text,
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      headersTimeout: limitMs,
      bodyTimeout: limitMs,
    });
    try {
      const answer = await request;
      note(answer.statusCode);
      return readEnvelope(await readText(answer.body), answer.statusCode, readDate(answer.headers.date));
    } catch (error) {
      if (error instanceof KlingRefusal || error instanceof KlingNoAnswer) throw error;
      signal?.throwIfAborted();
      throw deadline.aborted ? new KlingNoAnswer(`none within ${limitMs / 1000} s`, true) : toNoAnswer(error);
    }
  }

  return {
    credential,
    async call(path, { body, signal } = {}) {
      signal?.throwIfAborted();
      try {
        return await callOnce(path, body, signal);
      } catch (error) {
        if (!(error instanceof KlingRefusal) || error.kind !== 'token') throw error;
        if (!credential.renew(error.date)) throw asConfiguration(error);
      }
      // Refused before anything was done, so the same call may be sent again.
      try {
        return await callOnce(path, body, signal, 1);
      } catch (error) {
        throw error instanceof KlingRefusal && error.kind === 'token' ? asConfiguration(error) : error;
      }
    },
    close: () => network.close(),
  };
}

function asConfiguration(refusal: KlingRefusal): KlingRefusal {
  return new KlingRefusal({ ...refusal, kind: 'configuration' });
}

async function readText(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > answerBytesMax) throw new KlingNoAnswer(`its answer has more than ${answerBytesMax} bytes`, true);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** The vendor's envelope `{code, message, request_id, data}`; anything else is told by its HTTP status. */
function readEnvelope(text: string, status: number, date: Date | null): KlingAnswer {
  const envelope = parseObject(text);
  const code = readCode(envelope?.code);
  const requestId = typeof envelope?.request_id === 'string' ? envelope.request_id.slice(0, 100) : null;
  if (code === 0 && status < 300) return { data: envelope?.data, requestId, text };
  if (code === null && status < 300) throw new KlingNoAnswer('its answer is none of the API', true);
  const upstreamMessage = typeof envelope?.message === 'string' ? envelope.message.slice(0, 500) : '';
  throw new KlingRefusal({ kind: chooseRefusalKind(code, status), code, status, upstreamMessage, requestId, date });
}

/** A relay was seen to quote it. */
function readCode(value: unknown): number | null {
  const isCode = typeof value === 'number' || (typeof value === 'string' && /^\d{1,9}$/.test(value));
  return isCode ? Number(value) : null;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value = parseExactJson(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function readDate(header: string | string[] | undefined): Date | null {
  const time = typeof header === 'string' ? Date.parse(header) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time);
}

/** Faults of making a connection, a proxy's refusal among them: nothing of the request was sent by then. */
const unsentFaults: readonly string[] = ['refused_address', 'dns_failed', 'connect_failed', 'tls_failed'];

function toNoAnswer(error: unknown): KlingNoAnswer {
  if (error instanceof NetworkFault) return new KlingNoAnswer(error.message, !unsentFaults.includes(error.fault));
  const { code, message } = error as NodeJS.ErrnoException;
  return new KlingNoAnswer(code ?? message, true);
}
