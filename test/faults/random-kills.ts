import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRunningPostgres } from '../../src/db/index.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { type Cast, createCast } from './cast.ts';
import { type Chance, createChance } from './chance.ts';
import { checkDurability, checkNothingRuns, checkOutcomes, checkProcesses, checkSweep } from './check-aftermath.ts';
import { checkInvariants, type Verdict } from './check-invariants.ts';
import { createClient } from './client.ts';
import { allow, getTypicalSlowness, measureSlowness } from './machine-speed.ts';
import { type Claims, parseClaims } from './measure-reruns.ts';
import { mixOrders, type Order } from './orders.ts';
import { listOwnProcesses } from './own-processes.ts';
import { begin, settleAll } from './settle-all.ts';
import type { TroupeProcess } from './troupe-process.ts';
import { waitForRest } from './wait-for-rest.ts';
import { slownessMax, waitUntil } from './wait-until.ts';
import { grantAccess, markOf, openWorld, type World } from './world.ts';

export interface RandomKillOptions {
  seed: number;
  taskCount: number;
  killCount: number;
  /** Milliseconds between faults, from and to. */
  pauseMs: readonly [number, number];
  /** Share of the faults in which a worker is paused rather than a process killed. */
  pauseShare: number;
  /** How long a paused worker sleeps. */
  sleepMs: number;
}

export interface RandomKillReport extends Verdict {
  /** What this machine was too slow to tell. */
  undecided: string[];
  /** How many times slower than a quiet machine it was in the midst of the faults. */
  slowness: number;
  seed: number;
  kills: Record<string, number>;
  pauses: number;
  /** Milliseconds from a worker's death to the next claim of a task that it had. */
  rerun_max_ms: number;
  reruns: number;
  /** Tasks that were claimed and lost again before the claim could be logged: their waiting can't be told. */
  reruns_unseen: number;
  /** Milliseconds from the last fault to rest. */
  rest_ms: number;
  duration_ms: number;
}

/** Milliseconds on a quiet machine from a worker's death within which its tasks must be claimed again. */
const rerunLimitMs = 60_000;
const restLimitMs = 120_000;

/**
 * One api process, two workers and their embedded PostgreSQL (with fsync) under load; processes chosen at random are
 * killed and come back after 0 to 2 s. PostgreSQL is brought back by the process that uses it.
 */
export async function killAtRandom(options: RandomKillOptions): Promise<RandomKillReport> {
  const startedAt = Date.now();
  const chance = createChance(options.seed);
  const port = await findFreePort();
  // Builds that end while the database is away leave more files that it knows nothing of than a sweep takes unasked.
  const settings = { PORT: String(port), TROUPE_BUILD_SLOTS: '2', TROUPE_SWEEP_PERCENT_MAX: '100' };
  await using world = await openWorld({ name: 'random', settings });
  const first = world.start('api');
  await first.ready();
  const { key, secret } = await grantAccess(await findDatabase(world), options.taskCount * 2);
  const apiUrl = `http://127.0.0.1:${port}`;
  world.receiver.trust({ apiUrl, key, secret });
  const cast = await createCast(world, first);
  const orders = mixOrders(world, options.taskCount, chance);
  const calm = new AbortController();
  const faults = begin(commitFaults(world, cast, chance, options, calm.signal));
  await submitAll(
    createClient([apiUrl], key, world.history),
    orders,
    chance,
    (options.killCount * (options.pauseMs[0] + options.pauseMs[1])) / 2,
  ).catch(async (error) => {
    calm.abort();
    await faults;
    throw error;
  });
  const { kills, pauses } = await faults;
  const calmAt = Date.now();
  await cast.bringBack();
  // Where it is now: somebody may have taken its port while it was down.
  const databaseUrl = await findDatabase(world);
  await waitForRest(databaseUrl, restLimitMs);
  const rest_ms = Date.now() - calmAt;
  await world.receiver.settled();
  const verdict = await checkInvariants(world, databaseUrl);
  const violations = [
    ...verdict.violations,
    ...cast.surprises(),
    ...(await checkDurability(databaseUrl)),
    ...(await checkOutcomes(world, orders)),
    ...(await checkProcesses(world, cast)),
  ];
  const sweep = await checkSweep(world, cast, databaseUrl);
  violations.push(...sweep.violations);
  const reruns = await measureReruns(world, cast);
  const isTooSlow = getTypicalSlowness() > slownessMax;
  if (!isTooSlow) violations.push(...reruns.late);
  await cast.stop();
  violations.push(...(await checkNothingRuns(world)));
  return {
    ...verdict,
    violations,
    undecided: [...sweep.undecided, ...(isTooSlow ? reruns.late : [])],
    slowness: Math.round(getTypicalSlowness() * 10) / 10,
    seed: options.seed,
    kills,
    pauses,
    rerun_max_ms: reruns.longestMs,
    reruns: reruns.count,
    reruns_unseen: reruns.unseen,
    rest_ms,
    duration_ms: Date.now() - startedAt,
  };
}

