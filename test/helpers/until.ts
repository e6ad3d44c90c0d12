import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until `look` answers something other than null, undefined or false, and returns it. Throws after `limitMs`, with
 * what was waited for. Looks again after a tenth of the time that it has waited, 5 to 100 ms: what is there soon is seen soon,
 * and a long wait, which is for a clock or for work on the same processor, costs little.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  limitMs = 300_000,
): Promise<T> {
  const startedAt = performance.now();
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    const waitedMs = performance.now() - startedAt;
    if (waitedMs > limitMs) throw new Error(`waited ${limitMs} ms for ${what}`);
    await sleep(Math.min(Math.max(waitedMs / 10, 5), 100));
  }
}
