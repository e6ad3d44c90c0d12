import type { AttemptOutcome } from './attempt-callback.ts';

/** Milliseconds from the end of each failed attempt to the next one (contract §1.5); after the last there is none. */
const retryGapsMs = [1_000, 2_000, 4_000] as const;

/** Attempts in all: the first and one per gap. */
export const attemptsMax = retryGapsMs.length + 1;

/** What becomes of a callback. */
export type NextAttempt = { state: 'delivered' } | { state: 'given_up' } | { state: 'due'; delayMs: number };

/**
 * What follows from the outcome of attempt number `attempt` (1 to `attemptsMax`), whose end is now. A receiver's
 * `Retry-After` doesn't count: the contract fixes the gaps.
 */
export function chooseNextAttempt(attempt: number, outcome: AttemptOutcome): NextAttempt {
  if (outcome === 'accepted') return { state: 'delivered' };
  const delayMs = retryGapsMs[attempt - 1];
  return delayMs === undefined ? { state: 'given_up' } : { state: 'due', delayMs };
}

/** The job queue of due callbacks, grouped by receiving host. A job carries `{ task_id }`. */
export const deliverQueue = 'deliver';
