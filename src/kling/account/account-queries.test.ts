import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../test/helpers/test-database.ts';
import { until } from '../../../test/helpers/until.ts';
import { transaction } from '../../db/index.ts';
import { abandonTask } from '../tasks/abandon-task.ts';
import { beginKlingTask, getKlingTask } from '../tasks/queries.ts';
import { getAccount, grantSlots, insertAccount, lockAccount, openAccount, pauseAccount } from './account-queries.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const limits = { parallelMax: 1, silentMs: 60_000 };

async function begin(credential: string, subject: string): Promise<string> {
  const task = await beginKlingTask(database.db, {
    purpose: 'video',
    subject,
    credential,
    endpoint: '/v1/videos/omni-video',
    holds_slot: true,
    external_task_id: `external-${subject}`,
  });
  return task.external_task_id;
}

/** One session waits for a lock that another one holds. */
async function untilSomebodyWaits(): Promise<void> {
  await until('one to wait for the other', async () => {
    const { rows } = await sql`
      select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`.execute(
      database.db,
    );
    return rows.length === 1;
  });
}

test('two that look at the same moment do not both get the one free slot', async () => {
  await insertAccount(database.db, 'a');
  const [one, two] = [await begin('a', 'one'), await begin('a', 'two')];
  const gate = Promise.withResolvers<void>();
  const granted = Promise.withResolvers<string[]>();
  const first = transaction(database.db, async (tx) => {
    await lockAccount(tx, 'a');
    granted.resolve(await grantSlots(tx, 'a', [one], limits));
    await gate.promise;
  });
  expect(await granted.promise).toEqual([one]);
  const second = transaction(database.db, async (tx) => {
    await lockAccount(tx, 'a');
    return await grantSlots(tx, 'a', [two], limits);
  });
  await untilSomebodyWaits();
  gate.resolve();
  await first;
  expect(await second).toEqual([]);
});

test('who came first goes first, unless its process has fallen silent', async () => {
  await insertAccount(database.db, 'b');
  const [first, second] = [await begin('b', 'first'), await begin('b', 'second')];
  const grant = (mine: string[]) => transaction(database.db, (tx) => grantSlots(tx, 'b', mine, limits));
  expect(await grant([second])).toEqual([]);
  await sql`update kling_tasks set waited_at = now() - interval '2 minutes' where external_task_id = ${first}`.execute(
    database.db,
  );
  expect(await grant([second])).toEqual([second]);
});

test('a task that is being cancelled gets no slot, although it still seemed to wait when the slots were counted', async () => {
  await insertAccount(database.db, 'cancelled');
  const id = await begin('cancelled', 'just-cancelled');
  const gate = Promise.withResolvers<void>();
  const abandoned = Promise.withResolvers<boolean>();
  const cancel = transaction(database.db, async (tx) => {
    abandoned.resolve(await abandonTask(tx, { id: 'just-cancelled', kind: 'video' }));
    await gate.promise;
  });
  expect(await abandoned.promise).toBe(false);
  const granting = transaction(database.db, (tx) => grantSlots(tx, 'cancelled', [id], limits));
  await untilSomebodyWaits();
  gate.resolve();
  await cancel;
  expect(await granting).toEqual([]);
  expect((await getKlingTask(database.db, id)).state).toBe('failed');
});

test('a cancel waits for the slot that is just being given, and learns that the video is paid for', async () => {
  await insertAccount(database.db, 'granted');
  const id = await begin('granted', 'just-granted');
  const gate = Promise.withResolvers<void>();
  const granted = Promise.withResolvers<string[]>();
  const grant = transaction(database.db, async (tx) => {
    granted.resolve(await grantSlots(tx, 'granted', [id], limits));
    await gate.promise;
  });
  expect(await granted.promise).toEqual([id]);
  const cancel = transaction(database.db, (tx) => {
    return abandonTask(tx, { id: 'just-granted', kind: 'video' });
  });
  await untilSomebodyWaits();
  gate.resolve();
  await grant;
  expect(await cancel).toBe(true);
});

test('each refusal for want of room doubles the pause up to its limit, and one success ends it', async () => {
  await insertAccount(database.db, 'c');
  const pauseMs = async () => {
    await sql`update kling_accounts set paused_until = '-infinity' where credential = 'c'`.execute(database.db);
    await pauseAccount(database.db, 'c', { firstMs: 1_000, longestMs: 3_000 });
    const { rows } = await sql<{ ms: number }>`
      select round(extract(epoch from paused_until - now()))::int * 1000 as ms from kling_accounts
      where credential = 'c'`.execute(database.db);
    return rows[0]?.ms;
  };
  expect([await pauseMs(), await pauseMs(), await pauseMs(), await pauseMs()]).toEqual([1_000, 2_000, 3_000, 3_000]);
  expect((await getAccount(database.db, 'c')).paused).toBe(true);
  await openAccount(database.db, 'c');
  expect((await getAccount(database.db, 'c')).paused).toBe(false);
  expect(await pauseMs()).toBe(1_000);
});

test('the same purpose and subject are one task, whoever begins it', async () => {
  const tasks = await Promise.all(
    [1, 2, 3].map((at) =>
      beginKlingTask(database.db, {
        purpose: 'provision',
        subject: '4129876500123456',
        credential: 'd',
        endpoint: '/e',
        holds_slot: false,
        external_task_id: `try-${at}`,
      }),
    ),
  );
  expect(new Set(tasks.map((task) => task.external_task_id)).size).toBe(1);
});
