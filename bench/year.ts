/**
 * A year of 50,000 tasks a day, with all that a server has of them, and what the console's lists and accepting cost then: p50 and p95 over
 * HTTP, each beside the same request to a server that has nothing, in turns. Then what a sweep costs.
 *   node bench/year.ts [--tasks 18250000] [--task-days 0] [--attempt-days 0] [--folder PATH]
 * `--folder` keeps the filled database, and takes it again as it is. A million tasks are about 3 GB.
 */
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { Pool } from 'undici';
import { parseConfig } from '../src/config.ts';
import { expire } from '../src/flow/index.ts';
import { encodeCursor } from '../src/lib/cursor.ts';
import { openContext } from '../src/open-context.ts';
import { fillYear, yearModels } from './helpers/fill-year.ts';
import { printTable } from './helpers/print-table.ts';
import { type Bench, grantKeys, startBench } from './helpers/start-bench.ts';
import { elementBody, submit } from './helpers/submit.ts';

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: String(365 * 50_000) },
    'task-days': { type: 'string', default: '0' },
    'attempt-days': { type: 'string', default: '0' },
    folder: { type: 'string' },
    only: { type: 'string', default: '' },
  },
});
const tasks = Number(values.tasks);
const rounds = Number(process.env.BENCH_ROUNDS ?? 40);
/** So many requests before: statements are planned anew until then, and caches are cold. */
const warmUps = 12;
/** Milliseconds after which a request that is slow isn't asked again. */
const patienceMs = 20_000;
/** What p95 may take longer than twice its time on an empty server. */
const allowanceMs = 10;

const say = (text: string) => void process.stdout.write(`${text}\n`);

interface Side {
  bench: Bench;
  pool: Pool;
  /** The largest account's, an admin's, and that of one which never failed. */
  keys: { admin: string; other: string };
  otherAccount: number;
  /** Of some tasks of the first account: an old one and a new one. */
  taskIds: { old: string; new: string };
  elementIds: { old: string; new: string };
}

interface Asked {
  what: string;
  path(side: Side): string;
  by?: 'other';
}

const closers: (() => Promise<void>)[] = [];
try {
  const empty = await openSide(await open(), false);
  const year = await openSide(await open(values.folder), true);
  // As every server does within minutes; it sums the days that are over.
  await measureSweep(year, 'nothing is old, the first one', 2);
  const bars = [];
  for (const asked of listRequests().filter(({ what }) => what.includes(values.only))) {
    const [before, after] = await compare(empty, year, (side) => get(side, asked));
    bars.push(judge(asked.what, before, after));
  }
  for (const lanes of [1, 16]) {
    const what = lanes === 1 ? 'POST, alone' : `POST, ${lanes} at once`;
    if (!what.includes(values.only)) continue;
    const [before, after] = await compare(empty, year, async ({ pool, keys }) => {
      await Promise.all(Array.from({ length: lanes }, () => submit(pool, keys.admin, elementBody)));
    });
    bars.push(judge(what, before, after));
  }
  printTable(`${tasks} tasks of a year beside none; p50/p95 in ms, ${rounds} requests each`, bars);
  if ('sweep'.includes(values.only)) {
    await measureSweep(year, "a day's tasks are", 0);
    await measureSweep(year, 'nothing more is', 0);
  }
} finally {
  for (const close of closers.reverse()) await close();
}

async function open(folder?: string): Promise<Bench> {
  const bench = await startBench({ folder });
  closers.push(() => bench.close());
  return bench;
}

