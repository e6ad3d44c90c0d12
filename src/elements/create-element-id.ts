import { randomInt } from 'node:crypto';

const low = 1_000_000_000_000_000;

/** `randomInt` draws from fewer than 2^48 values, so an id is put together from two draws. */
const step = 2 ** 40;

/**
 * An element id: 16 decimal digits below 2^53, so that even a client that reads it as a JavaScript number keeps it
 * whole. Random rather than counted, so that it tells nothing about how many elements exist; the primary key guards
 * against the rare repeat.
 */
export function createElementId(): number {
  const span = Math.floor((Number.MAX_SAFE_INTEGER - low) / step);
  return low + randomInt(span) * step + randomInt(step);
}
