import { setTimeout as sleep } from 'node:timers/promises';
import { isConnectionLost } from './errors.ts';

/** How long a database that is away is waited for, and how often it's asked. */
export interface Patience {
  /** Milliseconds from the first try, after which none is begun any more. */
  limitMs: number;
  /** Milliseconds after the first try. */
  pauseMs: number;
  /** Each pause is twice as long as the one before it, and at most so many milliseconds. */
  pauseMsMax: number;
  /** Ends the wait at once; a try that is under way is waited for. */
  signal?: AbortSignal | undefined;
}

/** Of a start: a database that starts at the same time, or recovers from a crash, needs seconds. */
const ofStart: Patience = { limitMs: 60_000, pauseMs: 500, pauseMsMax: 500 };

/**
 * Runs `work` again while it fails because the database can't be reached, by default for a minute, then throws its error;
 * `work` must be safe to repeat. `onAway` is told each time that it's waited for.
 */
export async function retryWhileAway<T>(
  work: () => Promise<T>,
  onAway: (error: Error) => void,
  { limitMs, pauseMs, pauseMsMax, signal }: Patience = ofStart,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (let nextMs = pauseMs; ; nextMs = Math.min(2 * nextMs, pauseMsMax)) {
    try {
      return await work();
    } catch (error) {
      if (!isConnectionLost(error) || performance.now() > deadline || signal?.aborted) throw error;
      onAway(error as Error);
      await sleep(nextMs, undefined, { signal }).catch(() => undefined);
      if (signal?.aborted) throw error;
    }
  }
}
