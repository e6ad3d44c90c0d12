import { setTimeout as sleep } from 'node:timers/promises';

/** Asks `condition` until it answers something other than false, null or undefined; throws after `limitMs`. */
export async function waitUntil<T>(
  what: string,
  limitMs: number,
  condition: () => T | Promise<T>,
  pauseMs = 50,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const answer = await condition();
    if (answer !== false && answer !== null && answer !== undefined) return answer as NonNullable<T>;
    if (Date.now() > deadline) throw new Error(`waited ${limitMs / 1000} s in vain: ${what}`);
    await sleep(pauseMs);
  }
}
