/**
 * What a report of use costs on 1,000,000 tasks of three accounts over a year, without the index `tasks_usage`, with one
 * over all tasks, and with the one over finished tasks alone; and what each costs a task that ends. Medians of the rounds.
 */
import { type RawBuilder, sql } from 'kysely';
import { listUsage, type UsageGroup } from '../src/tasks/index.ts';
import { median } from './helpers/median.ts';
import { printTable } from './helpers/print-table.ts';
import { startBench } from './helpers/start-bench.ts';

const count = Number(process.env.BENCH_TASKS ?? 1_000_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

const bench = await startBench();
const { db } = bench.database;
try {
  await sql`drop index if exists tasks_usage`.execute(db);
  await sql`
    insert into tasks (id, account_id, api_key_id, model, type, status, progress, request, billing_rule,
      reserved_microcredits, charged_microcredits, error, created_at, finished_at)
    select 'task-unified-1-' || n, case when n % 10 < 8 then 1 when n % 10 = 8 then 2 else 3 end, n % 20,
      'model-' || n % 13, 'video', case when n % 10 = 0 then 'failed' else 'completed' end, 100,
      jsonb_build_object('engine', 'nothing', 'prompt', repeat('a sentence of a prompt ', 20)), 'per_call', 1000000,
      case when n % 10 = 0 then 0 else 1000000 end,
      case when n % 10 = 0 then '{}'::jsonb end, at, at + interval '10 s'
    from generate_series(1, ${count}::int) n, lateral (select now() - n * (interval '365 days' / ${count}::int) as at) moment`.execute(
    db,
  );
  const none = sql`select`;
  const whole = sql`create index tasks_usage on tasks (account_id, created_at)
    include (model, api_key_id, status, charged_microcredits)`;
  const finished = sql`create index tasks_usage on tasks (account_id, created_at)
    include (model, api_key_id, status, charged_microcredits) where finished_at is not null`;
  const rows: Parameters<typeof printTable>[1][number][] = [];
  for (const [what, index] of [
    ['no index', none],
    ['index of all tasks', whole],
    ['index of finished tasks', finished],
  ] as const) {
    await measure(what, index, rows);
  }
  printTable(`usage of ${count} tasks`, rows);
} finally {
  await bench.close();
}

async function measure(what: string, index: RawBuilder<unknown>, rows: Parameters<typeof printTable>[1][number][]) {
  await sql`drop index if exists tasks_usage`.execute(db);
  await index.execute(db);
  await sql`vacuum analyze tasks`.execute(db);
  const year = (accountId: number | null, groups: readonly UsageGroup[], days: number) =>
    listUsage(db, {
      account_id: accountId,
      from: new Date(Date.now() - days * 86_400_000),
      until: new Date(),
      group_by: groups,
      after: null,
      count_max: 100_000,
    });
  for (const [asked, run] of [
    ['a month of one account by day and model', () => year(1, ['day', 'model'], 30)],
    ['a year of one account by day and model', () => year(1, ['day', 'model'], 365)],
    ['a year of all accounts by day, model, key and status', () => year(null, ['day', 'model', 'key', 'status'], 365)],
  ] as const) {
    const took: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const startedAt = performance.now();
      await run();
      took.push(performance.now() - startedAt);
    }
    rows.push({ what: `${what}: ${asked}`, measured: `${median(took).toFixed(0)} ms`, bar: '', reached: null });
  }
  const { rows: sizes } = await sql<{ size: number | null }>`
    select pg_relation_size(to_regclass('tasks_usage')) as size`.execute(db);
  const size = `${((sizes[0]?.size ?? 0) / 1e6).toFixed(0)} MB`;
  rows.push({ what: `${what}: size`, measured: size, bar: '', reached: null });
}
