import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionLost } from './errors.ts';

/** How long a start waits for its database: one that starts at the same time, or recovers from a crash, needs seconds. */
const limitMs = 60_000;
const pauseMs = 500;

/**
 * Runs `work` again while it fails because the database can't be reached, for a minute, then throws its error. For the
 * start of a process; `work` must be safe to repeat. `onAway` is told each time.
 */
export async function retryWhileAway<T>(work: () => Promise<T>, onAway: (error: Error) => void): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionLost(error) || performance.now() > deadline) throw error;
      onAway(error as Error);
      await sleep(pauseMs);
    }
  }
}
