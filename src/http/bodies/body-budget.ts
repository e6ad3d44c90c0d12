import type { AppError } from '../../lib/errors.ts';
import { serverBusy, shareUsedUp } from './errors.ts';

/** Who holds bytes: a key, all requests without one together, and an address. */
interface BodyHolder {
  keyId: number | null;
  address: string;
}

/** Bytes of one body, counted while they come. */
export interface HeldBody {
  /** Counts `bytes` more; answers what refuses them, if anything does, and then counts none. */
  add(bytes: number, holder: BodyHolder): AppError | null;
  /** Gives all back. May be called again. */
  release(): void;
}

export interface BodyBudget {
  open(): HeldBody;
}

/**
 * How many bytes of bodies may be in memory at once. Only bytes that came count: what a client announces costs nothing.
 * No key and no address holds more than half, and all requests that need no key hold a sixteenth together, so that
 * nobody alone can keep the others out; but one whole body always has room in a share.
 */
export function createBodyBudget({ totalMax, bodyMax }: { totalMax: number; bodyMax: number }): BodyBudget {
  const held = new Map<string, number>();
  let total = 0;

  function open(): HeldBody {
    let bytes = 0;
    let shares: string[] = [];
    return {
      add(more, { keyId, address }) {
        if (total + more > totalMax) return serverBusy();
        const shareMax = Math.max(totalMax / 2, bodyMax);
        const wanted: [string, number][] = [
          keyId === null ? ['no key', totalMax / 16] : [`key ${keyId}`, shareMax],
          [`address ${address}`, shareMax],
        ];
        if (wanted.some(([share, most]) => (held.get(share) ?? 0) + more > most)) return shareUsedUp();
        shares = wanted.map(([share]) => share);
        count(shares, more);
        bytes += more;
        return null;
      },
      release() {
        count(shares, -bytes);
        bytes = 0;
      },
    };
  }

  function count(shares: readonly string[], bytes: number): void {
    if (shares.length > 0) total += bytes;
    for (const share of shares) {
      const now = (held.get(share) ?? 0) + bytes;
      if (now > 0) held.set(share, now);
      else held.delete(share);
    }
  }

  return { open };
}
