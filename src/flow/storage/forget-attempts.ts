import { deleteAttemptsBefore } from '../../callbacks/index.ts';
import type { Context } from '../context.ts';

const dayMs = 86_400_000;

/** Attempts of one transaction: short enough for nobody to wait for it. */
const batchSize = 1000;

/**
 * Deletes attempts of callbacks that began more than TROUPE_ATTEMPT_DAYS ago, of callbacks that are delivered or given up; what became of the
 * callback, and how many attempts it took, stays. In small transactions; throws the reason of `signal` between two. Returns how many went.
 */
export async function forgetOldAttempts({ config, clock, database }: Context, signal: AbortSignal): Promise<number> {
  const { attemptDays } = config.callbacks;
  if (attemptDays === 0) return 0;
  const before = new Date(clock.now().getTime() - attemptDays * dayMs);
  let gone = 0;
  for (;;) {
    signal.throwIfAborted();
    const step = await deleteAttemptsBefore(database.db, before, batchSize);
    gone += step;
    if (step < batchSize) return gone;
  }
}
