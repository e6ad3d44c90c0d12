import { sql } from 'kysely';
import { findFreePort } from '../helpers/find-free-port.ts';
import { checkInvariants, listLeftovers } from './check-invariants.ts';
import { type Client, createClient } from './client.ts';
import { type DatabaseProxy, startDatabaseProxy } from './database-proxy.ts';
import { createDatabase } from './failpoints.ts';
import { allow } from './machine-speed.ts';
import { createOrder } from './orders.ts';
import { type OwnPostgres, openPostgres } from './own-postgres.ts';
import type { TroupeProcess } from './troupe-process.ts';
import { waitForRest } from './wait-for-rest.ts';
import { waitUntil } from './wait-until.ts';
import { grantAccess, openWorld, type World, withDatabase } from './world.ts';

export interface FinishedWorkReport {
  violations: string[];
  /** Milliseconds from the database's return, or the other worker's, to the end of the task. */
  concluded_ms: Record<string, number>;
}

interface Scene {
  world: World;
  postgres: OwnPostgres;
  proxy: DatabaseProxy;
  /** Past the proxy. */
  database: string;
  /** Its way to the database is the proxy. */
  server: TroupeProcess;
}

interface Trial {
  leave(scene: Scene): Promise<void> | void;
  /** When a finished attempt waits; answers what is wrong. */
  comeBack(scene: Scene): Promise<string[]>;
  /** How often the work must have been claimed. */
  attempt: number;
  /** Whether files that no row names may be there at rest, for the sweep. */
  leavesFiles: boolean;
}

/** Seconds that work under way gets when a server of these proofs is told to stop. */
const stopSeconds = 3;

/** Milliseconds beyond that within which it must have ended on a quiet machine: a statement that is unanswered is given up after 15 s. */
const stopLimitMs = 20_000;

/** Every way in which a database goes away while work is being done. */
const absences: Readonly<Record<string, Trial>> = {
  stopped: leave(
    ({ postgres }) => postgres.end('stopped'),
    ({ postgres }) => postgres.start(),
  ),
  crashed: leave(
    ({ postgres }) => postgres.end('crashed'),
    ({ postgres }) => postgres.start(),
  ),
  cut: leave(
    ({ proxy }) => proxy.change('cut'),
    ({ proxy }) => proxy.change('fair'),
  ),
  'cut before commit': leave(
    ({ proxy }) => proxy.change('cut_before_commit'),
    ({ proxy }) => proxy.change('fair'),
  ),
  'cut after commit': leave(
    ({ proxy }) => proxy.change('cut_after_commit'),
    ({ proxy }) => proxy.change('fair'),
  ),
  silent: leave(
    ({ proxy }) => proxy.change('silent'),
    ({ proxy }) => proxy.change('fair'),
  ),
  'stopped, and the server told to stop': {
    leave: ({ postgres }) => postgres.end('stopped'),
    async comeBack(scene) {
      const wrong = await stopServer(scene);
      await scene.postgres.start();
      scene.world.start('serve');
      return wrong;
    },
    attempt: 2,
    leavesFiles: true,
  },
  'silent, and the server told to stop': {
    leave: ({ proxy }) => proxy.change('silent'),
    async comeBack(scene) {
      const wrong = await stopServer(scene);
      scene.proxy.change('fair');
      scene.world.start('serve');
      return wrong;
    },
    attempt: 2,
    leavesFiles: true,
  },
  'cut, and another worker takes the task': {
    leave: ({ proxy }) => proxy.change('cut'),
    async comeBack({ world, database, proxy }) {
      world.start('worker', { DATABASE_URL: database });
      await waitUntil('another worker ends the task', 120_000, async () => {
        return (await listTasks(database)).every(({ status }) => status === 'completed');
      });
      proxy.change('fair');
      return [];
    },
    attempt: 2,
    leavesFiles: false,
  },
};

function leave(leave: Trial['leave'], comeBack: (scene: Scene) => Promise<void> | void): Trial {
  return {
    leave,
    async comeBack(scene) {
      await comeBack(scene);
      return [];
    },
    attempt: 1,
    leavesFiles: false,
  };
}

