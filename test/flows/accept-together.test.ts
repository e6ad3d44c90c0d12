import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteKey, disableKey, getKeyAllowance } from '../../src/accounts/index.ts';
import { checkLedger } from '../../src/credits/index.ts';
import { connect } from '../../src/db/index.ts';
import type { Insertion, ReadyTask } from '../../src/flow/acceptance/ready-task.ts';
import { createInsertions } from '../../src/flow/index.ts';
import { workQueues } from '../../src/tasks/index.ts';
import { countRows, loadBooks } from '../helpers/load-books.ts';
import { createReady, type Payer } from '../helpers/ready-tasks.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

const credit = 1_000_000;

let troupe: StartedTroupe;
beforeAll(async () => {
  troupe = await startTroupe();
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
});

/** All in one turn of the event loop: so these share a transaction as long as nothing keeps them from it. */
async function insertTogether(
  tasks: readonly ReadyTask[],
  insertions = troupe.context.insertions,
): Promise<Insertion[]> {
  const outcomes = await Promise.all(tasks.map((ready) => insertions.insert(ready)));
  expect(await checkLedger(troupe.database.db)).toEqual([]);
  return outcomes;
}

const countEach = (outcomes: readonly Insertion[]) => {
  const codes = outcomes.map((one) => (one.is === 'failed' ? (one.error as { code: string }).code : one.is));
  return Object.fromEntries([...Map.groupBy(codes, (code) => code)].map(([code, those]) => [code, those.length]));
};

/** The transactions that wrote these tasks. */
async function listWriters(tasks: readonly ReadyTask[]): Promise<string[]> {
  const ids = tasks.map(({ task }) => task.id);
  const { rows } = await sql<{ xmin: string }>`
    select distinct xmin::text from tasks where id = any(${ids}::text[])`.execute(troupe.database.db);
  return rows.map(({ xmin }) => xmin);
}

const grant = (account: string, credits: number, limits = {}) =>
  troupe.grant({ account, name: `key of ${account}`, ...limits }, credits);

test('what comes together is written by one transaction: each with its own reservation, job, use of its key and elements', async () => {
  const { db } = troupe.database;
  const [one, two] = [await grant('together one', 50), await grant('together two', 60)];
  const second = await troupe.grant({ account: 'together one', name: 'second' }, 0);
  const tasks = [
    ...Array.from({ length: 8 }, () => createReady(one, { price: 2 })),
    ...Array.from({ length: 5 }, () => createReady(second, { price: 3 })),
    ...Array.from({ length: 20 }, (_, at) => createReady(two, { idempotencyKey: `key-of-a-batch-${at}` })),
    { ...createReady(two, { elements: ['1000000000000001', '1000000000000002'] }), queue: workQueues.remote },
  ];
  expect(countEach(await insertTogether(tasks))).toEqual({ inserted: 34 });
  expect(await listWriters(tasks)).toHaveLength(1);
  expect(await loadBooks(db, one.account_id)).toEqual({ available: 19, reserved: 31, spent: 0 });
  expect(await loadBooks(db, two.account_id)).toEqual({ available: 39, reserved: 21, spent: 0 });
  const used = await Promise.all([one, second, two].map(({ key_id }) => getKeyAllowance(db, key_id, new Date())));
  expect(used.map((key) => [key.used_microcredits, key.used_today_microcredits])).toEqual(
    [16, 15, 21].map((n) => [n * credit, n * credit]),
  );
  const { rows: jobs } = await sql<{ id: string; name: string; group_id: string; reserved: number }>`
    select data->>'task_id' as id, name, group_id, amount_microcredits as reserved
    from jobs.job join transfers on task_id = data->>'task_id' and kind = 'reserve'
    where data->>'task_id' = any(${tasks.map(({ task }) => task.id)}::text[])`.execute(db);
  const expected = tasks.map(({ task, queue }) => ({
    id: task.id,
    name: queue,
    group_id: String(task.account_id),
    reserved: task.reserved_microcredits,
  }));
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect(jobs.toSorted(byId)).toEqual(expected.toSorted(byId));
  const { rows: uses } = await sql<{ element_id: number }>`
    select element_id from element_uses where task_id = ${tasks.at(-1)?.task.id} order by element_id`.execute(db);
  expect(uses.map((use) => use.element_id)).toEqual([1000000000000001, 1000000000000002]);
});

