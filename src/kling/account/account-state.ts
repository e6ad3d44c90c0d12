import { createQuietNote } from '../../lib/create-quiet-note.ts';
import { klingStopped } from '../errors.ts';
import { getAccount } from './account-queries.ts';
import type { KlingSession } from './session.ts';

/** Milliseconds for which what was read of the account counts as current. */
const freshMs = 2_000;

/**
 * Whether the account may be used, for callers that can't wait for the database. What a worker process learnt is heard
 * here with the second request after it at the latest; a task that slips through is failed and refunded by the worker.
 */
export function createAccountState({ db, credential, log }: Pick<KlingSession, 'db' | 'credential' | 'log'>) {
  let readAt = Number.NEGATIVE_INFINITY;
  let stoppedUntil = Number.NEGATIVE_INFINITY;
  let reason = '';
  const noteFailure = createQuietNote(60_000, ({ message }, repeated) =>
    log.warn({ reason: message, repeated }, 'could not read the state of the Kling account'),
  );

  async function read(): Promise<void> {
    const account = await getAccount(db, credential);
    reason = account.stop_reason ?? '';
    stoppedUntil = account.stop_reason === null ? Number.NEGATIVE_INFINITY : performance.now() + account.stopped_ms;
  }

  return {
    /** Throws 503 `service_unavailable` while the account is stopped. */
    check(): void {
      const now = performance.now();
      if (now - readAt > freshMs) {
        readAt = now;
        read().catch(noteFailure);
      }
      if (now < stoppedUntil) throw klingStopped(`stopped: ${reason}`, Math.ceil((stoppedUntil - now) / 1000));
    },
  };
}
