import { AppError } from '../../lib/errors.ts';
import { chooseAccount } from '../account/choose-account.ts';
import type { Candidate, KlingSession } from '../account/kling-session.ts';
import { loadPool, moveWaiting, presentFacts } from '../account/move-waiting.ts';
import { moveToAccount } from '../account/pool-queries.ts';
import { MovedElsewhere } from './follow-task.ts';
import { findKlingTask, type KlingTask } from './queries.ts';

/** Accounts of the vendor, in the order of the settings. */
export type Pool = readonly [KlingSession, ...KlingSession[]];

/** What has to be known of a thing to choose its account. */
export interface Route {
  purpose: 'video' | 'element';
  /** Our task's id. */
  subject: string;
  product: string;
  holdsSlot: boolean;
  /** What it is expected to cost there. */
  units: number;
  /** How many elements would have to be made at an account first. Throws an `AppError` where it can't be made at all. */
  countMissing(session: KlingSession): Promise<number>;
  signal: AbortSignal;
}

/** Work at one account, which may be told to go on at another as long as nothing was sent. */
export interface Stay {
  signal: AbortSignal;
  candidates: readonly Candidate[];
  reconsider(): Promise<boolean>;
}

/**
 * Does the work at the account that the task belongs to: the one that it was sent to, for ever, or, as long as it wasn't sent, the
 * one that {@link chooseAccount} finds; then it may begin anew at another. What was sent to an account that the settings don't name is
 * followed by the first, which sends nothing of it. Throws what the work throws; where no account can make the thing, what the
 * first has against it.
 */
export async function atItsAccount<T>(
  pool: Pool,
  route: Route,
  work: (session: KlingSession, stay: Stay) => Promise<T>,
): Promise<T> {
  for (;;) {
    route.signal.throwIfAborted();
    const { session, candidates } = await choose(pool, route);
    const left = new AbortController();
    const reconsider = async () => {
      const isGone = await isMoved(session, route, candidates);
      if (isGone) left.abort(new MovedElsewhere());
      return isGone;
    };
    try {
      await session.opened();
      return await work(session, { signal: AbortSignal.any([route.signal, left.signal]), candidates, reconsider });
    } catch (error) {
      if (!(error instanceof MovedElsewhere)) throw error;
    }
  }
}

/** The account of a task that was begun; the first of all where the settings don't name it. Null where none was begun. */
export async function findItsAccount(
  pool: Pool,
  key: Pick<Route, 'purpose' | 'subject'>,
): Promise<KlingSession | null> {
  const [first] = pool;
  const task = await findKlingTask(first.db, key);
  return task === null ? null : (findSession(pool, task) ?? first);
}

async function choose(pool: Pool, route: Route): Promise<{ session: KlingSession; candidates: readonly Candidate[] }> {
  const [first] = pool;
  if (pool.length === 1) return { session: first, candidates: [] };
  const task = await findKlingTask(first.db, route);
  const known = task === null ? undefined : findSession(pool, task);
  if (task !== null && task.state !== 'waiting') return { session: known ?? first, candidates: [] };
  // Without it nothing is moved there: who isn't known to be there yet is begun with.
  for (const peer of pool) void peer.opened().catch(() => undefined);
  const candidates = await listCandidates(pool, route);
  // What waits at one of them stays there, unless it is moved.
  const current = candidates.find(({ session }) => session === known);
  if (current !== undefined) return { session: current.session, candidates };
  const loads = await loadPool(first, route.product);
  const facts = candidates.map((one) => presentFacts(one, loads, route.holdsSlot));
  const best = chooseAccount(facts, { units: route.units, current: null });
  const session = candidates.find((one) => one.session.credential === best)?.session ?? first;
  if (task !== null && known !== undefined) await moveFrom(known, session, task);
  return { session, candidates };
}

/** Where it waits it can't be made any more. */
async function moveFrom(from: KlingSession, to: KlingSession, task: KlingTask): Promise<void> {
  const { external_task_id, product } = task;
  await to.opened();
  const { silentMs } = to.intervals;
  const target = { credential: to.credential, product };
  await moveToAccount(from.db, { external_task_id, from: from.credential }, target, { slotsMax: null, silentMs });
}

/** Not empty. */
async function listCandidates(pool: Pool, { countMissing }: Route): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const refusals: AppError[] = [];
  for (const session of pool) {
    try {
      candidates.push({ session, unbound: await countMissing(session) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refusals.push(error);
    }
  }
  if (candidates.length === 0) throw refusals[0];
  return candidates;
}

/** Whether the task belongs to another account by now, or does from now on. */
async function isMoved(session: KlingSession, route: Route, candidates: readonly Candidate[]): Promise<boolean> {
  if (candidates.length < 2) return false;
  const task = await findKlingTask(session.db, route);
  if (task === null || task.state !== 'waiting') return false;
  if (task.credential !== session.credential) return true;
  const { external_task_id } = task;
  const waiting = [{ external_task_id, candidates, units: route.units }];
  return (await moveWaiting(session, route.product, waiting, route.holdsSlot)).length > 0;
}

function findSession(pool: Pool, { credential }: KlingTask): KlingSession | undefined {
  return pool.find((session) => session.credential === credential);
}
