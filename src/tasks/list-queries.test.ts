import { type SqlBool, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { countTasks, listTasks, listTasksAfter, type TaskFilter } from './list-queries.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  // Several tasks a moment, so that ids decide; of two accounts, four models of two types, every state.
  await sql`
    insert into tasks (id, account_id, api_key_id, model, type, request, billing_rule, reserved_microcredits, status, created_at, finished_at,
      charged_microcredits, result_data, results, error, dry_run, deleted_at)
    select 'task-' || lpad((n * 7919 % 100003)::text, 6, '0'), case when n % 4 = 0 then 2 else 1 end, 1, 'model-' || n / 2 % 4,
      case when n / 2 % 4 = 3 then 'image' else 'video' end, '{}', 'per_call', 0, state, now() - n / 3 * interval '1 microsecond',
      case when ended then now() end, case when ended then 0 end, '{}', '[]', case when state in ('failed', 'cancelled') then '{}'::jsonb end,
      n % 11 = 0, case when n % 13 = 0 and ended then now() end
    from generate_series(1, 600) n, lateral (select case when n % 37 = 0 then 'cancelled' when n % 9 = 0 then 'failed'
      when n % 17 = 0 then 'pending' when n % 23 = 0 then 'processing' else 'completed' end as state) s,
      lateral (select state not in ('pending', 'processing') as ended) e`.execute(database.db);
});
afterAll(async () => {
  await database?.close();
});

const filters: TaskFilter[] = [
  {},
  ...(['processing', 'completed', 'failed', 'cancelled'] as const).map((status) => ({ status })),
  { type: 'image' },
  { model: 'model-2' },
  { model: 'model-9' },
  { model: 'model-3', type: 'video' },
  { models: ['model-0', 'model-3'] },
  { models: [] },
  { models: ['model-1', 'model-2'], model: 'model-2', status: 'failed' },
  { isKept: true },
  { isKept: true, models: ['model-0', 'model-1'], status: 'completed' },
  { status: 'processing', type: 'video', isKept: true },
];

/** What a list is, without any thought of speed. */
async function readPlainly({ models, isKept, status, type, model }: TaskFilter): Promise<string[]> {
  const is = (part: SqlBool | undefined, condition: ReturnType<typeof sql>) => (part ? condition : sql`true`);
  const states = status === 'processing' ? ['pending', 'processing'] : [status];
  const { rows } = await sql<{ id: string }>`
    select id from tasks where account_id = 1 and ${is(status !== undefined, sql`status = any(${states}::text[])`)}
      and ${is(type !== undefined, sql`type = ${type}`)} and ${is(model !== undefined, sql`model = ${model}`)}
      and ${is(models !== undefined, sql`model = any(${models}::text[])`)}
      and ${is(isKept, sql`deleted_at is null and not dry_run`)} order by created_at desc, id desc`.execute(
    database.db,
  );
  return rows.map(({ id }) => id);
}

test.each(filters)(
  '%j is told whole, in order and counted, by cursors either way and by numbered pages near and far',
  async (filter) => {
    const { db } = database;
    const all = await readPlainly(filter);
    expect(await countTasks(db, 1, filter)).toBe(all.length);
    for (const [order, wanted] of [
      ['desc', all],
      ['asc', all.toReversed()],
    ] as const) {
      const found: string[] = [];
      for (;;) {
        const page = await listTasksAfter(db, 1, filter, found.at(-1) ?? null, 97, order);
        found.push(...page.map(({ id }) => id));
        if (page.length < 97) break;
      }
      expect(found).toEqual(wanted);
    }
    for (const [page, pageSize] of [
      [1, 20],
      [3, 50],
      [22, 50],
      [2, 5000],
    ] as const) {
      const found = await listTasks(db, 1, filter, page, pageSize);
      expect(found.map(({ id }) => id)).toEqual(all.slice((page - 1) * pageSize, page * pageSize));
    }
  },
);

test('a row of a narrowed list is whole', async () => {
  const [task] = await listTasksAfter(database.db, 1, { status: 'failed' }, null, 1);
  expect(task).toMatchObject({
    account_id: 1,
    status: 'failed',
    created_at: expect.any(Date),
    dry_run: expect.any(Boolean),
  });
});
