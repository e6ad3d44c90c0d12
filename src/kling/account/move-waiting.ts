import { elementProduct } from '../api/endpoints.ts';
import { sumRemaining } from '../api/read-costs.ts';
import { type AccountFacts, chooseAccount } from './choose-account.ts';
import type { Candidate, KlingSession, Movable } from './kling-session.ts';
import { type AccountLoad, listLoads, moveToAccount } from './pool-queries.ts';

/** How the accounts of the settings stand with a product, and with elements. */
export interface PoolLoads {
  of: readonly AccountLoad[];
  ofElements: readonly AccountLoad[];
}

/** Reads them once for all that waits for the product. */
export async function loadPool({ db, peers, intervals }: KlingSession, product: string): Promise<PoolLoads> {
  const credentials = peers.map(({ credential }) => credential);
  const of = await listLoads(db, credentials, product, intervals.silentMs);
  if (product === elementProduct) return { of, ofElements: of };
  return { of, ofElements: await listLoads(db, credentials, elementProduct, intervals.silentMs) };
}

/** What is known of a candidate. What holds no slot has a place everywhere. */
export function presentFacts(
  { session, unbound }: Candidate,
  { of, ofElements }: PoolLoads,
  holdsSlot: boolean,
): AccountFacts {
  const { credential, limits, isReady } = session;
  const load = getLoad(of, credential);
  const elements = unbound > 0 ? getLoad(ofElements, credential) : null;
  const { waiting, in_work, sending, is_trial, balance } = load;
  const places = is_trial ? 1 - sending - waiting : limits.parallelMax - in_work - waiting;
  return {
    credential,
    isStopped: load.stopped || elements?.stopped === true,
    isPaused: load.paused || elements?.paused === true || !isReady(),
    freeSlots: holdsSlot ? places : Number.POSITIVE_INFINITY,
    unitsLeft: balance === null ? null : sumRemaining(balance) - load.units_ahead,
    inFlight: in_work + waiting,
    unbound,
  };
}

function getLoad(loads: readonly AccountLoad[], credential: string): AccountLoad {
  const load = loads.find((one) => one.credential === credential);
  if (load === undefined) throw new Error('an account has no load');
  return load;
}

/**
 * Moves what waits at an account to others that have more to offer, in its order, no more than they have room for; answers which have
 * moved. What holds no slot (`holdsSlot` false) needs no room.
 */
export async function moveWaiting(
  session: KlingSession,
  product: string,
  waiting: readonly Movable[],
  holdsSlot: boolean,
): Promise<string[]> {
  const movable = waiting.filter(({ candidates }) => candidates.some((one) => one.session !== session));
  if (movable.length === 0) return [];
  const loads = await loadPool(session, product);
  const moved: string[] = [];
  for (const task of movable) {
    const to = await moveOne(session, product, task, loads, holdsSlot);
    if (to === null) continue;
    moved.push(task.external_task_id);
    // The others find one place less there.
    getLoad(loads.of, to.credential).waiting += 1;
    const { external_task_id } = task;
    session.log.info(
      { external_task_id, from: session.name, to: to.name },
      'what waits moves to another Kling account',
    );
  }
  return moved;
}

async function moveOne(
  { db, credential, intervals: { silentMs } }: KlingSession,
  product: string,
  { external_task_id, units, candidates }: Movable,
  loads: PoolLoads,
  holdsSlot: boolean,
): Promise<KlingSession | null> {
  const facts = candidates.map((one) => presentFacts(one, loads, holdsSlot));
  const best = chooseAccount(facts, { units, current: credential });
  const to = candidates.find((one) => one.session.credential === best)?.session;
  const chosen = facts.find((one) => one.credential === best);
  if (to === undefined || chosen === undefined || best === credential || !to.isReady()) return null;
  // Where there is no room anyway it only waits elsewhere.
  const hasRoom = holdsSlot && chosen.freeSlots > 0;
  const slotsMax = hasRoom ? chosen.inFlight + chosen.freeSlots : null;
  const isOurs = await moveToAccount(
    db,
    { external_task_id, from: credential },
    { credential: to.credential, product },
    { slotsMax, silentMs },
  );
  return isOurs ? to : null;
}