async function findDatabase({ dataFolder }: World): Promise<string> {
  return (await waitUntil('a running PostgreSQL', restLimitMs, () => findRunningPostgres(dataFolder))).url;
}

async function commitFaults(world: World, cast: Cast, chance: Chance, options: RandomKillOptions, calm: AbortSignal) {
  const kills: Record<string, number> = {};
  const comebacks: Promise<void>[] = [];
  let pauses = 0;
  let killed = 0;
  while (killed < options.killCount && !calm.aborted) {
    await measureSlowness();
    await sleep(chance.between(...options.pauseMs));
    if (chance.happens(options.pauseShare) && cast.paused.size === 0) {
      const part = chance.pick(['worker 1', 'worker 2']);
      if (cast.parts.get(part)?.hasEnded()) continue;
      pauses += 1;
      comebacks.push(begin(pause(world, cast, part, options.sleepMs)));
      continue;
    }
    const part = chance.pick(['api', 'worker 1', 'worker 2', 'postgres']);
    const backAfterMs = chance.between(0, 2000);
    const done = part === 'postgres' ? await killPostgres(world) : killPart(world, cast, part, backAfterMs, comebacks);
    if (!done) continue;
    kills[part] = (kills[part] ?? 0) + 1;
    killed += 1;
  }
  await settleAll(comebacks);
  return { kills, pauses };
}

/** Killed, though its end may not have been seen yet: killed once more it would come back twice, to one port. */
const dying = new WeakSet<TroupeProcess>();

function killPart(world: World, cast: Cast, part: string, backAfterMs: number, comebacks: Promise<void>[]): boolean {
  const one = cast.parts.get(part);
  if (one === undefined || one.hasEnded() || dying.has(one) || cast.paused.has(part)) return false;
  dying.add(one);
  cast.deaths.push({ pid: one.pid, at: Date.now() });
  world.history.record('kill', { part, pid: one.pid });
  one.signal('SIGKILL');
  comebacks.push(begin(one.ended.then(() => sleep(backAfterMs)).then(() => cast.restart(part))));
  return true;
}

async function pause(world: World, cast: Cast, part: string, sleepMs: number): Promise<void> {
  const one = cast.parts.get(part) as TroupeProcess;
  cast.paused.add(part);
  // Its heartbeat ends now; for its tasks that's the same as its death.
  cast.deaths.push({ pid: one.pid, at: Date.now() });
  world.history.record('pause', { part, pid: one.pid });
  one.signal('SIGSTOP');
  await sleep(sleepMs);
  one.signal('SIGCONT');
  cast.paused.delete(part);
}

/** The postmaster alone: its backends notice and leave by themselves, as after a crash. */
async function killPostgres(world: World): Promise<boolean> {
  const file = await readFile(join(world.dataFolder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(file.split('\n')[0]);
  const own = await listOwnProcesses(markOf(world));
  if (!own.some((one) => one.pid === pid && one.command.includes('postgres'))) return false;
  world.history.record('kill', { part: 'postgres', pid });
  process.kill(pid, 'SIGKILL');
  return true;
}

/** Spread over the time of the faults. One half of the callers repeat until they know, the others ask once. */
async function submitAll(
  client: ReturnType<typeof createClient>,
  orders: readonly Order[],
  chance: Chance,
  spanMs: number,
): Promise<void> {
  const calls: Promise<unknown>[] = [];
  for (const order of orders) {
    const key = `random-${order.marker}-00000`;
    const patient = order.kind === 'twice' || chance.happens(0.9);
    if (order.kind === 'twice') calls.push(begin(client.submitUntilAnswered(order.marker, order.body, key)));
    const call: Promise<unknown> = patient
      ? client.submitUntilAnswered(order.marker, order.body, key)
      : client.submit(order.marker, order.body, chance.happens(0.5) ? key : undefined);
    calls.push(begin(call));
    await sleep((spanMs / orders.length) * chance.between(0.2, 1.4));
  }
  await settleAll(calls);
}

async function measureReruns(world: World, cast: Cast) {
  const folder = join(world.folder, 'logs');
  const logs = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  const claims: Claims = parseClaims(logs);
  return claims.measure(cast.deaths, allow(rerunLimitMs, getTypicalSlowness()));
}
