import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { expire } from '../../src/flow/index.ts';
import { listUsage, type UsageGroup } from '../../src/tasks/index.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

const dayMs = 86_400_000;
/** Midnight of so many days ago, in UTC. */
const midnight = (daysAgo: number) => new Date((Math.floor(Date.now() / dayMs) - daysAgo) * dayMs);

/** Tasks of ten days, 24 a day of two accounts, models and states; the last day is today. */
async function fill({ database: { db }, key }: StartedTroupe): Promise<void> {
  await sql`insert into accounts (name, callback_secrets) values ('other', '{whsec_other}')`.execute(db);
  await sql`insert into tasks (id, account_id, api_key_id, model, type, request, billing_rule, reserved_microcredits, status, created_at, finished_at,
      charged_microcredits, result_data, results, error)
    select 'task-unified-1-day' || n, case when n % 3 = 0 then (select id from accounts where name = 'other') else ${key.account_id} end, ${key.key_id},
      'kling-custom-element', 'video', '{"kind":"element","engine":"nothing","sources":[]}', 'per_call', 10,
      case when n % 5 = 0 then 'failed' else 'completed' end, ${midnight(9)}::timestamptz + n * interval '1 hour', now(),
      case when n % 5 = 0 then 0 else n % 10 end, '{}', '[]', case when n % 5 = 0 then '{}'::jsonb end
    from generate_series(0, 9 * 24) n`.execute(db);
}

const summedBefore = async ({ database: { db } }: StartedTroupe) =>
  (await sql<{ before: string }>`select to_char(before, 'YYYY-MM-DD') as before from summed_usage`.execute(db)).rows[0]
    ?.before;

test('what is summed of days that are over is told as before, by every group, for whole days, parts of them and one account', async () => {
  await using troupe = await startTroupe();
  const { db } = troupe.database;
  await fill(troupe);
  const hour = 3_600_000;
  const periods = [
    [midnight(20), midnight(-1)],
    [midnight(8), midnight(3)],
    [new Date(midnight(8).getTime() + 5 * hour), new Date(midnight(3).getTime() + 7 * hour)],
    [new Date(midnight(5).getTime() + 5 * hour), new Date(midnight(5).getTime() + 7 * hour)],
    [midnight(4), new Date(midnight(4).getTime() + 7 * hour)],
    [new Date(midnight(4).getTime() + 7 * hour), midnight(3)],
  ] as const;
  const groups: UsageGroup[][] = [[], ['day'], ['model', 'status'], ['day', 'key', 'status']];
  const read = async () => {
    const reports = periods.flatMap(([from, until]) =>
      groups.flatMap((group_by) =>
        [null, troupe.key.account_id].map((account_id) =>
          listUsage(db, { account_id, from, until, group_by, after: null, count_max: 1000 }),
        ),
      ),
    );
    return await Promise.all(reports);
  };
  const before = await read();
  expect(before[0]).toEqual([{ tasks: 217, microcredits: expect.any(Number) }]);
  await expire(troupe.context);
  expect([midnight(0), midnight(1)].map((day) => day.toISOString().slice(0, 10))).toContain(await summedBefore(troupe));
  expect(await read()).toEqual(before);
  // Twice is once.
  await expire(troupe.context);
  expect(await read()).toEqual(before);
  // What goes for its age is in the sums already; of a part of a day it's known no longer.
  const flow = { ...troupe.config.flow, taskDays: 8, resultHours: 1 };
  await sql`select count(*) from tasks`.execute(db);
  await expire({ ...troupe.context, config: { ...troupe.config, flow } });
  const { rows } = await sql<{ count: number }>`select count(*) as count from tasks`.execute(db);
  expect(rows[0]?.count).toBeLessThan(217);
  expect((await read()).slice(0, 16)).toEqual(before.slice(0, 16));
});

test('a day of which a task is unfinished is not summed, nor any after it, and is once the task has ended', async () => {
  await using troupe = await startTroupe();
  const { db } = troupe.database;
  await fill(troupe);
  const setState = async (state: string, finishedAt: Date | null) =>
    await sql`update tasks set status = ${state}, finished_at = ${finishedAt} where id = 'task-unified-1-day73'`.execute(
      db,
    );
  await setState('processing', null);
  await expire(troupe.context);
  expect(await summedBefore(troupe)).toBe(midnight(6).toISOString().slice(0, 10));
  await setState('completed', new Date());
  await expire(troupe.context);
  expect(await summedBefore(troupe)).not.toBe(midnight(6).toISOString().slice(0, 10));
});

test('a sweep of a machine whose clock is a week ahead sums no day that is not over by the clock of the database', async () => {
  await using troupe = await startTroupe();
  await fill(troupe);
  const ahead = { now: () => new Date(Date.now() + 7 * dayMs) };
  await expire({ ...troupe.context, clock: ahead });
  expect([midnight(0), midnight(1)].map((day) => day.toISOString().slice(0, 10))).toContain(await summedBefore(troupe));
});

test('two sweeps at once count nothing twice, whether they sum or delete', async () => {
  await using troupe = await startTroupe();
  await fill(troupe);
  const read = () =>
    listUsage(troupe.database.db, {
      account_id: null,
      from: midnight(20),
      until: midnight(-1),
      group_by: ['day', 'status'],
      after: null,
      count_max: 1000,
    });
  const before = await read();
  const flow = { ...troupe.config.flow, taskDays: 8, resultHours: 1 };
  const context = { ...troupe.context, config: { ...troupe.config, flow } };
  await Promise.all([expire(context), expire(troupe.context), expire(context)]);
  expect(await read()).toEqual(before);
});
