/** Numbers that look random and are the same for the same seed. */
export interface Chance {
  /** From 0 up to 1. */
  fraction(): number;
  between(low: number, high: number): number;
  /** True in `share` (0 to 1) of the calls. */
  happens(share: number): boolean;
  pick<T>(list: readonly T[]): T;
  shuffle<T>(list: readonly T[]): T[];
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for choosing faults. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = <T>(list: readonly T[]) => list[Math.floor(fraction() * list.length)] as T;
  return {
    fraction,
    between: (low, high) => low + (high - low) * fraction(),
    happens: (share) => fraction() < share,
    pick,
    shuffle(list) {
      const rest = [...list];
      return list.map(() => rest.splice(Math.floor(fraction() * rest.length), 1)[0] as (typeof rest)[number]);
    },
  };
}
