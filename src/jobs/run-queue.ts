import { type Database, transaction } from '../db/index.ts';
import { heartbeatSeconds, type Job, type Jobs, type QueueName } from './open-jobs.ts';

export interface QueueRunnerOptions<T, C> {
  database: Database;
  jobs: Jobs;
  queue: QueueName;
  /** Jobs of this queue that run at once in this process; a job is only fetched when a slot is free. */
  slots: number;
  /**
   * Jobs of one group that this process runs at once. While a group has so many, none of it is fetched; those that one
   * fetch brings beyond it wait their turn, each holding a slot.
   */
  groupSlots?: number;
  /** Names the group of a claimed job. */
  groupOf?(claimed: C): string;
  /**
   * Runs in the transaction that fetches. Returns what to run for each job worth running; the other jobs must be
   * finished by it, in the same transaction.
   */
  claim(tx: Database['db'], jobs: Job<T>[]): Promise<C[]>;
  /** Which fetched job a claim belongs to, for its heartbeat. */
  jobOf(claimed: C): Job<T>;
  /** Runs one claimed job to its end and finishes it. What it throws is reported; the job is then run again later. */
  run(claimed: C, signal: AbortSignal): Promise<void>;
  onError(error: unknown): void;
}

export interface QueueRunner {
  /** Looks at the queue again in `delayMs`, for a job that this process knows to fall due then. */
  lookAgain(delayMs: number): void;
  /** Takes no more jobs, waits for the running ones up to `graceMs`, then aborts them. */
  close(graceMs: number): Promise<void>;
}

/** The floor under all wake-ups: what was missed (another process died before its NOTIFY) is found this late at most. */
const pollMs = 1000;

/**
 * Fetches are rounded down to one of these sizes: the engine writes the size into the statement's text, and every
 * different text is planned and kept once per connection.
 */
const fetchSizes = [64, 32, 16, 8, 4, 2, 1];

/**
 * Runs a queue in this process: fetches as many jobs as slots are free, in one transaction with their claim, when woken
 * or at the latest every second; keeps their heartbeat; survives a database that is away for a while.
 */
export function runQueue<T, C>(options: QueueRunnerOptions<T, C>): QueueRunner {
  const { jobs, queue, slots, database, onError } = options;
  const active = new Map<C, AbortController>();
  const groups = createGroups(options.groupSlots ?? slots);
  const timers = new Set<NodeJS.Timeout>();
  let fetching = false;
  let again = false;
  let closed = false;

  async function fillSlots(): Promise<void> {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    try {
      do {
        again = false;
        const free = Math.min(slots - active.size, options.groupSlots ?? slots);
        if (closed || free < 1) break;
        const size = fetchSizes.find((one) => one <= free) ?? 1;
        const { fetched, claims } = await fetchAndClaim(size);
        for (const claim of claims) void start(claim);
        if (fetched === size) again = true;
      } while (again);
    } catch (error) {
      onError(error);
    } finally {
      fetching = false;
    }
  }

  async function fetchAndClaim(size: number): Promise<{ fetched: number; claims: C[] }> {
    const busy = groups.listFull();
    return await transaction(database.db, async (tx) => {
      const fetched = await jobs.fetch<T>(tx, queue, size, busy);
      return { fetched: fetched.length, claims: fetched.length > 0 ? await options.claim(tx, fetched) : [] };
    });
  }

  async function start(claim: C): Promise<void> {
    const controller = new AbortController();
    const group = options.groupOf?.(claim);
    active.set(claim, controller);
    if (group !== undefined) await groups.enter(group);
    try {
      await options.run(claim, controller.signal);
    } catch (error) {
      onError(error);
    } finally {
      active.delete(claim);
      if (group !== undefined) groups.leave(group);
      void fillSlots();
    }
  }

  async function keepAlive(): Promise<void> {
    await jobs.touch(queue, [...active.keys()].map(options.jobOf));
  }

  const stopListening = jobs.wakeUp.listen(queue, () => {
    void fillSlots();
    return !closed && active.size < slots;
  });
  const poll = setInterval(() => void fillSlots(), pollMs);
  const heartbeat = setInterval(() => keepAlive().catch(onError), (heartbeatSeconds * 1000) / 4);
  void fillSlots();

  return {
    lookAgain(delayMs) {
      if (closed) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        void fillSlots();
      }, delayMs);
      timers.add(timer);
    },
    async close(graceMs) {
      closed = true;
      stopListening();
      clearInterval(poll);
      for (const timer of timers) clearTimeout(timer);
      // A fetch that is under way may still bring jobs, which are claimed by then and have to run.
      const isIdle = () => !fetching && active.size === 0;
      await waitUntil(isIdle, graceMs);
      for (const controller of active.values()) controller.abort();
      await waitUntil(isIdle, 2000);
      clearInterval(heartbeat);
    },
  };
}

interface Group {
  running: number;
  waiting: (() => void)[];
}

function createGroups(slots: number) {
  const groups = new Map<string, Group>();
  return {
    listFull: () => [...groups].filter(([, { running }]) => running >= slots).map(([name]) => name),
    /** Resolves when it's the caller's turn; first come, first served. */
    async enter(name: string): Promise<void> {
      const group = groups.get(name) ?? { running: 0, waiting: [] };
      groups.set(name, group);
      if (group.running < slots) group.running += 1;
      else await new Promise<void>((turn) => group.waiting.push(turn));
    },
    leave(name: string): void {
      const group = groups.get(name);
      if (group === undefined) return;
      const next = group.waiting.shift();
      if (next === undefined) group.running -= 1;
      else next();
      if (group.running === 0) groups.delete(name);
    },
  };
}

async function waitUntil(condition: () => boolean, limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!condition() && performance.now() < deadline) await new Promise((done) => setTimeout(done, 10));
}
