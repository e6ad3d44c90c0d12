import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../test/helpers/test-database.ts';
import { until } from '../../../test/helpers/until.ts';
import { transaction } from '../../db/index.ts';
import { abandonTask } from '../tasks/abandon-task.ts';
import { beginKlingTask, getKlingTask, markFailed, markSucceeded } from '../tasks/queries.ts';
import {
  getBudgetRoom,
  getProduct,
  grantSlots,
  insertProduct,
  listOverBudget,
  lockProduct,
  openProduct,
  pauseProduct,
  stopProduct,
} from './account-queries.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const noBudget = { unitsPerDay: Number.POSITIVE_INFINITY, accountUnitsPerDay: Number.POSITIVE_INFINITY };
const limits = { parallelMax: 1, silentMs: 60_000, isTrial: false, budget: noBudget };
const product = 'video/kling-v3';
const keyOf = (credential: string) => ({ credential, product });

async function begin(credential: string, subject: string, owner = '', expected_units = 3, slots = 1): Promise<string> {
  const task = await beginKlingTask(database.db, {
    purpose: 'video',
    subject,
    credential,
    endpoint: '/v1/videos/omni-video',
    product,
    owner,
    holds_slot: true,
    slots,
    expected_units,
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
  await insertProduct(database.db, keyOf('a'));
  const [one, two] = [await begin('a', 'one'), await begin('a', 'two')];
  const gate = Promise.withResolvers<void>();
  const granted = Promise.withResolvers<string[]>();
  const first = transaction(database.db, async (tx) => {
    await lockProduct(tx, keyOf('a'));
    granted.resolve(await grantSlots(tx, keyOf('a'), [one], limits));
    await gate.promise;
  });
  expect(await granted.promise).toEqual([one]);
  const second = transaction(database.db, async (tx) => {
    await lockProduct(tx, keyOf('a'));
    return await grantSlots(tx, keyOf('a'), [two], limits);
  });
  await untilSomebodyWaits();
  gate.resolve();
  await first;
  expect(await second).toEqual([]);
});

test('who came first goes first, unless its process has fallen silent', async () => {
  await insertProduct(database.db, keyOf('b'));
  const [first, second] = [await begin('b', 'first'), await begin('b', 'second')];
  const grant = (mine: string[]) => transaction(database.db, (tx) => grantSlots(tx, keyOf('b'), mine, limits));
  expect(await grant([second])).toEqual([]);
  await sql`update kling_tasks set waited_at = now() - interval '2 minutes' where external_task_id = ${first}`.execute(
    database.db,
  );
  expect(await grant([second])).toEqual([second]);
});

test('who takes several slots waits until so many are free, and nobody behind overtakes; with more than there are, until all are', async () => {
  await insertProduct(database.db, keyOf('several'));
  const four = { ...limits, parallelMax: 4 };
  const ids: string[] = [];
  for (const slots of [3, 2, 1, 9, 1]) ids.push(await begin('several', `several-${ids.length}`, '', 3, slots));
  const grant = () => transaction(database.db, (tx) => grantSlots(tx, keyOf('several'), ids, four));
  const end = (id: string) => markSucceeded(database.db, id, { answer: '{}', units: null, requestId: null });
  const [three = '', two = '', one = '', nine = '', last = ''] = ids;
  expect(await grant()).toEqual([three]);
  expect(await grant()).toEqual([]);
  await end(three);
  expect((await grant()).sort()).toEqual([two, one].sort());
  await end(two);
  expect(await grant()).toEqual([]);
  await end(one);
  expect(await grant()).toEqual([nine]);
  await end(nine);
  expect(await grant()).toEqual([last]);
});

test('a task that is being cancelled gets no slot, although it still seemed to wait when the slots were counted', async () => {
  await insertProduct(database.db, keyOf('cancelled'));
  const id = await begin('cancelled', 'just-cancelled');
  const gate = Promise.withResolvers<void>();
  const abandoned = Promise.withResolvers<boolean>();
  const cancel = transaction(database.db, async (tx) => {
    abandoned.resolve(await abandonTask(tx, { id: 'just-cancelled', kind: 'video' }));
    await gate.promise;
  });
  expect(await abandoned.promise).toBe(false);
  const granting = transaction(database.db, (tx) => grantSlots(tx, keyOf('cancelled'), [id], limits));
  await untilSomebodyWaits();
  gate.resolve();
  await cancel;
  expect(await granting).toEqual([]);
  expect((await getKlingTask(database.db, id)).state).toBe('failed');
});

test('a cancel waits for the slot that is just being given, and learns that the video is paid for', async () => {
  await insertProduct(database.db, keyOf('granted'));
  const id = await begin('granted', 'just-granted');
  const gate = Promise.withResolvers<void>();
  const granted = Promise.withResolvers<string[]>();
  const grant = transaction(database.db, async (tx) => {
    granted.resolve(await grantSlots(tx, keyOf('granted'), [id], limits));
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
  await insertProduct(database.db, keyOf('c'));
  const pauseMs = async () => {
    await sql`update kling_accounts set paused_until = '-infinity' where credential = 'c'`.execute(database.db);
    await pauseProduct(database.db, keyOf('c'), { firstMs: 1_000, longestMs: 3_000 });
    const { rows } = await sql<{ ms: number }>`
      select round(extract(epoch from paused_until - now()))::int * 1000 as ms from kling_accounts
      where credential = 'c' and product = ${product}`.execute(database.db);
    return rows[0]?.ms;
  };
  expect([await pauseMs(), await pauseMs(), await pauseMs(), await pauseMs()]).toEqual([1_000, 2_000, 3_000, 3_000]);
  expect((await getProduct(database.db, keyOf('c'))).paused).toBe(true);
  await openProduct(database.db, keyOf('c'));
  expect((await getProduct(database.db, keyOf('c'))).paused).toBe(false);
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
        product: 'element',
        owner: '',
        holds_slot: false,
        expected_units: 0,
        external_task_id: `try-${at}`,
      }),
    ),
  );
  expect(new Set(tasks.map((task) => task.external_task_id)).size).toBe(1);
});

