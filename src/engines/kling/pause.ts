import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for about `ms`: up to a fifth more or less, so that many who wait don't all come back at once. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await sleep(ms * (0.8 + 0.4 * Math.random()), undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
