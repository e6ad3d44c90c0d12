import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../../db/index.ts';
import type { Task } from '../tables.ts';
import { type ChangeKey, encodePosition, isSeen, type Position, sees } from './position.ts';
import { type Change, type ChangePage, findSnapshot, findTaskNow, listChanges, type Round } from './queries.ts';

/** What is delivered: a task as it is after a change, or, without one, where the stream begins. */
export interface FeedEvent {
  /** A stream goes on behind this event from here. */
  id: string;
  task?: Task;
  /** What changed before can't be told any more: the given position is too old, or of another database. */
  missed?: true;
}

/** One stream of changes, and how far it was read. */
export interface Following {
  /**
   * The account's tasks as they change, each change once and the last one of each task surely; states that follow each other
   * within milliseconds may be told as one. Ends with the signal, with the feed, and when its reader falls too far behind.
   */
  events: AsyncGenerator<FeedEvent, void, void>;
  /** Behind all that was read from `events`, as an id: moves on while nothing changes. Null before the first event. */
  position(): string | null;
}

interface FollowOptions {
  accountId: number;
  /** Only this task, beginning with its state of now, and ending with its last one. */
  taskId?: string;
  /** Goes on behind this event, for {@link resumableSeconds}. */
  since?: Position;
  signal: AbortSignal;
}

/** Tasks as they change, in any process. */
export interface Feed {
  follow(options: FollowOptions): Following;
  close(): void;
}

export interface FeedOptions {
  db: Db;
  /** Calls back whenever tasks of the account may have changed; answers what ends it. */
  listen(accountId: number, onChange: () => void): () => void;
  onError(error: unknown): void;
}

/** For so long after an event a stream may go on behind it. */
const resumableSeconds = 900;

/** The floor under all notifications: what was missed (a process died before its own, the database was away) is found this late. */
const pollMs = 1_000;

/** Rounds of a burst follow each other with so much time between, so that they stay few. */
const spacingMs = 20;

const pageSize = 200;

/** Changes that a reader may be behind, beside what its connection holds. */
const queueMax = 500;

/**
 * Follows the changes of all accounts that somebody follows with one reader in this process, woken by notifications and
 * looking by itself each second. It reads by snapshots, see {@link Position}: nothing is lost or told twice, whatever
 * commits in whatever order, and no slow transaction holds the others up.
 */
export function createFeed({ db, listen, onError }: FeedOptions): Feed {
  const followers = new Map<number, Set<Follower>>();
  const listeners = new Map<number, () => void>();
  const closed = new AbortController();
  let position: { seen: string; at: number } | null = null;
  let isReading = false;
  let standing: Promise<void> | null = null;
  let again = false;
  /** The round that is being read, and whose changes. */
  let current: { accounts: ReadonlySet<number>; end: Promise<void> } | null = null;
  let poll: NodeJS.Timeout | undefined;

  function wake(): void {
    again = true;
    if (!isReading) void readAll();
  }

  async function readAll(): Promise<void> {
    isReading = true;
    try {
      while (again && followers.size > 0 && !closed.signal.aborted) {
        again = false;
        const accounts = new Set(followers.keys());
        const end = readRound(accounts);
        current = { accounts, end };
        await end.finally(() => {
          current = null;
        });
        if (again) await sleep(spacingMs);
      }
    } catch (error) {
      onError(error); // the next look reads from the same position
    } finally {
      isReading = false;
    }
  }

  /** Where the reader begins is asked once: a second answer could lie behind what a follower has caught up to. */
  async function stand(): Promise<void> {
    if (position !== null) return;
    standing ??= findSnapshot(db)
      .then((found) => {
        position ??= found;
      })
      .finally(() => {
        standing = null;
      });
    await standing;
  }

  async function readRound(accounts: ReadonlySet<number>): Promise<void> {
    await stand();
    if (position === null) return;
    let round: Round = { seen: position.seen };
    for (;;) {
      const page = await listChanges(db, [...accounts], round, pageSize);
      const isLast = page.changes.length < pageSize;
      deliver(page, isLast);
      if (isLast) {
        position = { seen: page.to, at: page.at };
        for (const id of accounts) for (const one of followers.get(id) ?? []) one.arrive(page.to, page.at);
        return;
      }
      round = { seen: round.seen, to: page.to, last: keyOf(page.changes.at(-1) as Change) };
    }
  }

  function deliver({ to, at, changes }: ChangePage, isLast: boolean): void {
    const lastOf = new Map(changes.map((change) => [change.task.account_id, change]));
    for (const change of changes) {
      const ends = isLast && lastOf.get(change.task.account_id) === change;
      for (const one of followers.get(change.task.account_id) ?? []) one.push({ change, to, at, ends });
    }
  }

  function join(accountId: number, follower: Follower): void {
    const set = followers.get(accountId) ?? new Set();
    followers.set(accountId, set.add(follower));
    if (!listeners.has(accountId)) listeners.set(accountId, listen(accountId, wake));
    poll ??= setInterval(wake, pollMs).unref();
    wake();
  }

  function leave(accountId: number, follower: Follower): void {
    const set = followers.get(accountId);
    set?.delete(follower);
    if (set === undefined || set.size > 0) return;
    followers.delete(accountId);
    listeners.get(accountId)?.();
    listeners.delete(accountId);
    if (followers.size > 0) return;
    clearInterval(poll);
    poll = undefined;
    position = null;
  }

  return {
    follow(options) {
      const follower = createFollower(AbortSignal.any([options.signal, closed.signal]), options.taskId);
      return { events: deliverTo(follower, options), position: follower.position };
    },
    close() {
      closed.abort();
      clearInterval(poll);
    },
  };

  async function* deliverTo(follower: Follower, { accountId, taskId, since }: FollowOptions): Following['events'] {
    join(accountId, follower);
    try {
      const start = await catchUp(accountId, taskId, since);
      for await (const event of start.events) {
        if (start.isOver && event.task === undefined) return;
        yield event;
        if (hasEnded(event, taskId)) return;
      }
      for await (const event of follower.follow(start.seen())) {
        yield event;
        if (hasEnded(event, taskId)) return;
      }
    } finally {
      leave(accountId, follower);
    }
  }

  /** What a follower gets before it is up to date; `seen` is known when that is told. */
  async function catchUp(accountId: number, taskId: string | undefined, since: Position | undefined) {
    // The common reader must stand before what the newcomer catches up to, and a round that began without its account passes
    // over its changes.
    if (current !== null && !current.accounts.has(accountId)) await current.end.catch(() => undefined);
    await stand();
    const now = taskId === undefined ? null : await findTaskNow(db, taskId);
    const { seen, at } = now ?? (await findSnapshot(db));
    if (since !== undefined && isKnown(since, seen, at)) {
      return { ...resume(db, accountId, taskId, since), isOver: (now?.task.finished_at ?? null) !== null };
    }
    const first: FeedEvent = {
      id: encodePosition({ seen, at }),
      ...(now === null ? {} : { task: now.task }),
      ...(since === undefined || taskId !== undefined ? {} : { missed: true }),
    };
    return { events: [first], seen: () => ({ seen, at }), isOver: false };
  }
}

