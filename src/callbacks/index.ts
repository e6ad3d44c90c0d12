/**
 * Tells a receiver that a task is finished. Owns the rules of a callback URL, the signature, one attempt and the retry
 * schedule. Owns the outbox as well; doesn't decide when a callback is due, and knows neither tasks nor credits.
 * Invariant: a round of a callback has at most as many attempts as the schedule, each under the same id and to a freshly
 * judged address; a further round begins only by its owner's word.
 */
export {
  type AttemptResult,
  attemptCallback,
} from './attempt-callback.ts';
export { checkCallbackUrl } from './check-callback-url.ts';
export { deliverQueue } from './deliver-queue.ts';
export { callbackNotResendable } from './errors.ts';
export { nameCallback, presentAttempt, presentCallback, presentGivenUp } from './present-callback.ts';
export {
  beginRound,
  type DueCallback,
  deleteAttemptsBefore,
  deleteCallbacks,
  type FinishedAttempt,
  findCallback,
  finishAttempts,
  insertCallbacks,
  listAttempts,
  listDueAmong,
  listGivenUp,
  type OpenAttempt,
  openAttempts,
} from './queries.ts';
export { chooseNextAttempt, countAttempts, type NextAttempt } from './retry-schedule.ts';
export type { CallbackTest, TaskCallbacks } from './schema.ts';
export { signCallback } from './sign-callback.ts';
