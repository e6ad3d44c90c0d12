import { type Database, transaction } from '../db/index.ts';
import { onceATurn } from '../lib/once-a-turn.ts';
import { heartbeatSeconds, type Job, type Jobs, type QueueName } from './open-jobs.ts';
import type { Room } from './turns.ts';

/** What one consumer needs: the queue, how many at once, and what taking and running a job means. */
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
  /** Whether no more of a group is fetched now, of which `running` jobs run here. */
  isEnough?(group: string, running: number): boolean;
  /** Jobs that may run beyond `slots`, of groups of which none runs here: so that no group can fill the queue for all. */
  guestSlots?: number;
  /**
   * How many more jobs are of use now, of any group and of groups of which none runs here; where that is fewer than slots are free.
   */
  room?(): Room;
  /**
   * Runs in the transaction that fetches. Returns what to run for each job worth running; the other jobs must be
   * finished by it, in the same transaction.
   */
  claim(tx: Database['db'], jobs: Job<T>[]): Promise<C[]>;
  /** Which fetched job a claim belongs to, for its heartbeat. */
  jobOf(claimed: C): Job<T>;
  /**
   * Most jobs that may run without a slot, since they only wait (`setIdle`): beyond them, one that waits holds its slot. 0 where
   * that is left out.
   */
  idleMax?: number;
  /** Runs one claimed job to its end and finishes it. What it throws is reported; the job is then run again later. */
  run(claimed: C, signal: AbortSignal): Promise<void>;
  /** Told of a job that broke off and of a heartbeat that couldn't be sent. */
  onError(error: unknown): void;
  /** Told of each look at the queue: null when it went well. */
  onLook(error: unknown): void;
}

