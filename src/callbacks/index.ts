/**
 * Tells a receiver that a task is finished. Owns the rules of a callback URL, the signature, one attempt and the retry
 * schedule. Owns the outbox as well; doesn't decide when a callback is due, and knows neither tasks nor credits.
 * Invariant: a callback is sent at most `attemptsMax` times, each time under the same id and to a freshly judged address.
 */
export {
  type AttemptResult,
  attemptCallback,
} from './attempt-callback.ts';
export { checkCallbackUrl } from './check-callback-url.ts';

export {
  type FinishedAttempt,
  finishAttempts,
  insertCallback,
  listAttempts,
  type OpenAttempt,
  openAttempts,
} from './queries.ts';
export { attemptsMax, chooseNextAttempt, deliverQueue, type NextAttempt } from './retry-schedule.ts';
export { signCallback } from './sign-callback.ts';
