import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { until } from '../../test/helpers/until.ts';
import { connect } from '../db/index.ts';
import { watchClock } from './mend-times.ts';
import { type Jobs, openJobs } from './open-jobs.ts';

const queue = 'work';
let database: TestDatabase;
const open: Jobs[] = [];

beforeAll(async () => {
  database = await openTestDatabase(10);
});
afterAll(async () => {
  await database.close();
});
afterEach(async () => {
  for (const jobs of open.splice(0)) await jobs.close();
  await sql`delete from jobs.job`.execute(database.db);
});

async function start(supervise: boolean): Promise<Jobs> {
  const jobs = await openJobs({
    database,
    engineDatabase: connect({ url: database.url, connectionsMax: 2, onError: () => undefined }),
    queues: [queue],
    supervise,
    onError: () => undefined,
  });
  open.push(jobs);
  return jobs;
}

const fetchOne = (jobs: Jobs) => jobs.fetch<{ name: string }>(database.db, queue, 1);

/** As a server finds it that was stopped for `days`. */
async function stopFor(days: number): Promise<void> {
  const time = sql`make_interval(days => ${days}::integer)`;
  await sql`update jobs.job set created_on = created_on - ${time}, start_after = start_after - ${time},
    keep_until = keep_until - ${time}`.execute(database.db);
  await sql`update jobs.queue set maintain_on = maintain_on - ${time}, monitor_on = monitor_on - ${time},
    monitor_claim_on = monitor_claim_on - ${time}`.execute(database.db);
}

/** Once the engine has deleted what it thinks is over. */
const untilTidied = () =>
  until('the engine to tidy up', async () => {
    const found = sql`select from jobs.queue where name = ${queue} and maintain_on > now() - interval '1 minute'`;
    return (await found.execute(database.db)).rows.length === 1;
  });

test.each([
  ['of this version', 2_000_000_000],
  ['of a version that kept jobs for 14 days', 14 * 86_400],
])('a job waits for as long as nobody takes it, in a queue %s', async (_, seconds) => {
  const before = await start(false);
  await sql`update jobs.queue set retention_seconds = ${seconds}`.execute(database.db);
  await before.send(database.db, queue, { name: 'patient' });
  await stopFor(4000);
  const after = await start(true);
  await untilTidied();
  expect(await fetchOne(after)).toMatchObject([{ data: { name: 'patient' } }]);
});

test('what was sent while the clock was ten years ahead is due once it is right again; a later one keeps its time', async () => {
  const ahead = await start(false);
  await ahead.send(database.db, queue, { name: 'sent then' });
  await stopFor(-3650);
  await ahead.send(database.db, queue, { name: 'later' }, { delaySeconds: 259_200 });
  expect(await fetchOne(ahead)).toEqual([]);
  const right = await start(true);
  expect(await fetchOne(right)).toMatchObject([{ data: { name: 'sent then' } }]);
  expect(await fetchOne(right)).toEqual([]);
});

test('a worker that died while the clock was ahead is missed once it is right again', async () => {
  const ahead = await start(false);
  await ahead.send(database.db, queue, { name: 'left behind' });
  await fetchOne(ahead);
  const heartbeat = sql`update jobs.job set heartbeat_on = now() + interval '10 years', started_on = now() + interval '10 years'`;
  await heartbeat.execute(database.db);
  await sql`update jobs.queue set monitor_on = now() + interval '10 years', monitor_claim_on = now() + interval '10 years'`.execute(
    database.db,
  );
  const right = await start(true);
  const found = await until('the job to be taken again', async () => (await fetchOne(right))[0], 60_000);
  expect(found).toMatchObject({ data: { name: 'left behind' }, retryCount: 1 });
});

test('a clock that is set back is told each time, one that goes on or jumps ahead is not', async () => {
  const clock = { aheadMs: 0, looks: 0, told: 0 };
  const watch = watchClock({
    readClock: async () => {
      clock.looks += 1;
      return new Date(Date.now() + clock.aheadMs);
    },
    everyMs: 5,
    onSetBack: async () => {
      clock.told += 1;
    },
    onError: () => undefined,
  });
  for (const [aheadMs, told] of [
    [0, 0],
    [3_600_000, 0],
    [3_590_000, 0],
    [0, 1],
    [-86_400_000, 2],
  ] as const) {
    const { looks } = clock;
    clock.aheadMs = aheadMs;
    await until('two more looks', () => clock.looks >= looks + 3);
    expect([aheadMs, clock.told]).toEqual([aheadMs, told]);
  }
  await watch.close();
});
