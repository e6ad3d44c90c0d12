import type { Logger } from 'pino';
import { type Db, transaction } from '../../db/index.ts';
import { createQuietNote } from '../../lib/create-quiet-note.ts';
import {
  type Budget,
  grantSlots,
  hasBudget,
  listNotWaiting,
  listOverBudget,
  lockBudget,
  lockProduct,
  noteWaiting,
  type ProductState,
} from './account-queries.ts';

/** Lets tasks through to the upstream as slots of their product fall free, by turns over all processes. */
export interface SlotQueue<T extends WaitingTask = WaitingTask> {
  /**
   * Waits until the task got a slot and may be sent (true), or until it waits no longer because somebody else moved it
   * on (false). Waits a stop of the product out as well. On abort the signal's reason.
   */
  acquire(task: T, signal: AbortSignal): Promise<boolean>;
  /** A slot may be free: looks at once. */
  poll(): void;
  /** Whoever still waits is refused. */
  close(): void;
}

/** What waits for a slot of its product. */
export interface WaitingTask {
  external_task_id: string;
  product: string;
  /** Called with each look that lets it wait on. */
  onWait(state: 'waiting' | 'held'): void;
}

export interface SlotQueueOptions<T extends WaitingTask = WaitingTask> {
  db: Db;
  credential: string;
  parallelMax: number;
  budget: Budget;
  /** Milliseconds between two looks. */
  everyMs: number;
  silentMs: number;
  log: Logger;
  /** Those that a look has left waiting; answers which of them wait at another account from now on. */
  onLeft(product: string, left: readonly T[]): Promise<string[]>;
  /** Called when somebody waits and nobody was let through: a slot may be held by a task that nobody follows. */
  onFull(): Promise<void>;
}

/** Milliseconds in which what goes on going wrong is told once. */
const quietMs = 60_000;

interface Place<T> {
  task: T;
  turn: PromiseWithResolvers<boolean>;
}

/**
 * One look of a process asks for all of its waiting tasks of a product together, so a thousand of them cost the database no
 * more than one. The slots are rows, and the row of the product is the lock under which they are counted.
 */
export function createSlotQueue<T extends WaitingTask>(options: SlotQueueOptions<T>): SlotQueue<T> {
  const waiting = new Map<string, Place<T>>();
  /** What has been logged of a stop, by product. */
  const told = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  // Without a stack: the database is away, and for longer than one look.
  const noteFailure = createQuietNote(quietMs, ({ message: reason }, repeated) =>
    options.log.warn({ reason, repeated }, 'could not look for a free slot at the Kling API'),
  );

  async function poll(product: string): Promise<void> {
    const mine = [...waiting.values()].map(({ task }) => task).filter((task) => task.product === product);
    const ids = mine.map((task) => task.external_task_id);
    const { state, granted, moved, unaffordable } = await grant(options, product, ids);
    for (const id of granted) waiting.get(id)?.turn.resolve(true);
    for (const id of moved) waiting.get(id)?.turn.resolve(false);
    const kept = mine.filter(({ external_task_id: id }) => !granted.includes(id) && !moved.includes(id));
    // What a budget has no room for has none anywhere.
    const movable = kept.filter(({ external_task_id: id }) => !unaffordable.includes(id));
    const gone = await options.onLeft(product, movable);
    for (const id of gone) waiting.get(id)?.turn.resolve(false);
    const left = kept.filter(({ external_task_id: id }) => !gone.includes(id));
    const isHeld = (id: string) => state.stop_reason !== null || unaffordable.includes(id);
    for (const task of left) task.onWait(isHeld(task.external_task_id) ? 'held' : 'waiting');
    tell(product, state, left.length);
    tell(
      'the budget of the day',
      { stop_reason: unaffordable.length > 0 ? 'it is used up' : null },
      unaffordable.length,
    );
    if (!state.paused && state.stopped_ms === 0 && granted.length === 0) await options.onFull();
  }

  /** Once for each reason: those who wait are held, and nobody fails. */
  function tell(product: string, { stop_reason: reason }: Pick<ProductState, 'stop_reason'>, held: number): void {
    if (reason === null) told.delete(product);
    if (reason === null || held === 0 || told.get(product) === reason) return;
    told.set(product, reason);
    options.log.warn({ product, reason, held }, 'videos are held until the Kling API takes some again');
  }

  function schedule(delayMs: number): void {
    if (waiting.size === 0 || looking) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      looking = true;
      for (const product of new Set([...waiting.values()].map(({ task }) => task.product))) {
        await poll(product).catch(noteFailure);
      }
      looking = false;
      schedule(options.everyMs);
    }, delayMs);
  }

  return {
    async acquire(task, signal) {
      signal.throwIfAborted();
      const place = { task, turn: Promise.withResolvers<boolean>() };
      const abort = () => place.turn.reject(signal.reason);
      waiting.set(task.external_task_id, place);
      signal.addEventListener('abort', abort, { once: true });
      schedule(0);
      try {
        return await place.turn.promise;
      } finally {
        signal.removeEventListener('abort', abort);
        if (waiting.get(task.external_task_id) === place) waiting.delete(task.external_task_id);
      }
    },
    poll: () => schedule(0),
    close() {
      clearTimeout(timer);
      for (const { turn } of waiting.values()) turn.reject(new Error('the engine was closed'));
      waiting.clear();
    },
  };
}

async function grant(
  { db, credential, parallelMax, budget, silentMs }: Omit<SlotQueueOptions, 'onLeft'>,
  product: string,
  mine: readonly string[],
): Promise<{ state: ProductState; granted: string[]; moved: string[]; unaffordable: string[] }> {
  const isLimited = hasBudget(budget);
  return await transaction(db, async (tx) => {
    // All products share the budget: who counts it must be alone, and comes before the product's own lock.
    if (isLimited) await lockBudget(tx, budget.credentials ?? [credential]);
    const state = await lockProduct(tx, { credential, product });
    await noteWaiting(tx, mine);
    // Before granting, or what was just granted would look as if others had moved it.
    const moved = await listNotWaiting(tx, credential, mine);
    const isTrial = state.stop_reason !== null;
    const isOpen = !state.paused && state.stopped_ms === 0;
    const limits = { parallelMax, silentMs, isTrial, budget };
    const granted = isOpen ? await grantSlots(tx, { credential, product }, mine, limits) : [];
    const unaffordable = isLimited ? await listOverBudget(tx, credential, budget, mine) : [];
    return { state, granted, moved, unaffordable };
  });
}
