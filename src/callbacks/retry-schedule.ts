import type { AttemptOutcome } from './attempt-callback.ts';

/** What becomes of a callback. */
export type NextAttempt = { state: 'delivered' } | { state: 'given_up' } | { state: 'due'; delayMs: number };

/** Attempts of one round: the first and one per gap of `retrySeconds`. */
export function countAttempts(retrySeconds: readonly number[]): number {
  return retrySeconds.length + 1;
}

/**
 * What follows from the outcome of the `attempt`th attempt of a round, from 1, whose end is now. `retrySeconds` are the gaps
 * from the end of each failed attempt to the next (contract §1.5: 1, 2 and 4 s). A receiver's `Retry-After` doesn't count:
 * the contract fixes the gaps.
 */
export function chooseNextAttempt(
  attempt: number,
  outcome: AttemptOutcome,
  retrySeconds: readonly number[],
): NextAttempt {
  if (outcome === 'accepted') return { state: 'delivered' };
  const delaySeconds = retrySeconds[attempt - 1];
  return delaySeconds === undefined ? { state: 'given_up' } : { state: 'due', delayMs: delaySeconds * 1000 };
}
