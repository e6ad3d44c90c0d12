import { readGroupMemory } from './read-group-memory.ts';
import { type JobHooks, runJob } from './run-job.ts';
import { type Child, startChild } from './start-child.ts';
import type { JobLimits } from './watch-job.ts';
import type { JobMessage } from './wire.ts';

export interface PoolOptions {
  /** Most children at a time, and so most jobs at a time. */
  childCount: number;
  /** How long an idle child is kept for the next job. */
  idleMs: number;
}

export interface Pool {
  /**
   * Runs a job in a child of its own for its time; waits in line when all are busy. Rejects with the job's `AppError`,
   * with a `ChildFailure` when the child was lost, or with the signal's reason: in the last two cases the child and
   * everything it started is gone before this rejects, but for one that was still starting.
   */
  run(job: JobMessage, limits: JobLimits, hooks?: JobHooks): Promise<unknown>;
  /** Process ids of the living children. */
  childIds(): number[];
  count(): { working: number; idle: number; waited_for: number };
  /** Bytes of resident memory of all children, with what they started. */
  readMemory(): Promise<number>;
  /** Kills all children, running jobs included, and refuses new jobs. Safe to repeat. */
  close(): Promise<void>;
}

/** Starts nothing yet: children come with the first jobs and go after `idleMs` without one. */
export function createPool(options: PoolOptions): Pool {
  const idle: { child: Child; timer: NodeJS.Timeout }[] = [];
  const living = new Set<Child>();
  const waiting: (() => void)[] = [];
  const closing = new AbortController();
  let running = 0;

  return {
    run,
    childIds: () => Array.from(living, (child) => child.id),
    count: () => ({ working: running, idle: idle.length, waited_for: waiting.length }),
    async readMemory() {
      const sizes = await Promise.all(Array.from(living, ({ id }) => readGroupMemory(id).catch(() => 0)));
      return sizes.reduce((sum, bytes) => sum + bytes, 0);
    },
    close,
  };

  async function run(job: JobMessage, limits: JobLimits, hooks: JobHooks = {}): Promise<unknown> {
    const signal = hooks.signal === undefined ? closing.signal : AbortSignal.any([closing.signal, hooks.signal]);
    await takeTurn(hooks.waitSignal === undefined ? signal : AbortSignal.any([signal, hooks.waitSignal]));
    try {
      // Throws when the system has no room for another process.
      const child = takeChild();
      try {
        return await runJob(child, job, limits, { ...hooks, signal });
      } finally {
        await putBack(child, limits);
      }
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  }

  /** Resolves when one more job may run; the place is taken by then. */
  async function takeTurn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (running >= options.childCount) {
      const turn = Promise.withResolvers<void>();
      const leave = () => turn.reject(signal.reason);
      waiting.push(turn.resolve);
      signal.addEventListener('abort', leave, { once: true });
      try {
        await turn.promise;
      } finally {
        signal.removeEventListener('abort', leave);
        if (signal.aborted) waiting.splice(waiting.indexOf(turn.resolve) >>> 0, 1);
      }
    }
    running += 1;
  }

  function takeChild(): Child {
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      clearTimeout(last.timer);
      if (!last.child.ended()) return last.child;
      living.delete(last.child);
    }
    const child = startChild();
    living.add(child);
    return child;
  }

  /** A child that keeps much of its memory after a job would be blamed for the next one: it is let go. */
  async function putBack(child: Child, limits: JobLimits): Promise<void> {
    const keptBytesMax = limits.keptBytesMax ?? limits.memoryBytesMax / 2;
    const swollen = !child.ended() && (await readGroupMemory(child.id).catch(() => 0)) > keptBytesMax;
    if (child.ended() || swollen || closing.signal.aborted) return letGo(child);
    const timer = setTimeout(() => {
      const at = idle.findIndex((one) => one.child === child);
      if (at !== -1) idle.splice(at, 1);
      void letGo(child);
    }, options.idleMs);
    timer.unref();
    idle.push({ child, timer });
  }

  async function letGo(child: Child): Promise<void> {
    await child.kill();
    living.delete(child);
  }

  async function close(): Promise<void> {
    closing.abort(new Error('the media pool is closed'));
    for (const { timer } of idle.splice(0)) clearTimeout(timer);
    await Promise.all(Array.from(living, letGo));
  }
}
