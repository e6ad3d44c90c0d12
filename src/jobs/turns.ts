/** One job's way through {@link Turns}: it prepares, takes a place, leaves. */
export interface Seat {
  /** Takes a place at once where one is free and nobody waits for it. */
  tryTake(): boolean;
  /** Resolves when the job has its place. Rejects with the signal's reason, or with {@link TurnsClosed}. */
  wait(signal: AbortSignal): Promise<void>;
  /** Call at the end, whatever happened, as often as you like. */
  leave(): void;
}

/** How many more jobs are of use now; see `QueueRunnerOptions.room`. */
export interface Room {
  any: number;
  newcomers: number;
  /** Milliseconds until there is more room by time alone; null where only the end of a job makes room. */
  growsInMs: number | null;
}

/**
 * Few places, for work that many jobs prepare for. A free place goes to the group that holds the fewest, then to the one
 * that was served the longest ago: however many of one group wait, another's next job waits for one place to be left.
 */
export interface Turns {
  enter(group: string): Seat;
  room(): Room;
  /** Who waits, or would have to wait, is turned away. */
  close(): void;
}

/** The places are closed: the job is to be put back. */
export class TurnsClosed extends Error {
  override readonly name = 'TurnsClosed';
}

export interface TurnsOptions {
  places: number;
  /**
   * Milliseconds after which a job that still prepares counts as held up by somebody else: another may prepare beside
   * it. Until then it is expected to want a place soon, so that no more is begun than can be worked on. Newcomers are
   * kept waiting by it for a quarter of that time, by one job of a group at most, and by none of a group of which another
   * is held up or worked on: theirs would be the next place.
   */
  preparedMs: number;
  now?: () => number;
}

interface Preparing {
  group: string;
  since: number;
}

interface Waiting {
  group: string;
  admit(): void;
}

/** All places are free, and nobody waits. */
export function createTurns({ places, preparedMs, now = () => performance.now() }: TurnsOptions): Turns {
  const preparing = new Map<object, Preparing>();
  const waiting = new Set<Waiting>();
  const held = new Map<string, number>();
  /** When each group was last served, as a number that grows; groups that nobody waits or works for are forgotten. */
  const servedAt = new Map<string, number>();
  const closing = new AbortController();
  const newcomerMs = preparedMs / 4;
  let served = 0;
  let taken = 0;

  function take(group: string): void {
    taken += 1;
    held.set(group, (held.get(group) ?? 0) + 1);
    served += 1;
    servedAt.set(group, served);
  }

  function giveBack(group: string): void {
    taken -= 1;
    const left = (held.get(group) ?? 1) - 1;
    if (left > 0) held.set(group, left);
    else held.delete(group);
    admitNext();
    if (waiting.size === 0) for (const known of servedAt.keys()) if (!held.has(known)) servedAt.delete(known);
  }

  function admitNext(): void {
    if (taken >= places) return;
    const rank = ({ group }: Waiting) => [held.get(group) ?? 0, servedAt.get(group) ?? 0] as const;
    let next: Waiting | undefined;
    for (const one of waiting) {
      if (next === undefined) next = one;
      const [heldHere, servedHere] = rank(one);
      const [heldBest, servedBest] = rank(next);
      if (heldHere < heldBest || (heldHere === heldBest && servedHere < servedBest)) next = one;
    }
    next?.admit();
  }

  function wait(group: string, signal: AbortSignal, onTaken: () => void): Promise<void> {
    const either = AbortSignal.any([signal, closing.signal]);
    return new Promise((resolve, reject) => {
      if (either.aborted) return reject(either.reason);
      const giveUp = () => {
        waiting.delete(entry);
        reject(either.reason);
      };
      const entry: Waiting = {
        group,
        admit() {
          waiting.delete(entry);
          either.removeEventListener('abort', giveUp);
          take(group);
          onTaken();
          resolve();
        },
      };
      either.addEventListener('abort', giveUp, { once: true });
      waiting.add(entry);
      admitNext();
    });
  }

  /** Groups that may want a place as soon as a newcomer, with the same right to it. */
  function countRivals(aged: readonly { group: string; age: number }[]): number {
    const heldUp = new Set(aged.filter(({ age }) => age >= newcomerMs).map(({ group }) => group));
    const young = aged.filter(({ group }) => !heldUp.has(group) && !held.has(group));
    return new Set(young.map(({ group }) => group)).size;
  }

  return {
    enter(group) {
      const key = {};
      let holds = false;
      preparing.set(key, { group, since: now() });
      return {
        tryTake() {
          preparing.delete(key);
          if (taken >= places || waiting.size > 0) return false;
          take(group);
          holds = true;
          return true;
        },
        wait(signal) {
          return wait(group, signal, () => {
            holds = true;
          });
        },
        leave() {
          preparing.delete(key);
          if (holds) giveBack(group);
          holds = false;
        },
      };
    },
    room() {
      const aged = [...preparing.values()].map(({ group, since }) => ({ group, age: now() - since }));
      const soon = aged.filter(({ age }) => age < preparedMs);
      const rivals = countRivals(aged);
      const any = places - taken - waiting.size - soon.length;
      // Those who wait may all be of one group, and newcomers would be served before them.
      const newcomers = Math.max(any, places - rivals - (waiting.size > 0 ? 0 : taken));
      const growsInMs = soon.map(({ age }) => (age < newcomerMs ? newcomerMs : preparedMs) - age);
      return { any, newcomers, growsInMs: growsInMs.length === 0 ? null : Math.min(...growsInMs) };
    },
    close: () => closing.abort(new TurnsClosed('no more work is begun')),
  };
}
