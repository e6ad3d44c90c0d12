import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { until } from '../../test/helpers/until.ts';
import { connect } from '../db/index.ts';
import { type Job, type Jobs, openJobs } from './open-jobs.ts';
import { type QueueRunner, type QueueRunnerOptions, runQueue } from './run-queue.ts';

type Data = { name: string; group?: string };
const queue = 'work';
let database: TestDatabase;
let jobs: Jobs;
const errors: unknown[] = [];

beforeAll(async () => {
  database = await openTestDatabase(10);
  jobs = await openJobs({
    database,
    engineDatabase: connect({ url: database.url, connectionsMax: 2, onError: () => undefined }),
    queues: [queue],
    supervise: false,
    onError: (error) => errors.push(error),
  });
});
afterAll(async () => {
  await jobs.close();
  await database.close();
});
beforeEach(async () => {
  await sql`delete from jobs.job`.execute(database.db);
  errors.length = 0;
});

/** A runner whose jobs end when `finish` is called, or at once without it. */
function start(options: Partial<QueueRunnerOptions<Data, Job<Data>>> = {}) {
  const running = new Set<string>();
  const done: string[] = [];
  const ends = new Map<string, () => void>();
  let most = 0;
  const runner = runQueue<Data, Job<Data>>({
    database,
    jobs,
    queue,
    slots: 4,
    claim: async (_, fetched) => fetched,
    jobOf: (claimed) => claimed,
    async run(claimed, signal) {
      const { name } = claimed.data;
      running.add(name);
      most = Math.max(most, running.size);
      await new Promise<void>((end) => {
        ends.set(name, end);
        signal.addEventListener('abort', () => end());
      });
      running.delete(name);
      done.push(name);
      if (!signal.aborted) await jobs.finish(database.db, queue, [claimed]);
    },
    onError: (error) => errors.push(error),
    onLook: (error) => void (error !== null && errors.push(error)),
    ...options,
  });
  return { runner, running, done, most: () => most, finish: (name: string) => ends.get(name)?.(), ends };
}

async function add(...all: (string | Data)[]): Promise<void> {
  for (const one of all) {
    const data = typeof one === 'string' ? { name: one } : one;
    await jobs.send(database.db, queue, data, data.group === undefined ? {} : { group: data.group });
  }
  jobs.wakeUp.wake(queue);
}

const close = (runner: QueueRunner) => runner.close(0);

test('no more jobs are taken than slots are free, and each freed slot takes the next', async () => {
  const names = Array.from({ length: 11 }, (_, index) => `job ${index}`);
  const { runner, running, done, most, finish } = start();
  await add(...names);
  await until('four to run', () => running.size === 4);
  const { rows } = await sql<{ count: number }>`select count(*) as count from jobs.job where state = 'active'`.execute(
    database.db,
  );
  expect(rows[0]?.count).toBe(4);
  for (const name of names) {
    await until(name, () => running.has(name));
    finish(name);
  }
  await until('all to be done', () => done.length === 11);
  expect(done).toEqual(names);
  expect(most()).toBe(4);
  await close(runner);
});

test('no more jobs of a group run at once than allowed, and others of the queue go past them', async () => {
  const { runner, running, finish } = start({ slots: 16, groupSlots: 2, groupOf: (job) => job.data.group ?? '' });
  await add(...['a1', 'a2', 'a3', 'a4', 'a5', 'b1'].map((name) => ({ name, group: name[0] as string })));
  const inGroup = (group: string) => [...running].filter((name) => name.startsWith(group)).length;
  await until('both groups to run', () => inGroup('a') === 2 && inGroup('b') === 1);
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) {
    await until(name, () => running.has(name));
    expect(inGroup('a')).toBeLessThanOrEqual(2);
    finish(name);
  }
  finish('b1');
  await until('none to run', () => running.size === 0);
  await close(runner);
});

test('a job that is claimed while the time to end runs out is cut off like those that run', async () => {
  const claim = Promise.withResolvers<void>();
  const seen: boolean[] = [];
  let isClaiming = false;
  const { runner } = start({
    async claim(_, fetched) {
      isClaiming = true;
      await claim.promise;
      return fetched;
    },
    run: async (_, signal) => void seen.push(signal.aborted),
  });
  await add('late');
  await until('the claim', () => isClaiming);
  const closed = close(runner);
  // The running jobs are cut off in the turn after the call.
  await new Promise(setImmediate);
  claim.resolve();
  await closed;
  expect(seen).toEqual([true]);
});

test('a job that nobody announced is found within about a second', async () => {
  const { runner, running, finish } = start();
  // biome-ignore lint/plugin/waits: nothing is to be seen of a look that finds nothing.
  await sleep(30);
  await jobs.send(database.db, queue, { name: 'silent' });
  await until('the silent job', () => running.has('silent'));
  finish('silent');
  await close(runner);
});

test('a delayed job is not taken before its time, and at it when the process knows of it', async () => {
  const { runner, running, finish } = start();
  await jobs.send(database.db, queue, { name: 'later' }, { delaySeconds: 1 });
  const sentAt = performance.now();
  runner.lookAgain(1000);
  await until('the delayed job', () => running.has('later'));
  expect(performance.now() - sentAt).toBeGreaterThanOrEqual(950);
  finish('later');
  await close(runner);
});

test('what a job throws is reported, its slot is free again, and its job is left for another fetch', async () => {
  const { runner } = start({
    slots: 1,
    run: async (job) => {
      if (job.data.name === 'bad') throw new Error('bad job');
      await jobs.finish(database.db, queue, [job]);
    },
  });
  await add('bad', 'good');
  await until('the good job to be done', async () => (await countJobs()) === 1);
  expect(errors).toMatchObject([{ message: 'bad job' }]);
  await close(runner);
});

const countJobs = async () =>
  (await sql<{ count: number }>`select count(*) as count from jobs.job`.execute(database.db)).rows[0]?.count;

test('a broken fetch is reported and the next look works', async () => {
  let broken = true;
  const { runner, running, finish } = start({
    claim: async (_, fetched) => {
      if (broken) throw new Error('connection lost');
      return fetched;
    },
  });
  await add('one');
  await until('the failure', () => errors.length > 0);
  expect(running.size).toBe(0);
  broken = false;
  await until('the job', () => running.has('one'));
  finish('one');
  await close(runner);
});

describe('close', () => {
  test('waits for a fetch that is under way, and for what it brings', async () => {
    const gate = Promise.withResolvers<void>();
    const claiming = Promise.withResolvers<void>();
    const ran: string[] = [];
    const { runner } = start({
      claim: async (_, fetched) => {
        claiming.resolve();
        await gate.promise;
        return fetched;
      },
      run: async (job) => {
        // biome-ignore lint/plugin/waits: work that takes some time, as closing meets it.
        await sleep(20);
        ran.push(job.data.name);
        await jobs.finish(database.db, queue, [job]);
      },
    });
    await add('last');
    await claiming.promise;
    const closed = runner.close(5_000);
    gate.resolve();
    await closed;
    expect(ran).toEqual(['last']);
    expect(await countJobs()).toBe(0);
  });

  test('aborts what outlasts the grace time and takes nothing more', async () => {
    const { runner, running, done } = start({ slots: 1 });
    await add('long', 'next');
    await until('the long job', () => running.has('long'));
    await runner.close(20);
    expect(done).toEqual(['long']);
    jobs.wakeUp.wake(queue);
    runner.lookAgain(0);
    // biome-ignore lint/plugin/waits: that nothing happens can only be waited for.
    await sleep(30);
    expect(running.size).toBe(0);
  });
});
