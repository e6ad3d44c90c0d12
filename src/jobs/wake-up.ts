import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Database, Db } from '../db/index.ts';

/**
 * Tells waiting workers that a queue has something to do: those of this process by a call, those of other processes by
 * one NOTIFY at once and then at most one every `spacingMs`, outside any transaction. (A NOTIFY inside a transaction
 * takes a lock over the whole database until its commit is on disk, so that no two accepting transactions could share
 * one fsync; see docs/decisions.) It is a hint: workers look at their queue from time to time anyway.
 */
export interface WakeUp {
  /** Call after the commit that made work due. */
  wake(queue: string): void;
  /** `listener` returns whether it can take work right now; then no other process is woken. */
  listen(queue: string, listener: () => boolean): () => void;
  /** Starts to listen to other processes. Without it only calls of this process arrive. */
  startListening(): void;
  close(): Promise<void>;
}

const channel = 'jobs_wake_up';

/**
 * Tells the listeners of `queue` in every process that listens, at the commit of `tx`. For what is rare, such as an
 * operator's change: its commit then holds the database-wide lock of a NOTIFY.
 */
export async function announce(tx: Db, queue: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${queue})`.execute(tx);
}

/**
 * A worker that sleeps is woken at once; a busy one looks again by itself when a slot is free, so a burst needs few of these.
 * Short against the 50 ms that a callback may wait.
 */
const spacingMs = 20;

const reconnectMs = 1000;

/** Not yet listening to other processes; `onError` gets what breaks the listening, which is taken up again. */
export function createWakeUp(database: Database, onError: (error: Error) => void): WakeUp {
  const listeners = new Map<string, Set<() => boolean>>();
  const due = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let notifiedAt = Number.NEGATIVE_INFINITY;
  let listener: { close(): Promise<void> } | undefined;

  function wakeHere(queue: string): boolean {
    let taken = false;
    for (const listener of listeners.get(queue) ?? []) taken = listener() || taken;
    return taken;
  }

  async function notify(): Promise<void> {
    const queues = [...due];
    due.clear();
    // A hint needs no fsync of its own, and its commit writes to the log like any other.
    await database.pool.query(
      "select set_config('synchronous_commit', 'off', true), pg_notify($1, queue) from unnest($2::text[]) queue",
      [channel, queues],
    );
  }

  return {
    wake(queue) {
      if (wakeHere(queue)) return;
      due.add(queue);
      timer ??= setTimeout(
        () => {
          timer = undefined;
          notifiedAt = performance.now();
          notify().catch(onError);
        },
        Math.max(0, notifiedAt + spacingMs - performance.now()),
      );
    },
    listen(queue, listener) {
      const set = listeners.get(queue) ?? new Set();
      listeners.set(queue, set.add(listener));
      return () => set.delete(listener);
    },
    startListening() {
      listener ??= keepListening(
        database.pool,
        (queue) => wakeHere(queue),
        () => [...listeners.keys()],
        onError,
      );
    },
    async close() {
      clearTimeout(timer);
      await listener?.close();
    },
  };
}

/** Keeps one connection listening, and opens another when it breaks; what was missed meanwhile is looked up at once. */
function keepListening(
  pool: pg.Pool,
  onQueue: (queue: string) => void,
  listQueues: () => readonly string[],
  onError: (error: Error) => void,
): { close(): Promise<void> } {
  const stop = new AbortController();
  const stopped = new Promise<void>((done) => stop.signal.addEventListener('abort', () => done()));

  /** Returns when the connection has ended. */
  async function listen(): Promise<void> {
    const client = await pool.connect();
    try {
      const ended = new Promise<void>((done) => {
        client.once('error', () => done()); // the pool reports it
        client.once('end', () => done());
      });
      client.on('notification', ({ payload }) => payload && onQueue(payload));
      await client.query(`listen ${channel}`);
      for (const queue of listQueues()) onQueue(queue);
      await Promise.race([ended, stopped]);
    } finally {
      client.release(true);
    }
  }

  async function listenAgainAndAgain(): Promise<void> {
    while (!stop.signal.aborted) {
      await listen().catch(onError);
      await sleep(reconnectMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  }

  const kept = listenAgainAndAgain();
  return {
    async close() {
      stop.abort();
      await kept;
    },
  };
}