async function openSide(bench: Bench, isYear: boolean): Promise<Side> {
  const admins = await grantKeys(bench.database, 1, 'admin');
  const others = await grantKeys(bench.database, 9);
  const filled = join(bench.dataFolder, 'filled');
  let accounts = [...admins, ...others];
  if (isYear && (await isThere(filled))) {
    // Further keys of the accounts that were filled.
    const { rows } = await bench.database.pool.query(
      'select account_id, min(id) as key_id from api_keys group by 1 order by 1 limit 10',
    );
    await moveKeys(
      bench,
      accounts,
      rows.map(({ account_id }) => Number(account_id)),
    );
    accounts = accounts.map((one, at) => ({ ...one, account_id: Number(rows[at].account_id) }));
  } else if (isYear) {
    const startedAt = performance.now();
    const days = { taskDays: Number(values['task-days']), attemptDays: Number(values['attempt-days']) };
    await fillYear(bench.database, { accounts, tasks, ...days }, say);
    await writeFile(filled, '');
    say(`filled in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  }
  const server = await bench.startServer('api');
  const pool = new Pool(server.url, { connections: 16, pipelining: 1, bodyTimeout: 0, headersTimeout: 0 });
  closers.push(() => pool.close());
  const [admin, other] = accounts;
  if (admin === undefined || other === undefined) throw new Error('there are no keys');
  if (isYear) await tellSizes(bench);
  const taskIds = await findEnds(bench, 'tasks', admin.account_id);
  return {
    bench,
    pool,
    keys: { admin: admin.key, other: other.key },
    otherAccount: other.account_id,
    taskIds: taskIds ?? (await makeTasks(pool, admin.key)),
    elementIds: (await findEnds(bench, 'elements', admin.account_id)) ?? {
      old: '1000000000000001',
      new: '1000000000000001',
    },
  };
}

async function moveKeys(bench: Bench, keys: readonly { key_id: number }[], accounts: readonly number[]): Promise<void> {
  for (const [at, { key_id }] of keys.entries()) {
    await bench.database.pool.query('update api_keys set account_id = $1 where id = $2', [accounts[at], key_id]);
  }
}

async function isThere(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

async function makeTasks(pool: Pool, key: string) {
  return { old: await submit(pool, key, elementBody), new: await submit(pool, key, elementBody) };
}

async function findEnds({ database }: Bench, table: string, accountId: number) {
  const find = async (order: string) => {
    const { rows } = await database.pool.query(
      `select id from ${table} where account_id = $1 order by created_at ${order}, id ${order} offset 20 limit 1`,
      [accountId],
    );
    return rows[0] === undefined ? undefined : String(rows[0].id);
  };
  const [first, last] = [await find('asc'), await find('desc')];
  return first === undefined || last === undefined ? null : { old: first, new: last };
}

async function tellSizes({ database }: Bench): Promise<void> {
  const { rows } = await database.pool.query(
    `select relname as name, reltuples::bigint as rows, pg_table_size(oid) as table_size, pg_indexes_size(oid) as index_size
     from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples > 1000 order by 3 desc`,
  );
  const gb = (bytes: unknown) => `${(Number(bytes) / 1e9).toFixed(2)} GB`;
  for (const { name, rows: count, table_size, index_size } of rows) {
    say(`  ${name}: ${count} rows, ${gb(table_size)}, indexes ${gb(index_size)}`);
  }
}

/** The very requests of the console's pages (`console/pages`), with the rarer ones among their filters. */
function listRequests(): Asked[] {
  const tasksOf = (query: string) => `/v1/tasks?limit=50${query}`;
  const { usual, rare, never } = yearModels;
  const at = (list: string, key: string | number) => encodeURIComponent(encodeCursor(list, [key]));
  const day = (daysAgo: number) => new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
  return [
    { what: 'tasks', path: () => tasksOf('') },
    ...['processing', 'completed', 'failed', 'cancelled'].map((status) => ({
      what: `tasks ${status}`,
      path: () => tasksOf(`&status=${status}`),
    })),
    { what: 'tasks failed, of an account without', path: () => tasksOf('&status=failed'), by: 'other' },
    { what: 'tasks of a model', path: () => tasksOf(`&model=${usual[0]}`) },
    { what: 'tasks of a rare model', path: () => tasksOf(`&model=${rare}`) },
    { what: 'tasks of a model never asked for', path: () => tasksOf(`&model=${never}`) },
    { what: 'tasks failed of a model', path: () => tasksOf(`&status=failed&model=${usual[1]}`) },
    { what: 'tasks failed of a rare model', path: () => tasksOf(`&status=failed&model=${rare}`) },
    { what: 'tasks a year ago', path: ({ taskIds }) => tasksOf(`&cursor=${at('tasks', taskIds.old)}`) },
    { what: 'tasks of another account', path: ({ otherAccount }) => tasksOf(`&account=${otherAccount}`) },
    { what: 'tasks by numbers, with their total', path: () => '/v1/tasks?page=1&page_size=50' },
    { what: 'completed tasks by numbers', path: () => '/v1/tasks?page=1&page_size=50&status=completed' },
    { what: 'pictures alone', path: () => tasksOf('&type=image') },
    { what: 'a task', path: ({ taskIds }) => `/v1/tasks/${taskIds.old}` },
    { what: 'its request', path: ({ taskIds }) => `/v1/tasks/${taskIds.old}/request` },
    { what: 'its transfers', path: ({ taskIds }) => `/v1/credits/transfers?task_id=${taskIds.old}` },
    { what: 'elements', path: () => '/v1/elements?page=1&page_size=50' },
    { what: 'elements by name', path: () => '/v1/elements?order=name&page=1&page_size=50' },
    { what: 'elements, the hundredth page', path: () => '/v1/elements?page=100&page_size=50' },
    { what: 'elements by a word', path: () => '/v1/elements?query=dragon&page=1&page_size=50' },
    { what: 'elements by two words', path: () => '/v1/elements?query=zoe%20fox&page=1&page_size=50' },
    { what: 'elements by a tag', path: () => '/v1/elements?tag=season%203&page=1&page_size=50' },
    { what: 'elements of clips', path: () => '/v1/elements?reference_type=video_refer&page=1&page_size=50' },
    { what: 'uses of an element', path: ({ elementIds }) => `/v1/elements/${elementIds.new}/uses?limit=20` },
    { what: 'callbacks given up', path: () => '/v1/callbacks/given-up?limit=50' },
    { what: 'credits', path: () => '/v1/credits' },
    { what: 'transfers', path: () => '/v1/credits/transfers?limit=50' },
    ...[7, 30, 90].map((days) => ({
      what: `usage by day, ${days} days`,
      path: () => `/v1/usage?from=${day(days - 1)}&group_by=day&limit=100`,
    })),
    ...['model', 'key', 'status'].map((group) => ({
      what: `usage by ${group}, 90 days`,
      path: () => `/v1/usage?from=${day(89)}&group_by=${group}&limit=100`,
    })),
    { what: 'keys', path: () => '/v1/keys?limit=100' },
    { what: 'accounts', path: () => '/v1/accounts?limit=100' },
  ] satisfies Asked[];
}

async function get(side: Side, { path, by }: Asked): Promise<void> {
  const answer = await side.pool.request({
    method: 'GET',
    path: path(side),
    headers: { authorization: `Bearer ${by === 'other' ? side.keys.other : side.keys.admin}` },
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200 && answer.statusCode !== 404)
    throw new Error(`${path(side)}: ${answer.statusCode} ${text}`);
}

/** In turns, so that a busy machine slows both. */
async function compare(empty: Side, year: Side, ask: (side: Side) => Promise<void>): Promise<[number[], number[]]> {
  const [before, after]: [number[], number[]] = [[], []];
  let tookMs = 0;
  for (let round = -warmUps; round < rounds; round++) {
    for (const [side, times] of [
      [empty, before],
      [year, after],
    ] as const) {
      const startedAt = performance.now();
      await ask(side);
      const ms = performance.now() - startedAt;
      tookMs += ms;
      if (round >= 0 || tookMs > patienceMs) times.push(ms);
    }
    if (tookMs > patienceMs) break;
  }
  return [before, after];
}

function judge(what: string, before: readonly number[], after: readonly number[]) {
  const show = (times: readonly number[]) => `${at(times, 0.5).toFixed(1)}/${at(times, 0.95).toFixed(1)}`;
  const limit = 2 * at(before, 0.95) + allowanceMs;
  return {
    what,
    measured: `${show(before)} → ${show(after)}`,
    bar: `p95 ≤ ${limit.toFixed(0)}`,
    reached: at(after, 0.95) <= limit,
  };
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/**
 * What a sweep takes, how many tasks it deletes and how long a POST takes meanwhile. Tasks are kept for as many days as the oldest has,
 * and `extraDays`.
 */
async function measureSweep(year: Side, what: string, extraDays: 0 | 2): Promise<void> {
  const { rows } = await year.bench.database.pool.query('select min(created_at) as oldest from tasks');
  const keptDays = Math.floor((Date.now() - Date.parse(rows[0].oldest)) / 86_400_000) + extraDays;
  const context = await openContext(
    parseConfig({
      DATABASE_URL: year.bench.databaseUrl,
      TROUPE_DATA_DIR: year.bench.dataFolder,
      TROUPE_TASK_DAYS: String(keptDays),
      TROUPE_ATTEMPT_DAYS: String(keptDays),
    }),
    pino({ level: 'silent' }),
    ['api'],
  );
  const count = async () => Number((await year.bench.database.pool.query('select count(*) from tasks')).rows[0].count);
  const before = await count();
  let isOver = false;
  const times: number[] = [];
  const load = (async () => {
    while (!isOver) {
      const startedAt = performance.now();
      await submit(year.pool, year.keys.admin, elementBody);
      times.push(performance.now() - startedAt);
    }
  })();
  const startedAt = performance.now();
  await expire(context);
  const seconds = (performance.now() - startedAt) / 1000;
  isOver = true;
  await load;
  const gone = before + times.length - (await count());
  await context.close();
  say(
    `a sweep when ${what}: ${seconds.toFixed(1)} s, ${gone} tasks gone, ${times.length} POSTs meanwhile p50/p95 ${at(times, 0.5).toFixed(1)}/${at(times, 0.95).toFixed(1)} ms`,
  );
}
