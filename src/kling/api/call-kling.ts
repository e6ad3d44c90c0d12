import { Agent } from 'undici';
import { chooseRefusalKind } from './codes.ts';
import type { Credential } from './credential.ts';
import { parseExactJson } from './exact-json.ts';
import { KlingNoAnswer, KlingRefusal } from './refusal.ts';

/** What a good answer carries: integers beyond 2^53 are text. */
export interface KlingAnswer {
  data: unknown;
  requestId: string | null;
  /** The whole body, as it came. */
  text: string;
}

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
  /** Milliseconds for one call, from connecting to the last byte. */
  timeoutMs: number;
}

/** Bytes of one answer. A page of 500 tasks is about 1.5 MB. */
const answerBytesMax = 16 * 2 ** 20;

/** Milliseconds in which a connection must stand. Longer ones are certain not to have carried anything. */
const connectMs = 10_000;

/**
 * The way to the one address the operator has named, which isn't judged as the addresses of strangers are. Follows no
 * redirect, and neither the key nor a token ever becomes part of an error.
 */
export function createKlingClient({ baseUrl, credential, timeoutMs }: KlingClientOptions): KlingClient {
  const base = new URL(baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const agent = new Agent({
    connect: { timeout: connectMs },
    connections: 64,
    keepAliveTimeout: 4_000,
    allowH2: false,
  });

  async function callOnce(path: string, body: unknown, signal: AbortSignal | undefined): Promise<KlingAnswer> {
    const deadline = AbortSignal.timeout(timeoutMs);
    const request = agent.request({
      origin: base.origin,
      path: `${prefix}${path}`,
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: credential.authorize(),
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    try {
      const answer = await request;
      const text = await readText(answer.body);
      return readEnvelope(text, answer.statusCode, readDate(answer.headers.date));
    } catch (error) {
      if (error instanceof KlingRefusal || error instanceof KlingNoAnswer) throw error;
      signal?.throwIfAborted();
      throw deadline.aborted ? new KlingNoAnswer(`none within ${timeoutMs / 1000} s`, true) : toNoAnswer(error);
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
        return await callOnce(path, body, signal);
      } catch (error) {
        throw error instanceof KlingRefusal && error.kind === 'token' ? asConfiguration(error) : error;
      }
    },
    close: () => agent.destroy(),
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

/** Node's and undici's words for failures before the first byte could be sent: name resolution and connecting. */
const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function toNoAnswer(error: unknown): KlingNoAnswer {
  const { code, message } = error as NodeJS.ErrnoException;
  return new KlingNoAnswer(code ?? message, !unsentCodes.has(String(code)));
}
