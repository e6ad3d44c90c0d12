import { AsyncLocalStorage } from 'node:async_hooks';
import { onceATurn } from './once-a-turn.ts';

export interface BatchesOptions<T, R> {
  /** Batches that may be under way at once. */
  placesMax: number;
  /** Milliseconds after which a batch that is held up leaves its place to the next. */
  heldUpMs: number;
  /** Items of one batch. */
  sizeMax: number;
  /** Does the work of a batch; answers an outcome for each item, in their order. Runs in no caller's asynchronous context. */
  run(items: readonly T[]): Promise<readonly R[]>;
}

/** Items of many callers, worked on together. */
export interface Batches<T, R> {
  /** Resolves with the item's outcome, or rejects with what its batch threw. */
  add(item: T): Promise<R>;
  /** Resolves once nothing is under way or waits. */
  settled(): Promise<void>;
}

interface Waiting<T, R> {
  item: T;
  done(outcome: R): void;
  fail(error: unknown): void;
}

/**
 * Group commit: an item that finds a free place is worked on at the end of this turn of the event loop, with those that came in the
 * same turn. Those that come while all places are taken wait in a line, and the next place takes as many of them together as fit,
 * oldest first. So nothing waits for company, nor for long for others who are held up.
 */
export function createBatches<T, R>({ placesMax, heldUpMs, sizeMax, run }: BatchesOptions<T, R>): Batches<T, R> {
  const line: Waiting<T, R>[] = [];
  let taken = 0;
  let underWay = 0;
  let resters: (() => void)[] = [];
  const outside = AsyncLocalStorage.snapshot();

  async function runNext(): Promise<void> {
    const batch = line.splice(0, sizeMax);
    underWay += 1;
    const leave = takePlace();
    try {
      const outcomes = await run(batch.map(({ item }) => item));
      for (const [at, { done }] of batch.entries()) done(outcomes[at] as R);
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
    underWay -= 1;
    leave();
  }

  /** The answer gives it back, as often as it's called; so does time. */
  function takePlace(): () => void {
    taken += 1;
    let isMine = true;
    const leave = () => {
      clearTimeout(timer);
      if (isMine) taken -= 1;
      isMine = false;
      startNext();
    };
    const timer = setTimeout(leave, heldUpMs);
    return leave;
  }

  /** What a burst has brought in one turn is there at its end. */
  const startSoon = onceATurn(startNext);

  function startNext(): void {
    while (line.length > 0 && taken < placesMax) outside(() => void runNext());
    if (underWay > 0) return;
    for (const rest of resters) rest();
    resters = [];
  }

  return {
    add: (item) =>
      new Promise((done, fail) => {
        line.push({ item, done, fail });
        startSoon();
      }),
    settled: () =>
      new Promise((done) => {
        resters.push(done);
        startNext();
      }),
  };
}
