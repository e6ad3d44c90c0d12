import type { Fault, Network } from '../lib/safe-fetch/index.ts';
import { signCallback } from './sign-callback.ts';

/** Milliseconds for one attempt in all, fixed by the contract (§1.5). */
const attemptTimeLimitMs = 10_000;

export interface Callback {
  /** The same in every attempt; receivers recognise repetitions by it. Without dots. */
  id: string;
  /** From `checkCallbackUrl`. */
  url: string;
  /** The JSON that is sent, byte for byte. */
  body: string;
}

/** `bad_status`: an answer other than 2xx. Redirects are among them: they are never followed. */
export type AttemptOutcome = 'accepted' | 'bad_status' | Fault;

/** One attempt as it is stored. */
export interface AttemptResult {
  outcome: AttemptOutcome;
  status_code: number | null;
  /** For the operator, never for the receiver's public view: it may name addresses. */
  detail: string | null;
  duration_ms: number;
}

/**
 * Posts a callback once, signed, and says what came of it. Accepted is any 2xx whose status line and headers arrive
 * within the time limit; the rest of the answer doesn't matter. Failures are values. Rejects only with the reason of
 * `signal`, when the program stops.
 */
export async function attemptCallback(
  network: Pick<Network, 'send'>,
  callback: Callback,
  options: {
    secrets: readonly [string, ...string[]];
    sentAt: Date;
    signal?: AbortSignal;
    /** Milliseconds; shorter than the contract's in tests. */
    timeLimitMs?: number;
    /** W3C `traceparent`, where callbacks are traced. */
    traceparent?: string | null;
  },
): Promise<AttemptResult> {
  const answer = await network.send(callback.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...signCallback({ ...callback, sentAt: options.sentAt }, options.secrets),
      ...(options.traceparent ? { traceparent: options.traceparent } : {}),
    },
    body: callback.body,
    timeoutMs: options.timeLimitMs ?? attemptTimeLimitMs,
    ...(options.signal !== undefined && { signal: options.signal }),
  });
  return {
    outcome: nameOutcome(answer.outcome, answer.status),
    status_code: answer.status,
    detail: answer.detail,
    duration_ms: Math.round(answer.timing.total_ms),
  };
}

function nameOutcome(outcome: Fault | 'answered', status: number | null): AttemptOutcome {
  if (outcome !== 'answered') return outcome;
  return status !== null && status >= 200 && status <= 299 ? 'accepted' : 'bad_status';
}