function isKnown({ at, seen, round }: Position, here: string, now: number): boolean {
  return now - at <= resumableSeconds && sees(here, seen) && (round === undefined || sees(here, round.to));
}

function hasEnded({ task }: FeedEvent, taskId: string | undefined): boolean {
  return taskId !== undefined && task?.id === taskId && task.finished_at !== null;
}

const keyOf = ({ transaction_id, task }: Change): ChangeKey => ({ transaction_id, task_id: task.id });

/** What has changed behind a position, round by round, until nothing has. */
function resume(db: Db, accountId: number, taskId: string | undefined, since: Position) {
  let { seen, at: seenAt } = since;
  async function* list(): AsyncGenerator<FeedEvent> {
    let round: Round = { seen, ...since.round };
    for (;;) {
      const { to, at, changes } = await listChanges(db, [accountId], round, pageSize);
      const isLast = changes.length < pageSize;
      for (const change of changes) {
        const last = keyOf(change);
        const id = encodePosition(
          isLast && change === changes.at(-1) ? { seen: to, at } : { seen, at, round: { to, last } },
        );
        if (taskId === undefined || change.task.id === taskId) yield { id, task: change.task };
        round = { seen, to, last };
      }
      if (!isLast) continue;
      const isOver = changes.length === 0 && round.to === undefined;
      seen = to;
      seenAt = at;
      round = { seen };
      if (!isOver) continue;
      yield { id: encodePosition({ seen, at }) };
      return;
    }
  }
  return { events: list(), seen: () => ({ seen, at: seenAt }) };
}

/** A change on its way to a follower; `ends`: with it, all of the account that `to` can see was told. */
interface Entry {
  change: Change;
  to: string;
  at: number;
  ends: boolean;
}

interface Follower {
  push(entry: Entry): void;
  /** All that `to` can see was pushed. */
  arrive(to: string, at: number): void;
  /** What was pushed and `from` could not see. */
  follow(from: { seen: string; at: number }): AsyncGenerator<FeedEvent>;
  position(): string | null;
}

function createFollower(signal: AbortSignal, taskId: string | undefined): Follower {
  const queue: Entry[] = [];
  let arrived: { to: string; at: number } | null = null;
  let here: Position | null = null;
  let isBehind = false;
  /** All that was pushed is told, and `seen` is how far that is. */
  let isWaiting = false;
  let seen = '';
  let notify: () => void = () => undefined;
  signal.addEventListener('abort', () => notify(), { once: true });

  /** Only when somebody asks: each second there is another arrival, and hundreds of followers. */
  function settle(): void {
    if (!isWaiting || arrived === null) return;
    if (sees(arrived.to, seen)) {
      here = { seen: arrived.to, at: arrived.at };
      seen = arrived.to;
    }
    arrived = null;
  }

  return {
    push(entry) {
      settle();
      if (taskId !== undefined && entry.change.task.id !== taskId) return;
      if (queue.length >= queueMax) isBehind = true;
      else queue.push(entry);
      isWaiting = false;
      notify();
    },
    arrive(to, at) {
      arrived = { to, at };
    },
    position() {
      settle();
      return here && encodePosition(here);
    },
    async *follow(from) {
      ({ seen } = from);
      here = from;
      while (!signal.aborted) {
        const entry = queue.shift();
        if (entry !== undefined) {
          const { change, to, at, ends } = entry;
          const isNew = !isSeen(change.transaction_id, seen);
          const next: Position = ends ? { seen: to, at } : { seen, at, round: { to, last: keyOf(change) } };
          if (!isNew) continue;
          yield { id: encodePosition(next), task: change.task };
          // Only now, when the reader has come back for more, is it told.
          here = next;
          if (ends) seen = to;
        } else if (isBehind) return;
        else {
          isWaiting = true;
          await new Promise<void>((done) => {
            notify = done;
          });
        }
      }
    },
  };
}
