import { join } from 'node:path';
import { sql } from 'kysely';
import { findRunningPostgres } from '../../src/db/index.ts';
import type { Cast } from './cast.ts';
import { age, checkInvariants, listLeftovers } from './check-invariants.ts';
import type { Order } from './orders.ts';
import { listOwnProcesses, listZombies } from './own-processes.ts';
import { TooSlow, waitUntil } from './wait-until.ts';
import { markOf, type World, withDatabase } from './world.ts';

/** Bad media never completes; good media fails only when the work on it was cut off each time. */
export async function checkOutcomes(world: World, orders: readonly Order[]): Promise<string[]> {
  const kinds = new Map(orders.map(({ marker, kind }) => [marker, kind]));
  const databaseUrl = (await findRunningPostgres(world.dataFolder))?.url ?? '';
  return await withDatabase(databaseUrl, async ({ db }) => {
    const { rows } = await sql<{ marker: string; status: string; error: { code: string; message: string } | null }>`
      select request->>'element_name' as marker, status, error from tasks`.execute(db);
    return rows.flatMap(({ marker, status, error }) => {
      const kind = kinds.get(marker);
      if (kind === 'bad') return status === 'completed' ? [`${marker}: bad media completed`] : [];
      const excused = error !== null && ['service_error', 'generation_timeout'].includes(error.code);
      return status === 'completed' || excused
        ? []
        : [`${marker} (${kind}) is ${status}: ${error?.code} ${error?.message}`];
    });
  });
}

/** A killed process leaves its writes to the system, so no kill tells whether they'd outlive a power cut; the settings do. */
export async function checkDurability(databaseUrl: string): Promise<string[]> {
  return await withDatabase(databaseUrl, async ({ db }) => {
    const { rows } = await sql<{ name: string; setting: string }>`
      select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes') and setting <> 'on'`.execute(db);
    return rows.map(({ name, setting }) => `the database runs with ${name} ${setting}`);
  });
}

/** Nobody has ended unasked for, and nobody has outlived its parent. */
export async function checkProcesses(world: World, cast: Cast): Promise<string[]> {
  const players = [...cast.parts.values()].map(({ pid }) => pid);
  const zombies = await listZombies([process.pid, ...players]);
  const own = await listOwnProcesses(markOf(world));
  const pids = new Set(own.map(({ pid }) => pid));
  const orphans = own.filter(
    (one) => !players.includes(one.pid) && !pids.has(one.parent) && !one.command.includes('postgres'),
  );
  return [
    ...zombies.map((one) => `process ${one.pid} of ${one.parent} has ended and nobody asked`),
    ...orphans.map((one) => `process ${one.pid} has outlived its parent: ${one.command}`),
  ];
}

/** An hour later, by the files' clocks, a fresh worker's sweep leaves nothing but what elements use. */
export async function checkSweep(
  world: World,
  cast: Cast,
  databaseUrl: string,
): Promise<{ violations: string[]; undecided: string[] }> {
  await Promise.all(['storage', 'work'].map((name) => age(join(world.dataFolder, name), 2)));
  cast.parts.set('sweeper', world.start('worker'));
  const left = async () => await listLeftovers(world, databaseUrl);
  const vain = await waitUntil('the sweep has ended', 20_000, async () => (await left()).length === 0).then(
    () => null,
    (error: unknown) => error,
  );
  const files = (await left()).map((path) => `left over after the sweep: ${path}`);
  const isTooSlow = vain instanceof TooSlow;
  const { violations } = await checkInvariants(world, databaseUrl);
  return {
    violations: [...(isTooSlow ? [] : files), ...violations.filter((text) => text.includes('is missing'))],
    undecided: isTooSlow ? files : [],
  };
}

/** Once all were told to stop, nothing that they started runs on, PostgreSQL included. */
export async function checkNothingRuns(world: World): Promise<string[]> {
  const none = await waitUntil(
    'all has ended',
    20_000,
    async () => (await listOwnProcesses(markOf(world))).length === 0,
  ).catch(() => false);
  if (none) return [];
  return (await listOwnProcesses(markOf(world))).map((one) => `still runs after the end: ${one.pid} ${one.command}`);
}