test('turns at the slots go between accounts, and within one to who came first', async () => {
  await insertProduct(database.db, keyOf('turns'));
  const many = [await begin('turns', 'a1', 'a'), await begin('turns', 'a2', 'a'), await begin('turns', 'a3', 'a')];
  const other = await begin('turns', 'b1', 'b');
  const all = [...many, other];
  const grant = (parallelMax: number) =>
    transaction(database.db, async (tx) => {
      await lockProduct(tx, keyOf('turns'));
      return await grantSlots(tx, keyOf('turns'), all, { ...limits, parallelMax });
    });
  expect(await grant(1)).toEqual([many[0]]);
  expect(await grant(2)).toEqual([other]);
  expect(await grant(3)).toEqual([many[1]]);
});

test('a budget of the day is kept over all accounts and within each, by what was told where it is known', async () => {
  await insertProduct(database.db, keyOf('budget'));
  const all = [
    await begin('budget', 'm1', 'a', 3),
    await begin('budget', 'm2', 'a', 3),
    await begin('budget', 'm3', 'b', 4),
    await begin('budget', 'm4', 'c', 4),
  ];
  const budget = { unitsPerDay: 10, accountUnitsPerDay: 5 };
  const grant = () =>
    transaction(database.db, async (tx) => {
      await lockProduct(tx, keyOf('budget'));
      return await grantSlots(tx, keyOf('budget'), all, { ...limits, parallelMax: 10, budget });
    });
  const [m1 = '', m2 = '', m3 = '', m4 = ''] = all;
  // The second of a's is too much for a, the fourth too much for all.
  expect((await grant()).toSorted()).toEqual([m1, m3].toSorted());
  expect((await listOverBudget(database.db, 'budget', budget, all)).toSorted()).toEqual([m2, m4].toSorted());
  expect(await grant()).toEqual([]);
  await markSucceeded(database.db, m3, { answer: '{}', units: '2.5', requestId: null });
  expect(await grant()).toEqual([m4]);
  // What the upstream has failed isn't billed.
  await markFailed(database.db, m1, { code: 'service_error', status: 502, message: 'm' }, null);
  expect(await grant()).toEqual([m2]);
  const wanted = { owner: 'd', units: 0.5 };
  expect((await getBudgetRoom(database.db, 'budget', budget, wanted)).fits).toBe(true);
  expect((await getBudgetRoom(database.db, 'budget', budget, { ...wanted, units: 0.6 })).fits).toBe(false);
  expect((await getBudgetRoom(database.db, 'budget', budget, { owner: 'c', units: 0.5 })).fits).toBe(true);
  // A clock that was ahead has written a day that isn't today's either.
  await sql`update kling_tasks set sent_at = sent_at + interval '10 years' where credential = 'budget'`.execute(
    database.db,
  );
  expect((await getBudgetRoom(database.db, 'budget', budget, { owner: 'd', units: 5 })).fits).toBe(true);
  await sql`update kling_tasks set sent_at = sent_at - interval '10 years' where credential = 'budget'`.execute(
    database.db,
  );
  // Yesterday's are yesterday's.
  await sql`update kling_tasks set sent_at = sent_at - interval '1 day' where credential = 'budget'`.execute(
    database.db,
  );
  expect((await getBudgetRoom(database.db, 'budget', budget, { owner: 'd', units: 5 })).fits).toBe(true);
});

test('after a stop one create is tried at a time, until one is accepted', async () => {
  await insertProduct(database.db, keyOf('trial'));
  const all = [await begin('trial', 't1'), await begin('trial', 't2')];
  const grant = () =>
    transaction(database.db, async (tx) => {
      await lockProduct(tx, keyOf('trial'));
      return await grantSlots(tx, keyOf('trial'), all, { ...limits, parallelMax: 5, isTrial: true });
    });
  expect(await grant()).toEqual([all[0]]);
  expect(await grant()).toEqual([]);
});

test("a stop of one product is none of another, one of its kind is none of elements, and one of the account is everybody's", async () => {
  const others = ['video/kling-v3-omni', 'element'].map((one) => ({ credential: 'stops', product: one }));
  for (const key of [keyOf('stops'), ...others]) await insertProduct(database.db, key);
  const stopped = async () => {
    const states = await Promise.all([keyOf('stops'), ...others].map((key) => getProduct(database.db, key)));
    return states.map(({ stop_reason, stopped_ms }) => stop_reason !== null && stopped_ms > 0);
  };
  await stopProduct(database.db, keyOf('stops'), 'code 1103', 60_000);
  expect(await stopped()).toEqual([true, false, false]);
  await stopProduct(database.db, { credential: 'stops', product: 'video' }, 'code 1102', 60_000);
  expect(await stopped()).toEqual([true, true, false]);
  await stopProduct(database.db, { credential: 'stops', product: '' }, 'code 1000', 60_000);
  expect(await stopped()).toEqual([true, true, true]);
  await openProduct(database.db, { credential: 'stops', product: 'element' });
  expect(await stopped()).toEqual([true, true, false]);
});
