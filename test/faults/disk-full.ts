import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { findRunningPostgres } from '../../src/db/index.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { checkInvariants } from './check-invariants.ts';
import { type Client, createClient } from './client.ts';
import { createDatabase } from './failpoints.ts';
import { createOrder, type Order } from './orders.ts';
import { settleAll } from './settle-all.ts';
import { mountSmallDisk } from './small-disk.ts';
import { waitForRest } from './wait-for-rest.ts';
import { grantAccess, openWorld, type World, withDatabase } from './world.ts';

export interface DiskFullReport {
  violations: string[];
  skipped: boolean;
  tasks?: Record<string, number>;
  answers?: Record<string, number>;
}

const photo = readFileSync(new URL('../fixtures/media/duck.jpg', import.meta.url)).toString('base64');

/** The folder of stored files is full, the database is elsewhere: tasks fail for that reason and are paid back. */
export async function fillStorage(postgresUrl: string): Promise<DiskFullReport> {
  await using disk = await mountSmallDisk(24);
  if (disk === null) return { violations: [], skipped: true };
  const database = await createDatabase(postgresUrl, `disk_${Date.now()}`);
  const port = await findFreePort();
  const settings = { DATABASE_URL: database, PORT: String(port) };
  await using world = await openWorld({ name: 'disk', dataFolder: `${disk.folder}/data`, settings });
  const server = world.start('serve');
  await server.ready();
  const client = await openAccount(world, port, database);
  const violations: string[] = [];

  // Room for what is fetched (209 kB), not for what is made of it: the child process meets the limit.
  await disk.fill(260_000);
  const first = createOrder(world, { marker: 'full-1', kind: 'good', delayMs: 0 });
  await client.submit('full-1', first.body);
  await waitForRest(database, 60_000);
  await disk.fill(150_000);
  const orders = ['full-2', 'full-3'].map((marker) => createOrder(world, { marker, kind: 'good', delayMs: 0 }));
  await settleAll(orders.map((order) => client.submit(order.marker, order.body)));
  await disk.fill(0);
  const inline = await client.submit('inline', withInlinePhoto(createOrder(world, { marker: 'inline', kind: 'good' })));
  if (inline?.status !== 503 || inline.body.error?.code !== 'resource_exhausted' || inline.retryAfter === null) {
    violations.push(`inline pictures on a full disk: ${inline?.status} ${inline?.text.slice(0, 200)}`);
  }
  await waitForRest(database, 60_000);
  await disk.empty();
  const after = createOrder(world, { marker: 'after', kind: 'good', delayMs: 0 });
  await client.submit('after', withInlinePhoto(after));
  await waitForRest(database, 60_000);
  await world.receiver.settled();
  const verdict = await checkInvariants(world, database);
  const expected = JSON.stringify({ completed: 1, 'failed resource_exhausted': 3 });
  if (JSON.stringify(verdict.tasks) !== expected)
    violations.push(`tasks: ${JSON.stringify(verdict.tasks)}, not ${expected}`);
  if (server.hasEnded()) violations.push('the server has ended');
  return { violations: [...violations, ...verdict.violations], skipped: false, tasks: verdict.tasks };
}

/** The embedded database's own disk is full: refusals without a task, no lost acknowledgement, recovery by itself. */
export async function fillDatabase(): Promise<DiskFullReport> {
  await using disk = await mountSmallDisk(160);
  if (disk === null) return { violations: [], skipped: true };
  const port = await findFreePort();
  const limits = { TROUPE_KEY_REQUESTS_PER_MINUTE: '1000000', TROUPE_KEY_REQUESTS_BURST: '1000000' };
  const settings = { PORT: String(port), TROUPE_ELEMENT_ENGINE: 'nothing', ...limits };
  await using world = await openWorld({ name: 'diskdb', dataFolder: `${disk.folder}/data`, settings });
  const server = world.start('serve');
  await server.ready();
  const database = (await findRunningPostgres(world.dataFolder))?.url ?? '';
  const client = await openAccount(world, port, database);
  const answers: Record<string, number> = {};
  const violations: string[] = [];

  await disk.fill(300_000);
  const startedAt = Date.now();
  let hasLog = true;
  for (let at = 0; Date.now() < startedAt + 20_000; at += 1) {
    // First the tables find no room, then the write-ahead log, which ends the database server.
    if (hasLog && Date.now() > startedAt + 6_000) {
      hasLog = false;
      await disk.fill(0);
      await exhaustLog(database);
    }
    const order = createOrder(world, { marker: `db-${at}`, kind: 'good', delayMs: 0, callback: null });
    const answer = await client.submit(order.marker, order.body);
    const name = answer === null ? 'none' : `${answer.status} ${answer.body.error?.code ?? ''}`.trim();
    answers[name] = (answers[name] ?? 0) + 1;
    if (answer !== null && ![200, 503].includes(answer.status) && answer.body.error?.code !== 'paid_outcome_unknown') {
      violations.push(`${order.marker}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
  }
  if (answers['200'] === Object.values(answers).reduce((sum, count) => sum + count, 0)) {
    violations.push('the disk was never full');
  }
  await disk.empty();
  const after = createOrder(world, { marker: 'after', kind: 'good', delayMs: 0 });
  const answer = await client.submitUntilAnswered('after', after.body, 'after-the-full-disk');
  if (answer.status !== 200) violations.push(`after the disk had room again: ${answer.status}`);
  await waitForRest(database, 120_000);
  const verdict = await checkInvariants(world, database);
  if (server.hasEnded()) violations.push(`the server has ended: ${server.output().slice(-800)}`);
  return { violations: [...violations, ...verdict.violations], skipped: false, tasks: verdict.tasks, answers };
}

/** Asks for new log segments until there's no room for one. */
async function exhaustLog(database: string): Promise<void> {
  await withDatabase(database, async ({ db }) => {
    for (let at = 0; at < 20; at += 1) {
      await sql`select pg_logical_emit_message(true, 'fill', repeat('x', 1000000)), pg_switch_wal()`.execute(db);
    }
  }).catch(() => undefined);
}

async function openAccount(world: World, port: number, database: string): Promise<Client> {
  const { key, secret } = await grantAccess(database, 10_000);
  const apiUrl = `http://127.0.0.1:${port}`;
  world.receiver.trust({ apiUrl, key, secret });
  return createClient([apiUrl], key, world.history);
}

function withInlinePhoto(order: Order): object {
  const body = structuredClone(order.body) as { model_params: { element_image_list: { frontal_image: string } } };
  body.model_params.element_image_list.frontal_image = photo;
  return body;
}
