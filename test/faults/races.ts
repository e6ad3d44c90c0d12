import { sql } from 'kysely';
import { findFreePort } from '../helpers/find-free-port.ts';
import { checkInvariants, countBy } from './check-invariants.ts';
import { createClient } from './client.ts';
import { createDatabase } from './failpoints.ts';
import { createOrder } from './orders.ts';
import { settleAll } from './settle-all.ts';
import { waitForRest } from './wait-for-rest.ts';
import { grantAccess, openWorld, withDatabase } from './world.ts';

export interface RaceReport {
  violations: string[];
  answers: Record<string, number>;
}

/**
 * Two api and two worker processes: 200 submissions at once with credit for 50; then one idempotency key 64 times at
 * once, over both doors.
 */
export async function race(postgresUrl: string): Promise<RaceReport> {
  const database = await createDatabase(postgresUrl, `race_${Date.now()}`);
  const ports = [await findFreePort(), await findFreePort()];
  await using world = await openWorld({ name: 'race', settings: { DATABASE_URL: database } });
  const doors = ports.map((port) => world.start('api', { PORT: String(port) }));
  await Promise.all(doors.map((door) => door.ready()));
  world.start('worker');
  world.start('worker');
  const { key, secret } = await grantAccess(database, 50);
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  world.receiver.trust({ apiUrl: urls[0] as string, key, secret });
  const client = createClient(urls, key, world.history);
  const violations: string[] = [];

  const orders = Array.from({ length: 200 }, (_, at) => createOrder(world, { marker: `crowd-${at}`, kind: 'good' }));
  // A door whose line to the database is too long answers 503 before anything is done; callers repeat that.
  const answers = await settleAll(
    orders.map((order) => client.submitUntilAnswered(order.marker, order.body, `${order.marker}-00000000000`)),
  );
  const counts = countBy(answers.map((answer) => `${answer.status} ${answer.body.error?.code ?? ''}`.trim()));
  if (counts['200'] !== 50 || answers.some((answer) => answer.status !== 200 && answer.status !== 402)) {
    violations.push(`200 submissions with credit for 50: ${JSON.stringify(counts)}`);
  }
  await grantAccess(database, 100);
  const one = createOrder(world, { marker: 'one-key', kind: 'good' });
  const same = await settleAll(
    Array.from({ length: 64 }, () => client.submitUntilAnswered(one.marker, one.body, 'the-very-same-key-64')),
  );
  const ids = new Set(same.map((answer) => `${answer.status} ${answer.body.id}`));
  if (ids.size !== 1) violations.push(`one key 64 times gave ${[...ids].join(', ')}`);
  const replays = same.filter((answer) => answer.replayed).length;
  if (replays !== 63) violations.push(`${replays} of 64 answers were told as replays`);
  const bodies = new Set(same.map((answer) => presentUnmoved(answer.body ?? {})));
  if (bodies.size !== 1) violations.push(`one key 64 times gave ${bodies.size} different bodies`);

  await waitForRest(database, 120_000);
  await world.receiver.settled();
  violations.push(...(await checkInvariants(world, database)).violations, ...(await checkSingleWork(database)));
  const fetches = countBy(world.history.of('fetch').map(({ marker, name }) => `${marker}/${name}`));
  violations.push(
    ...Object.entries(fetches).flatMap(([name, count]) => (count > 1 ? `${name} was fetched ${count} times` : [])),
  );
  return { violations, answers: counts };
}

/** The answer without what moves while the task is worked on. */
function presentUnmoved({ progress: _progress, status: _status, task_info: _info, ...rest }: Record<string, unknown>) {
  const { results: _results, result_data: _data, duration: _duration, usage: _usage, ...unmoved } = rest;
  return JSON.stringify(unmoved);
}

/** No task was claimed by both workers. */
async function checkSingleWork(database: string): Promise<string[]> {
  return await withDatabase(database, async ({ db }) => {
    const { rows } = await sql<{
      id: string;
      attempt: number;
    }>`select id, attempt from tasks where attempt <> 1`.execute(db);
    return rows.map(({ id, attempt }) => `${id} was claimed ${attempt} times`);
  });
}
