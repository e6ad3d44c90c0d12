/**
 * How long another account's single task takes beside one account's 500 waiting tasks, and beside tasks at a server that sends a
 * byte in five seconds, held against the same task alone in the same run: one `serve` process, real builds of two photos.
 * Bars: at most one build per slot begins before the single task's, which waits no longer than one build takes; beside a slow
 * server it waits no longer than alone.
 *
 *     node bench/fairness.ts
 */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { Pool } from 'undici';
import { startHttp } from '../test/helpers/start-server.ts';
import { median } from './helpers/median.ts';
import { type Bar, printTable } from './helpers/print-table.ts';
import { createKeys, startBench } from './helpers/start-bench.ts';
import { elementBody, submit } from './helpers/submit.ts';

const slots = 2;
const waitingTasks = Number(process.env.BENCH_WAITING ?? 500);
const slowTasks = Number(process.env.BENCH_SLOW ?? 200);
const rounds = Number(process.env.BENCH_ROUNDS ?? 9);

interface Single {
  /** From its acceptance to its end, and to the beginning of its work. */
  seconds: number;
  waitSeconds: number;
  /** Builds of the busy account that began between this task's acceptance and its own build. */
  before: number;
}

const photos = await Promise.all(
  ['rc-car-front.jpg', 'rc-car-side.jpg'].map((name) => readFile(new URL(`../demo/media/${name}`, import.meta.url))),
);
await using origin = await startHttp(serve);
const bench = await startBench();
try {
  await noteStarts();
  const server = await bench.startServer('serve', {
    TROUPE_ALLOW_ADDRESSES: '127.0.0.0/8',
    TROUPE_BUILD_SLOTS: String(slots),
    TROUPE_ELEMENT_ENGINE: 'local',
    TROUPE_LOG_LEVEL: 'error',
  });
  const pool = new Pool(server.url, { connections: 16 });
  const keys = await createKeys(bench.database, 3);
  const [busy, slow, other] = keys as [string, string, string];

  await runSingles(pool, other, 2); // the first ones start the children
  const alone = await runSingles(pool, other, rounds);

  const dripping = await submitMany(pool, slow, slowTasks, 'drip');
  await untilProcessing(slots);
  const besideSlow = await runSingles(pool, other, rounds);
  await cancelAll(pool, slow, dripping);
  // Alone on both sides: what else the machine does changes in the minutes between.
  alone.push(...(await runSingles(pool, other, rounds)));

  await submitMany(pool, busy, waitingTasks, 'photo');
  const from = await count('completed');
  await untilProcessing(slots);
  const startedAt = performance.now();
  const besideMany = await runSingles(pool, other, rounds);
  const spanSeconds = (performance.now() - startedAt) / 1000;
  const buildSeconds = (slots * spanSeconds) / ((await count('completed')) - from);
  const left = await count('pending');
  await pool.close();
  printTable(`One account's task beside another's, ${slots} build slots; medians (least to most)`, [
    ...presentRuns('alone', alone),
    ...presentRuns(`behind ${waitingTasks} waiting tasks`, besideMany),
    compare('  the longest wait', longestWait(besideMany), buildSeconds, 'one build beside as many'),
    {
      what: '  builds of the others begun before it, most',
      measured: String(Math.max(...besideMany.map((one) => one.before))),
      bar: `≤ ${slots}, one per slot`,
      reached: besideMany.every((one) => one.before <= slots),
    },
    { what: '  of the others still waiting at the end', measured: String(left), bar: '> 0', reached: left > 0 },
    ...presentRuns(`beside ${slowTasks} tasks at a slow server`, besideSlow),
    compare('  its median', middle(besideSlow).seconds, longest(alone), 'the longest alone'),
    compare('  its median wait', middle(besideSlow).waitSeconds, longestWait(alone), 'the longest wait alone'),
  ]);
} finally {
  await bench.close();
}

function presentRuns(name: string, runs: readonly Single[]): Bar[] {
  const present = (what: string, values: readonly number[]) => ({
    what,
    measured: `${median(values).toFixed(2)} s`,
    bar: `(${Math.min(...values).toFixed(2)} to ${Math.max(...values).toFixed(2)} s)`,
    reached: null,
  });
  return [
    present(
      name,
      runs.map((one) => one.seconds),
    ),
    present(
      '  of which until its work begins',
      runs.map((one) => one.waitSeconds),
    ),
  ];
}

