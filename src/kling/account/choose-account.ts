/** What is known of an account of the vendor, for one thing that is to be made at one of several. */
export interface AccountFacts {
  credential: string;
  /** Refused until its operator has mended something, and not to be tried yet. */
  isStopped: boolean;
  /** For want of room there a moment ago, or not known yet to answer at all. */
  isPaused: boolean;
  /** Places that nobody is in or waits for; Infinity for what holds none. */
  freeSlots: number;
  /** Units that its packs have for what isn't begun yet; null where the vendor doesn't tell. */
  unitsLeft: number | null;
  /** In work and waiting there, of the product. */
  inFlight: number;
  /** Elements of the cast that would have to be made there first. */
  unbound: number;
}

export interface Wanted {
  /** What it is expected to cost there. */
  units: number;
  /** Where it waits already, and was not let through; null of what is new. */
  current: string | null;
}

/**
 * The account that a thing is to be made at, of `accounts` in the order of the settings, all of which could make it; null of none.
 * First those that can take it now; then those that have no room; last those that are stopped or whose packs are too small. Among
 * equals: where fewer elements have to be made, then where less is in flight, then the order of the settings. What waits somewhere
 * stays there unless another has more to offer: else all that wait would run to the same free place.
 */
export function chooseAccount(accounts: readonly AccountFacts[], { units, current }: Wanted): string | null {
  const ranked = accounts.map((facts, at) => {
    const isHere = facts.credential === current;
    // It was not let through there, whatever the numbers say.
    const need = isHere ? Math.max(computeNeed(facts, units), 1) : computeNeed(facts, units);
    return { credential: facts.credential, need, rank: [need, facts.unbound, facts.inFlight, at] };
  });
  const [best] = ranked.toSorted((one, other) => compare(one.rank, other.rank));
  const here = ranked.find(({ credential }) => credential === current);
  if (best === undefined || here === undefined) return best?.credential ?? null;
  return best.need < here.need ? best.credential : here.credential;
}

/** 0: nothing stands in the way; 1: there is no room; 2: its operator has to act. */
function computeNeed({ isStopped, isPaused, freeSlots, unitsLeft }: AccountFacts, units: number): 0 | 1 | 2 {
  if (isStopped || (unitsLeft !== null && unitsLeft < units)) return 2;
  return isPaused || freeSlots <= 0 ? 1 : 0;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at === -1 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
