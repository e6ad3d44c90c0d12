import type { Dispatcher } from 'undici';
import type { UrlRules, UrlVerdict } from './check-url.ts';
import type { Connector } from './connect.ts';
import { startDeadline } from './deadline.ts';
import { createHintCount, type Fault, NetworkFault, toFault } from './faults.ts';

export interface SendOptions {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array;
  /** Milliseconds for everything: waiting for a connection, making it, sending, the head of the answer. */
  timeoutMs: number;
  /** Default: https alone. */
  schemes?: UrlRules['schemes'];
  signal?: AbortSignal;
  /** Bytes of the answer's body that are read so that the connection can serve again. Default 16 KiB. */
  responseBytesMax?: number;
}

/** Milliseconds since the call. `sent_ms` and `first_byte_ms` are null if it never came that far. */
export interface SendTiming {
  /** A connection stood and the request was written to it. */
  sent_ms: number | null;
  /** The head of the answer was complete. */
  first_byte_ms: number | null;
  total_ms: number;
}

export type SendOutcome =
  | { outcome: 'answered'; status: number; detail: null; timing: SendTiming }
  | { outcome: Fault; status: null; detail: string; timing: SendTiming };

export interface Sender {
  agent: Dispatcher;
  connector: Connector;
  userAgent: string | undefined;
  checkUrl: (text: string, rules: UrlRules) => UrlVerdict;
}

/** Milliseconds given to the body of the answer; what is slower costs its connection, not the outcome. */
const drainMs = 1_000;

/**
 * Sends one request and says what came of it, as a value. No redirect is followed and nothing is sent twice. The status
 * line and headers decide; the body is read only to keep the connection, at most `responseBytesMax` and one second.
 * Rejects only with the reason of the caller's own signal.
 */
export async function send(sender: Sender, target: string | URL, options: SendOptions): Promise<SendOutcome> {
  const startedAt = performance.now();
  const timing: SendTiming = { sent_ms: null, first_byte_ms: null, total_ms: 0 };
  const elapsed = () => Math.round((performance.now() - startedAt) * 10) / 10;
  try {
    const url = parseUrl(sender, target, options);
    const status = await exchange(sender, url, options, {
      sent: () => {
        timing.sent_ms = elapsed();
      },
      answered: () => {
        timing.first_byte_ms = elapsed();
      },
      describeWait: () =>
        timing.sent_ms === null ? sender.connector.describePending(url.origin) : 'the head of the answer',
    });
    return { outcome: 'answered', status, detail: null, timing: { ...timing, total_ms: elapsed() } };
  } catch (error) {
    options.signal?.throwIfAborted();
    const { fault, message } = toFault(error);
    return { outcome: fault, status: null, detail: message, timing: { ...timing, total_ms: elapsed() } };
  }
}

function parseUrl(sender: Sender, target: string | URL, options: SendOptions): URL {
  const verdict = sender.checkUrl(String(target), { schemes: options.schemes ?? ['https'], lengthMax: 8192 });
  if (verdict.ok) return verdict.url;
  throw new NetworkFault(
    verdict.reason === 'refused_address' ? 'refused_address' : 'refused_url',
    `the URL ${verdict.message}`,
  );
}

interface Watch {
  sent(): void;
  answered(): void;
  describeWait(): string;
}

/** The status of the answer. Rejects with any error of undici, of the connector or of the deadline. */
function exchange(sender: Sender, url: URL, options: SendOptions, watch: Watch): Promise<number> {
  return new Promise((resolve, reject) => {
    const deadline = startDeadline(options.timeoutMs, options.signal, () => {
      return new NetworkFault(
        'timed_out',
        `no answer within ${options.timeoutMs} ms, waited for ${watch.describeWait()}`,
      );
    });
    let controller: Dispatcher.DispatchController | undefined;
    let status: number | undefined;
    let bytesLeft = options.responseBytesMax ?? 16 * 1024;
    let drainTimer: NodeJS.Timeout | undefined;
    const countHint = createHintCount();
    const settle = (error?: unknown) => {
      deadline.clear();
      clearTimeout(drainTimer);
      if (status !== undefined) resolve(status);
      else reject(error);
    };
    const drop = () => {
      settle();
      controller?.abort(new NetworkFault('connection_lost', 'the rest of the answer is not wanted'));
    };
    deadline.signal.addEventListener('abort', () => {
      settle(deadline.signal.reason);
      controller?.abort(deadline.signal.reason);
    });
    if (deadline.signal.aborted) return settle(deadline.signal.reason);
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (started) => {
        // Given up while it waited for a connection: this is the last moment to keep it from being sent.
        if (deadline.signal.aborted) return started.abort(deadline.signal.reason);
        controller = started;
        watch.sent();
      },
      onResponseStart: (started, code) => {
        if (code < 200) {
          const flooded = countHint();
          if (flooded !== null) started.abort(flooded);
          return;
        }
        status = code;
        watch.answered();
        drainTimer = setTimeout(drop, drainMs);
      },
      onResponseData: (_, chunk) => {
        bytesLeft -= chunk.length;
        if (bytesLeft < 0) drop();
      },
      // undici frees a connection a turn after its answer ended. Without this one, callers that send on at once would
      // hold twice as many connections (measured 2026-11-22: 64 instead of 33 with 32 callers).
      onResponseEnd: () => setImmediate(settle),
      onResponseError: (_, error) => settle(error),
    };
    sender.agent.dispatch(toRequest(sender, url, options), handler);
  });
}

function toRequest(sender: Sender, url: URL, options: SendOptions): Dispatcher.DispatchOptions {
  return {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: options.method,
    headers: {
      ...(sender.userAgent !== undefined && { 'user-agent': sender.userAgent }),
      'accept-encoding': 'identity',
      ...options.headers,
    },
    body: options.body,
    headersTimeout: 0,
    bodyTimeout: 0,
  };
}