function compare(what: string, seconds: number, barSeconds: number, of: string): Bar {
  const bar = `≤ ${barSeconds.toFixed(2)} s, ${of}`;
  return { what, measured: `${seconds.toFixed(2)} s`, bar, reached: seconds <= barSeconds };
}

function middle(runs: readonly Single[]): Pick<Single, 'seconds' | 'waitSeconds'> {
  return { seconds: median(runs.map((one) => one.seconds)), waitSeconds: median(runs.map((one) => one.waitSeconds)) };
}

function longest(runs: readonly Single[]): number {
  return Math.max(...runs.map((one) => one.seconds));
}

function longestWait(runs: readonly Single[]): number {
  return Math.max(...runs.map((one) => one.waitSeconds));
}

function serve(request: IncomingMessage, response: ServerResponse): void {
  const photo = photos[request.url?.includes('side') ? 1 : 0] as Buffer;
  response.writeHead(200, { 'content-length': photo.length });
  if (!request.url?.startsWith('/drip')) return void response.end(photo);
  let sent = 0;
  const drip = () => response.write(photo.subarray(sent, ++sent));
  drip();
  const timer = setInterval(drip, 5000);
  response.on('close', () => clearInterval(timer));
}

function createBody(folder: 'photo' | 'drip'): object {
  const url = (name: string) => `http://127.0.0.1:${origin.port}/${folder}/${name}.jpg`;
  const pictures = { frontal_image: url('front'), refer_images: [{ image_url: url('side') }] };
  return { ...elementBody, model_params: { ...elementBody.model_params, element_image_list: pictures } };
}

async function submitMany(pool: Pool, key: string, count: number, folder: 'photo' | 'drip'): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const some = Array.from({ length: Math.min(10, count - ids.length) }, () => submit(pool, key, createBody(folder)));
    ids.push(...(await Promise.all(some)));
  }
  return ids;
}

async function cancelAll(pool: Pool, key: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const answer = await pool.request({
      method: 'POST',
      path: `/v1/tasks/${id}/cancel`,
      headers: { authorization: `Bearer ${key}` },
    });
    await answer.body.dump();
  }
  // What is under way ends with its next report.
  while ((await count('processing')) > 0) await sleep(50);
}

/** One task after another, each sent a random part of a build after the last has ended. */
async function runSingles(pool: Pool, key: string, count: number): Promise<Single[]> {
  const singles: Single[] = [];
  for (let round = 0; round < count; round++) {
    await sleep(Math.random() * 1000);
    singles.push(await awaitSingle(await submit(pool, key, createBody('photo'))));
  }
  return singles;
}

async function awaitSingle(id: string): Promise<Single> {
  const { db } = bench.database;
  for (;;) {
    const { rows } = await sql<Single & { status: string }>`
      select status, extract(epoch from finished_at - created_at)::float8 as seconds,
        (select extract(epoch from started_at - task.created_at)::float8 from bench_starts where id = task.id) as "waitSeconds",
        (select count(*) from bench_starts other
          where other.account_id <> task.account_id and other.started_at >= task.created_at
            and other.started_at < (select started_at from bench_starts where id = task.id))::int as before
      from tasks task where id = ${id}`.execute(db);
    const [row] = rows;
    if (row?.status === 'failed') throw new Error(`${id} failed`);
    if (row?.status === 'completed') return row;
    await sleep(50);
  }
}

/** A task is `processing` from its last claim or from its turn on: the database notes when, for each task. */
async function noteStarts(): Promise<void> {
  const { db } = bench.database;
  await sql`create table bench_starts (id text primary key, account_id bigint not null, started_at timestamptz not null)`.execute(
    db,
  );
  await sql`create function note_start() returns trigger language plpgsql as $$ begin
    insert into bench_starts values (new.id, new.account_id, clock_timestamp())
      on conflict (id) do update set started_at = excluded.started_at;
    return new; end $$`.execute(db);
  await sql`create trigger note_start after update of status on tasks for each row
    when (new.status = 'processing' and old.status <> 'processing') execute function note_start()`.execute(db);
}

async function count(status: 'processing' | 'pending' | 'completed'): Promise<number> {
  const { rows } = await sql<{
    tasks: number;
  }>`select count(*)::int as tasks from tasks where status = ${status}`.execute(bench.database.db);
  return rows[0]?.tasks ?? 0;
}

async function untilProcessing(tasks: number): Promise<void> {
  while ((await count('processing')) < tasks) await sleep(20);
}