/** The consumer of one queue in this process. */
export interface QueueRunner<C = unknown> {
  /** A running job only waits for others from now on, or does so no longer: meanwhile it counts for nothing here. */
  setIdle(claimed: C, isIdle: boolean): void;
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
export function runQueue<T, C>(options: QueueRunnerOptions<T, C>): QueueRunner<C> {
  const { jobs, queue, slots, database, onError, onLook } = options;
  const active = new Map<C, AbortController>();
  const idle = new Set<C>();
  const countBusy = () => active.size - idle.size;
  const groups = createGroups(options.groupSlots ?? Number.POSITIVE_INFINITY);
  const isFull = (group: string, running: number) =>
    running >= (options.groupSlots ?? Number.POSITIVE_INFINITY) || (options.isEnough?.(group, running) ?? false);
  const laterLooks = createTimers(() => void fillSlots());
  /** Groups of which a job was begun in this round. */
  const served = new Set<string>();
  let roomTimer: NodeJS.Timeout | undefined;
  let fetching = false;
  let again = false;
  /** Cut off: the time that running jobs had to end is over, also for those whose claim is still under way. */
  let phase: 'open' | 'closing' | 'cut off' = 'open';

  /** Of jobs that end in one turn together, each has left its slot by then. */
  const fillSlotsSoon = onceATurn(() => void fillSlots());

  async function fillSlots(): Promise<void> {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    try {
      do {
        again = false;
        if (phase !== 'open') break;
        if ((await fetchNewcomers()) || (await fetchAny())) again = true;
      } while (again);
    } catch (error) {
      onLook(error);
    } finally {
      fetching = false;
    }
    lookWhenRoomGrows();
  }

  function lookWhenRoomGrows(): void {
    clearTimeout(roomTimer);
    const growsInMs = options.room?.().growsInMs ?? null;
    if (phase === 'open' && growsInMs !== null) roomTimer = setTimeout(() => void fillSlots(), Math.ceil(growsInMs));
  }

  /**
   * Jobs of groups that have none here and had none in this round: a group whose only job has just ended would else be
   * first again by the age of its next. The round is over when there are no such jobs. False when there may be no more.
   */
  async function fetchNewcomers(): Promise<boolean> {
    if (options.guestSlots === undefined) return false;
    const known = [...new Set([...groups.list(() => true), ...served])];
    if (known.length === 0) return false;
    const free = slots + options.guestSlots - countBusy();
    const wanted = Math.min(free, options.room?.().newcomers ?? free);
    if (wanted < 1) return false;
    const mayBeMore = await fetchUpTo(wanted, known);
    if (!mayBeMore) served.clear();
    return mayBeMore;
  }

  async function fetchAny(): Promise<boolean> {
    const free = Math.min(slots - countBusy(), options.groupSlots ?? slots);
    return await fetchUpTo(Math.min(free, options.room?.().any ?? free), groups.list(isFull));
  }

  /** Returns whether there may be more: as many came as were asked for. */
  async function fetchUpTo(count: number, leftOut: readonly string[]): Promise<boolean> {
    if (count < 1) return false;
    const size = fetchSizes.find((one) => one <= count) ?? 1;
    const { fetched, claims } = await transaction(database.db, async (tx) => {
      const found = await jobs.fetch<T>(tx, queue, size, leftOut);
      return { fetched: found.length, claims: found.length > 0 ? await options.claim(tx, found) : [] };
    });
    onLook(null);
    for (const claim of claims) void start(claim);
    return fetched === size;
  }

  async function start(claim: C): Promise<void> {
    const controller = new AbortController();
    const group = options.groupOf?.(claim);
    active.set(claim, controller);
    if (phase === 'cut off') controller.abort();
    if (group !== undefined) {
      served.add(group);
      // A job that need not wait runs at once, so that the next look knows of it.
      const turn = groups.enter(group);
      if (turn !== null) await turn;
    }
    try {
      await options.run(claim, controller.signal);
    } catch (error) {
      onError(error);
    } finally {
      active.delete(claim);
      const wasIdle = idle.delete(claim);
      if (group !== undefined && !wasIdle) groups.leave(group);
      fillSlotsSoon();
    }
  }

  const keepAlive = () => jobs.touch(queue, [...active.keys()].map(options.jobOf));
  const stopListening = jobs.wakeUp.listen(queue, () => {
    void fillSlots();
    return phase === 'open' && countBusy() < slots;
  });
  const poll = setInterval(() => void fillSlots(), pollMs);
  const heartbeat = setInterval(() => keepAlive().catch(onError), (heartbeatSeconds * 1000) / 4);
  void fillSlots();

  return {
    setIdle(claim, isIdle) {
      const isFull = isIdle && idle.size >= (options.idleMax ?? 0);
      if (isFull || !active.has(claim) || idle.has(claim) === isIdle) return;
      idle[isIdle ? 'add' : 'delete'](claim);
      const group = options.groupOf?.(claim);
      // What was waiting goes on at once, however many run by now.
      if (group !== undefined) groups[isIdle ? 'leave' : 'join'](group);
      if (isIdle) void fillSlots();
    },
    lookAgain(delayMs) {
      if (phase === 'open') laterLooks.add(delayMs);
    },
    async close(graceMs) {
      phase = 'closing';
      stopListening();
      clearInterval(poll);
      clearTimeout(roomTimer);
      laterLooks.clear();
      // A fetch that is under way may still bring jobs, which are claimed by then and have to run.
      const isIdle = () => !fetching && active.size === 0;
      await waitUntil(isIdle, graceMs);
      phase = 'cut off';
      for (const controller of active.values()) controller.abort();
      await waitUntil(isIdle, 2000);
      clearInterval(heartbeat);
    },
  };
}

/** Calls `act` at each of the times that are added. */
function createTimers(act: () => void) {
  const timers = new Set<NodeJS.Timeout>();
  return {
    add(delayMs: number): void {
      const timer = setTimeout(() => {
        timers.delete(timer);
        act();
      }, delayMs);
      timers.add(timer);
    },
    clear: () => timers.forEach(clearTimeout),
  };
}

interface Group {
  running: number;
  waiting: (() => void)[];
}

function createGroups(slots: number) {
  const groups = new Map<string, Group>();
  return {
    list: (isWanted: (name: string, running: number) => boolean) =>
      [...groups].filter(([name, { running }]) => isWanted(name, running)).map(([name]) => name),
    /** Null when it's the caller's turn at once, else resolves when it is; first come, first served. */
    enter(name: string): Promise<void> | null {
      const group = groups.get(name) ?? { running: 0, waiting: [] };
      groups.set(name, group);
      if (group.running >= slots) return new Promise<void>((turn) => group.waiting.push(turn));
      group.running += 1;
      return null;
    },
    /** Without waiting for a turn. */
    join(name: string): void {
      const group = groups.get(name) ?? { running: 0, waiting: [] };
      groups.set(name, group);
      group.running += 1;
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
