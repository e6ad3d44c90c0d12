import { setTimeout as sleep } from 'node:timers/promises';
import { allow, getSlowness, measureSlowness } from './machine-speed.ts';

/** Something didn't happen in time, on a machine so slow that it may still be right: nothing is proved and nothing broken. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** A machine that is slower than this proves nothing by what it doesn't get to. */
export const slownessMax = 3;

/**
 * Asks `condition` until it answers something other than false, null or undefined. `limitMs` is meant for a quiet machine and
 * grows with this one's slowness, which is measured again before anything is given up. Throws then: `TooSlow` where the
 * machine may be to blame, else an `Error`.
 */
export async function waitUntil<T>(
  what: string,
  limitMs: number,
  condition: () => T | Promise<T>,
  pauseMs = 50,
): Promise<NonNullable<T>> {
  const startedAt = Date.now();
  for (;;) {
    const answer = await condition();
    if (answer !== false && answer !== null && answer !== undefined) return answer as NonNullable<T>;
    if (await isOver(startedAt, limitMs)) throw inVain(what, Date.now() - startedAt);
    await sleep(pauseMs);
  }
}

/** Whether `limitMs` of a quiet machine have passed since `startedAt`, by the slowness of this very moment. */
export async function isOver(startedAt: number, limitMs: number): Promise<boolean> {
  const passedMs = Date.now() - startedAt;
  if (passedMs <= allow(limitMs)) return false;
  await measureSlowness();
  return passedMs > allow(limitMs);
}

export function inVain(what: string, waitedMs: number): Error {
  const words = `waited ${Math.round(waitedMs / 1000)} s in vain: ${what} (the machine is ${getSlowness().toFixed(1)} times as slow as usual)`;
  return getSlowness() > slownessMax ? new TooSlow(words) : new Error(words);
}
