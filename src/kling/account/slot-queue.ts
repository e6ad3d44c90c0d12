import type { Logger } from 'pino';
import { type Db, transaction } from '../../db/index.ts';
import { createQuietNote } from '../../lib/create-quiet-note.ts';
import { klingStopped } from '../errors.ts';
import { grantSlots, type KlingAccount, listNotWaiting, lockAccount, noteWaiting } from './account-queries.ts';

/** Lets tasks through to the upstream as slots fall free, in the order of their arrival over all processes. */
export interface SlotQueue {
  /**
   * Waits until the task got a slot and may be sent (true), or until it waits no longer because somebody else moved it
   * on (false). Throws 503 `service_unavailable` while the account is stopped; on abort the signal's reason.
   */
  acquire(externalTaskId: string, signal: AbortSignal): Promise<boolean>;
  /** A slot may be free: looks at once. */
  poll(): void;
  /** Whoever still waits is refused. */
  close(): void;
}

export interface SlotQueueOptions {
  db: Db;
  credential: string;
  parallelMax: number;
  /** Milliseconds between two looks. */
  everyMs: number;
  silentMs: number;
  log: Logger;
  /** Called when somebody waits and nobody was let through: a slot may be held by a task that nobody follows. */
  onFull(): Promise<void>;
}

/** Milliseconds in which what goes on going wrong is told once. */
const quietMs = 60_000;

/**
 * One look of a process asks for all of its waiting tasks together, so a thousand of them cost the database no more than
 * one. The slots are rows, and the row of the account is the lock under which they are counted.
 */
export function createSlotQueue(options: SlotQueueOptions): SlotQueue {
  const waiting = new Map<string, PromiseWithResolvers<boolean>>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  // Without a stack: the database is away, and for longer than one look.
  const noteFailure = createQuietNote(quietMs, ({ message: reason }, repeated) =>
    options.log.warn({ reason, repeated }, 'could not look for a free slot at the Kling API'),
  );

  async function poll(): Promise<void> {
    const mine = [...waiting.keys()];
    const { account, granted, moved } = await grant(options, mine);
    for (const id of granted) waiting.get(id)?.resolve(true);
    for (const id of moved) waiting.get(id)?.resolve(false);
    if (account.stop_reason !== null) {
      const refusal = klingStopped(`stopped: ${account.stop_reason}`, Math.ceil(account.stopped_ms / 1000));
      for (const id of mine) waiting.get(id)?.reject(refusal);
    } else if (!account.paused && granted.length === 0) await options.onFull();
  }

  function schedule(delayMs: number): void {
    if (waiting.size === 0 || looking) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      looking = true;
      await poll().catch(noteFailure);
      looking = false;
      schedule(options.everyMs);
    }, delayMs);
  }

  return {
    async acquire(externalTaskId, signal) {
      signal.throwIfAborted();
      const turn = Promise.withResolvers<boolean>();
      const abort = () => turn.reject(signal.reason);
      waiting.set(externalTaskId, turn);
      signal.addEventListener('abort', abort, { once: true });
      schedule(0);
      try {
        return await turn.promise;
      } finally {
        signal.removeEventListener('abort', abort);
        if (waiting.get(externalTaskId) === turn) waiting.delete(externalTaskId);
      }
    },
    poll: () => schedule(0),
    close() {
      clearTimeout(timer);
      for (const turn of waiting.values()) turn.reject(new Error('the engine was closed'));
      waiting.clear();
    },
  };
}

async function grant(
  { db, credential, parallelMax, silentMs }: SlotQueueOptions,
  mine: readonly string[],
): Promise<{ account: KlingAccount; granted: string[]; moved: string[] }> {
  return await transaction(db, async (tx) => {
    const account = await lockAccount(tx, credential);
    await noteWaiting(tx, mine);
    // Before granting, or what was just granted would look as if others had moved it.
    const moved = await listNotWaiting(tx, mine);
    const isOpen = !account.paused && account.stop_reason === null;
    const granted = isOpen ? await grantSlots(tx, credential, mine, { parallelMax, silentMs }) : [];
    return { account, granted, moved };
  });
}