/** All of `absences`, one after the other. */
export async function outlastAbsences(): Promise<FinishedWorkReport> {
  const report: FinishedWorkReport = { violations: [], concluded_ms: {} };
  for (const name of Object.keys(absences)) {
    const { violations, concluded_ms } = await outlastAbsence(name);
    report.violations.push(...violations);
    report.concluded_ms[name] = concluded_ms;
  }
  return report;
}

/**
 * A real server builds an element; before its sources are there, the database goes away, and comes back once the work is done and waits.
 * Returns what is wrong then.
 */
export async function outlastAbsence(name: string): Promise<{ violations: string[]; concluded_ms: number }> {
  const trial = absences[name] as Trial;
  const marker = `away-${Object.keys(absences).indexOf(name) + 1}`;
  await using postgres = await openPostgres();
  const database = await createDatabase(postgres.url, 'finished_work');
  await using proxy = await startDatabaseProxy(database);
  const port = await findFreePort();
  const settings = { DATABASE_URL: proxy.url, PORT: String(port), TROUPE_STOP_SECONDS: String(stopSeconds) };
  await using world = await openWorld({ name: marker, settings });
  const server = world.start('serve');
  await server.ready();
  const scene = { world, postgres, proxy, database, server };
  const { key, secret } = await grantAccess(database, 10);
  const apiUrl = `http://127.0.0.1:${port}`;
  world.receiver.trust({ apiUrl, key, secret });
  await leaveWhileFetching(scene, createClient([apiUrl], key, world.history), marker, trial);
  const violations = await trial.comeBack(scene);
  const backAt = Date.now();
  await waitForRest(database, 60_000);
  const concluded_ms = Date.now() - backAt;
  await world.receiver.settled();
  violations.push(...(await checkInvariants(world, database)).violations, ...(await checkEnd(scene, trial)));
  return { violations: violations.map((text) => `${name}: ${text}`), concluded_ms };
}

/** Resolves when the work is done and its server waits for the database. */
async function leaveWhileFetching({ world, server, ...rest }: Scene, client: Client, marker: string, trial: Trial) {
  const gate = world.origin.gate(`/${marker}/duck.jpg`, '/duck.jpg');
  const { body } = createOrder(world, { marker, kind: 'good', delayMs: 0 });
  await client.submitUntilAnswered(marker, body, `finished-${marker}-0000000000`);
  await gate.asked;
  await trial.leave({ world, server, ...rest });
  gate.open();
  await waitUntil('the work is done and waits', 60_000, () => server.output().includes('waits for the database'));
}

/** SIGTERM; answers what is wrong with its end. */
async function stopServer({ server }: Scene): Promise<string[]> {
  const startedAt = Date.now();
  server.signal('SIGTERM');
  await waitUntil('the server ends', 120_000, () => server.hasEnded());
  const { code, signal } = await server.ended;
  const tookMs = Date.now() - startedAt;
  return [
    ...(code === 0 ? [] : [`the server stopped with ${signal ?? code}`]),
    ...(tookMs < allow(stopSeconds * 1000 + stopLimitMs) ? [] : [`the server took ${tookMs} ms to stop`]),
  ];
}

async function listTasks(database: string): Promise<{ status: string; attempt: number }[]> {
  return await withDatabase(database, async ({ db }) => {
    return (await sql<{ status: string; attempt: number }>`select status, attempt from tasks`.execute(db)).rows;
  });
}

async function checkEnd({ world, database }: Scene, { attempt, leavesFiles }: Trial): Promise<string[]> {
  const found = (await listTasks(database)).map((task) => `${task.status} in attempt ${task.attempt}`).join(', ');
  const expected = `completed in attempt ${attempt}`;
  const wrong = found === expected ? [] : [`expected one task, ${expected}; found: ${found}`];
  if (leavesFiles) return wrong;
  // What a lost attempt has left is deleted after its task has ended.
  const isClean = async () => (await listLeftovers(world, database)).length === 0;
  await waitUntil('nothing is left behind', 20_000, isClean).catch(() => undefined);
  return [...wrong, ...(await listLeftovers(world, database)).map((path) => `${path} is left behind`)];
}