test('a task is stored by a batch exactly as it is alone', async () => {
  const payer = await grant('alike', 10);
  const at = new Date('2026-05-01T10:11:12.345Z');
  const ready = (id: string) => {
    const one = createReady(payer, { at, idempotencyKey: id, name: `"quotes", \\ and 🦆 of ${'alike'}` });
    const rest = { callback_url: 'https://example.com/?a=b', callback_form: 'kling', trace_parent: '00-1-2-01' };
    return { ...one, task: { ...one.task, ...rest, request_digest: Buffer.alloc(32, 0xfe), id } };
  };
  const [alone, together] = [ready('task-alone'), ready('task-together')];
  await troupe.context.insertions.insert(alone);
  await insertTogether([together, createReady(payer)]);
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select to_jsonb(tasks) - 'id' - 'idempotency_key' as row from tasks where id in ('task-alone', 'task-together')`.execute(
    troupe.database.db,
  );
  expect(rows[0]).toEqual(rows[1]);
  const { rows: jobs } = await sql<{ job: object }>`
    select to_jsonb(job) - 'id' - 'data' - 'created_on' - 'start_after' - 'keep_until' as job from jobs.job
    where data->>'task_id' in ('task-alone', 'task-together')`.execute(troupe.database.db);
  expect(jobs[0]).toEqual(jobs[1]);
});

describe('of a batch only that is refused which would be refused alone, by the same error', () => {
  const refusals: [string, number, string, (name: string) => Promise<Payer>][] = [
    ['an account with credits for two of its five', 2, 'insufficient_quota', (name) => grant(name, 2)],
    ['an account that never got credits', 0, 'insufficient_quota', (name) => grant(name, 0)],
    [
      'a key with three of its five left',
      3,
      'insufficient_token_quota',
      (name) => grant(name, 100, { total_limit_microcredits: 3 * credit }),
    ],
    [
      'a key with one of its five left today',
      1,
      'token_daily_quota_exceeded',
      (name) => grant(name, 100, { daily_limit_microcredits: credit }),
    ],
    [
      'a key that was disabled meanwhile',
      0,
      'key_disabled',
      async (name) => {
        const key = await grant(name, 100);
        await disableKey(troupe.database.db, key.key_id, new Date());
        return key;
      },
    ],
    [
      'a key that was deleted meanwhile',
      0,
      'unauthorized',
      async (name) => {
        const key = await grant(name, 100);
        await deleteKey(troupe.database.db, key.key_id);
        return key;
      },
    ],
    [
      'an account that was deleted meanwhile',
      0,
      'insufficient_quota',
      async (name) => ({ ...(await grant(name, 100)), account_id: 999_999 }),
    ],
  ];

  test.each(refusals)('%s', async (what, accepted, code, open) => {
    const { db } = troupe.database;
    const [good, bad] = [await grant(`beside ${what}`.slice(0, 64), 100), await open(what)];
    const tasks = Array.from({ length: 5 }, () => [createReady(good), createReady(bad)]).flat();
    const outcomes = await insertTogether(tasks);
    const ofBad = outcomes.filter((_, at) => tasks[at]?.task.api_key_id === bad.key_id);
    expect(countEach(outcomes.filter((one) => !ofBad.includes(one)))).toEqual({ inserted: 5 });
    expect(countEach(ofBad)).toEqual({ ...(accepted > 0 ? { inserted: accepted } : {}), [code]: 5 - accepted });
    expect(await loadBooks(db, good.account_id)).toEqual({ available: 95, reserved: 5, spent: 0 });
    expect((await loadBooks(db, bad.account_id)).reserved).toBe(accepted);
    if (code === 'unauthorized') return;
    expect((await getKeyAllowance(db, bad.key_id, new Date())).used_microcredits).toBe(accepted * credit);
  });

  test('a request that the database can not store', async () => {
    const payer = await grant('unstorable', 10);
    const tasks = [createReady(payer), createReady(payer, { name: 'a \0 in it' }), createReady(payer)];
    const outcomes = await insertTogether(tasks);
    expect(outcomes.map(({ is }) => is)).toEqual(['inserted', 'failed', 'inserted']);
    expect(await loadBooks(troupe.database.db, payer.account_id)).toEqual({ available: 8, reserved: 2, spent: 0 });
  });
});

test("tasks of one key on both sides of midnight are counted on each one's own day", async () => {
  const payer = await grant('midnight', 10);
  const moments = ['2026-05-01T23:59:59.999Z', '2026-05-02T00:00:00.000Z', '2026-05-02T00:00:00.001Z'];
  const outcomes = await insertTogether(moments.map((at) => createReady(payer, { at: new Date(at) })));
  expect(countEach(outcomes)).toEqual({ inserted: 3 });
  const allowance = await getKeyAllowance(troupe.database.db, payer.key_id, new Date('2026-05-02T12:00:00Z'));
  expect(allowance.used_microcredits).toBe(3 * credit);
});

test('of one idempotency key twice in a batch one makes a task, and the other nothing', async () => {
  const payer = await grant('twins', 100);
  const tasks = Array.from({ length: 20 }, (_, at) => createReady(payer, { idempotencyKey: `twin-${at % 10}` }));
  expect(countEach(await insertTogether(tasks))).toEqual({ inserted: 10, taken: 10 });
  expect(await loadBooks(troupe.database.db, payer.account_id)).toEqual({ available: 90, reserved: 10, spent: 0 });
  expect(countEach(await insertTogether(tasks))).toEqual({ taken: 20 });
});

test('processes that insert the same idempotency keys at once, in any order, make one task of each and none fails', async () => {
  const database = connect({ url: troupe.database.url, connectionsMax: 6, onError: () => undefined });
  const other = createInsertions({ database, jobs: troupe.context.jobs });
  try {
    const payers = [await grant('both a', 500), await grant('both b', 500), await grant('both c', 500)];
    const tasks = (turn: number) => {
      const all = Array.from({ length: 120 }, (_, at) => {
        return createReady(payers[at % 3] as Payer, { idempotencyKey: `both-${turn}-${at}` });
      });
      return [all, all.map(({ task, ...rest }) => ({ ...rest, task: { ...task, id: `${task.id}-b` } })).toReversed()];
    };
    for (let turn = 0; turn < 4; turn++) {
      const [here, there] = tasks(turn) as [ReadyTask[], ReadyTask[]];
      const outcomes = await Promise.all([insertTogether(here), insertTogether(there, other)]);
      expect(countEach(outcomes.flat())).toEqual({ inserted: 120, taken: 120 });
    }
    for (const { account_id } of payers) {
      expect(await loadBooks(troupe.database.db, account_id)).toEqual({ available: 340, reserved: 160, spent: 0 });
    }
  } finally {
    await other.settled();
    await database.close();
  }
});

test.each([
  ['in a batch with others', [0, 0, 1, 0, 0], false],
  ['in all places of batches', [1, 1, 0, 0, 0, 0], true],
])(
  'a balance that somebody else holds for long, needed %s, keeps only those waiting that need it',
  async (what, order, isEachAlone) => {
    const payers = [await grant(`free: ${what}`, 10), await grant(`held: ${what}`, 10)];
    const tasks = order.map((which) => createReady(payers[which] as Payer));
    const ends: string[] = [];
    const outcomes = await troupe.database.db.transaction().execute(async (tx) => {
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
      await sql`select from balances where account_id = ${payers[1]?.account_id} for update`.execute(tx);
      const all: Promise<Insertion>[] = [];
      for (const [at, ready] of tasks.entries()) {
        all.push(troupe.context.insertions.insert(ready));
        void all[at]?.then(() => ends.push(order[at] === 1 ? 'held' : 'free'));
        if (isEachAlone) await new Promise((done) => setImmediate(done));
      }
      await Promise.all(all.filter((_, at) => order[at] === 0));
      expect(ends).toEqual(['free', 'free', 'free', 'free']);
      return all;
    });
    expect(countEach(await Promise.all(outcomes))).toEqual({ inserted: order.length });
  },
);

test('random mixes: as much is accepted as credits, limits and keys allow, no more, and the books say so', async () => {
  let seed = 20261128;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  for (let turn = 0; turn < 12; turn++) {
    const payers = await Promise.all(
      Array.from({ length: 6 }, async (_, at) => {
        const credits = random(12);
        const limit = random(14);
        return {
          ...(await grant(`mix ${turn} ${at}`, credits, { total_limit_microcredits: limit * credit })),
          credits,
          limit,
        };
      }),
    );
    const tasks = Array.from({ length: 90 }, () => {
      const payer = payers[random(6)] as Payer;
      return createReady(payer, random(3) === 0 ? { idempotencyKey: `mix-${turn}-${random(20)}` } : {});
    });
    const outcomes = await insertTogether(tasks);
    for (const { account_id, key_id, credits, limit } of payers) {
      const mine = tasks.flatMap((ready, at) =>
        ready.task.api_key_id === key_id ? [{ ready, is: outcomes[at]?.is }] : [],
      );
      const wanted = new Set(mine.map(({ ready: { task } }) => task.idempotency_key ?? task.id)).size;
      const accepted = Math.min(wanted, credits, limit);
      expect(mine.filter(({ is }) => is === 'inserted')).toHaveLength(accepted);
      expect((await loadBooks(troupe.database.db, account_id)).reserved).toBe(accepted);
      const { used_microcredits } = await getKeyAllowance(troupe.database.db, key_id, new Date());
      expect(used_microcredits).toBe(accepted * credit);
    }
  }
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from tasks full join jobs.job on data->>'task_id' = tasks.id
    where tasks.id is null or jobs.job.id is null`.execute(troupe.database.db);
  expect(rows[0]?.count).toBe(0);
  expect(await countRows(troupe.database.db, 'tasks')).toBe(await countRows(troupe.database.db, 'jobs.job'));
});
