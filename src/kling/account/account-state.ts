import { createQuietNote } from '../../lib/create-quiet-note.ts';
import { klingStopped } from '../errors.ts';
import { getProduct } from './account-queries.ts';
import type { KlingSession } from './kling-session.ts';

/** Milliseconds for which what was read of a product counts as current. */
const freshMs = 2_000;

/**
 * Whether a product of the account may be used, for callers that can't wait for the database. What a worker process learnt is
 * heard here with the second request after it at the latest; a task that slips through is held by the worker.
 */
export function createAccountState({ db, credential, log }: Pick<KlingSession, 'db' | 'credential' | 'log'>) {
  const known = new Map<string, { readAt: number; stoppedUntil: number; reason: string }>();
  const noteFailure = createQuietNote(60_000, ({ message }, repeated) =>
    log.warn({ reason: message, repeated }, 'could not read the state of the Kling account'),
  );

  async function read(product: string): Promise<void> {
    const { stop_reason, stopped_ms } = await getProduct(db, { credential, product });
    const now = performance.now();
    known.set(product, { readAt: now, stoppedUntil: now + stopped_ms, reason: stop_reason ?? '' });
  }

  return {
    /** Throws 503 `service_unavailable` while the product, or what it is part of, is stopped. */
    check(product: string): void {
      const now = performance.now();
      const state = known.get(product) ?? { readAt: Number.NEGATIVE_INFINITY, stoppedUntil: 0, reason: '' };
      if (now - state.readAt > freshMs) {
        known.set(product, { ...state, readAt: now });
        read(product).catch(noteFailure);
      }
      const { stoppedUntil, reason } = state;
      if (now < stoppedUntil) throw klingStopped(`stopped: ${reason}`, Math.ceil((stoppedUntil - now) / 1000));
    },
  };
}
