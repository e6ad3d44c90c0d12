import { type AttemptOutcome, attemptTimeLimitMs } from './attempt-callback.ts';

/** Milliseconds from the end of each failed attempt to the next one (contract §1.5); after the last there is none. */
export const retryGapsMs = [1_000, 2_000, 4_000] as const;

/** Attempts in all: the first and one per gap. */
export const attemptsMax = retryGapsMs.length + 1;

/** What must be known of an attempt. `outcome` and `ended_at` are null while it is open, or since its process died. */
export interface AttemptRecord {
  started_at: Date;
  ended_at: Date | null;
  outcome: AttemptOutcome | null;
}

/** `due_at` is null for the first attempt, which is due at once. */
export type NextAttempt =
  | { state: 'accepted' }
  | { state: 'given_up' }
  | { state: 'due'; attempt_number: number; due_at: Date | null };

/**
 * What follows from the attempts so far, in the order they were made. An open attempt counts as failed when its time
 * limit is over, so a killed sender neither repeats it at once nor forgets it, and no callback is sent more than
 * `attemptsMax` times. A receiver's `Retry-After` doesn't count: the contract fixes the gaps.
 */
export function chooseNextAttempt(attempts: readonly AttemptRecord[]): NextAttempt {
  if (attempts.some((attempt) => attempt.outcome === 'accepted')) return { state: 'accepted' };
  const last = attempts.at(-1);
  if (last === undefined) return { state: 'due', attempt_number: 1, due_at: null };
  const gapMs = retryGapsMs[attempts.length - 1];
  if (gapMs === undefined) return { state: 'given_up' };
  const endedAtMs = last.ended_at?.getTime() ?? last.started_at.getTime() + attemptTimeLimitMs;
  return { state: 'due', attempt_number: attempts.length + 1, due_at: new Date(endedAtMs + gapMs) };
}
