import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until `look` answers something other than null, undefined or false, and returns it. Throws after `limitMs`, with
 * what was waited for.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  limitMs = 300_000,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`waited ${limitMs} ms for ${what}`);
    await sleep(15);
  }
}
