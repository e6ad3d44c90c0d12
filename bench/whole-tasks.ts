/**
 * Whole tasks a second with an engine that does nothing: HTTP accept → build → conclude → callback at a local HTTPS
 * receiver, in one `serve` process; once on an empty database and once with a million finished tasks in it, each beside the least that can
 * do it (`helpers/bare-story.ts`), in turns, and what each task costs in processor time. And how long after the commit that made
 * it due a callback arrives.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { Pool } from 'undici';
import { fillWithFinishedTasks } from './helpers/fill-database.ts';
import { createCostMeter, describeCosts } from './helpers/measure-cost.ts';
import { median } from './helpers/median.ts';
import { printTable } from './helpers/print-table.ts';
import { runLoad } from './helpers/run-load.ts';
import { grantKeys, startBench } from './helpers/start-bench.ts';
import { startReceiver } from './helpers/start-receiver.ts';
import { elementBody, submit } from './helpers/submit.ts';

const seconds = Number(process.env.BENCH_SECONDS ?? 6);
const rounds = Number(process.env.BENCH_ROUNDS ?? 2);
const finishedTasks = Number(process.env.BENCH_FINISHED ?? 1_000_000);
const lanes = 100;

const bench = await startBench();
await using receiver = await startReceiver(bench.dataFolder);
const { rows: files } = await bench.database.pool.query<{ pid: string }>(
  "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid",
);
const postmaster = Number(files[0]?.pid);
try {
  const keys = await grantKeys(bench.database, 50);
  const empty = await measure();
  await fillWithFinishedTasks(bench.database, finishedTasks);
  const full = await measure();
  const share = full.rate / empty.rate;
  const rows = (what: string, { rate, bareRate, cost, bareCost }: typeof empty) => [
    { what: `the bare prototype, ${what}`, measured: `${bareRate.toFixed(0)}/s`, bar: bareCost, reached: null },
    { what: `Troupe, ${what}`, measured: `${rate.toFixed(0)}/s`, bar: cost, reached: null },
    { what: 'ratio', measured: (rate / bareRate).toFixed(2), bar: '≥ 0.9', reached: rate >= 0.9 * bareRate },
  ];
  printTable(`Whole tasks, ${lanes} under way at once`, [
    ...rows('empty database', empty),
    ...rows(`${finishedTasks} finished tasks`, full),
    {
      what: 'Troupe with them, of Troupe without',
      measured: share.toFixed(2),
      bar: '≥ 0.9',
      reached: share >= 0.9,
    },
    {
      what: 'one at a time: from the commit to the callback, p95',
      measured: `${empty.callbackP95Ms.toFixed(1)} ms`,
      bar: '≤ 50 ms',
      reached: empty.callbackP95Ms <= 50,
    },
    {
      what: 'the same under full load, p95',
      measured: `${empty.loadedCallbackP95Ms.toFixed(0)} ms`,
      bar: '',
      reached: null,
    },
  ]);

  /** Both run all the time and are loaded in turns, so that neither is measured cold or alone with the machine's moods. */
  async function measure() {
    const environment = { TROUPE_ALLOW_ADDRESSES: '127.0.0.0/8', NODE_EXTRA_CA_CERTS: receiver.caFile };
    const server = await bench.startServer('serve', {
      ...environment,
      TROUPE_ELEMENT_ENGINE: 'nothing',
      TROUPE_BUILD_SLOTS: '32',
    });
    const bare = await startBare(environment);
    const pool = new Pool(server.url, { connections: lanes, pipelining: 1 });
    const barePool = new Pool(bare.url, { connections: lanes, pipelining: 1 });
    const body = { ...elementBody, callback_url: receiver.url };
    const keyOf = (lane: number) => keys[lane % keys.length] as (typeof keys)[0];
    const whole = async (lane: number) => await receiver.waitFor(await submit(pool, keyOf(lane).key, body));
    const bareWhole = async (lane: number) => await receiver.waitFor(await submitBare(barePool, keyOf(lane), body));
    const ours = createCostMeter({ server: Number(server.process.pid), database: postmaster });
    const theirs = createCostMeter({ server: Number(bare.process.pid), database: postmaster });
    const results: Awaited<ReturnType<typeof load>>[] = [];
    for (let round = 0; round < rounds; round++) results.push(await load());

    async function load() {
      const bareLoad = await theirs((count) => runLoad(lanes, seconds, (lane) => count(bareWhole(lane))));
      receiver.arrivals.splice(0);
      const own = await ours((count) => runLoad(lanes, seconds, (lane) => count(whole(lane))));
      return { own, bareLoad, loadedCallbackP95Ms: await measureCallbackP95(receiver.arrivals.splice(0)) };
    }

    await runLoad(1, Math.min(seconds, 4), whole, 0.5);
    const callbackP95Ms = await measureCallbackP95(receiver.arrivals.splice(0));
    await Promise.all([pool.close(), barePool.close()]);
    await Promise.all([server.stop(), bare.stop()]);
    return {
      rate: median(results.map(({ own }) => own.rate)),
      bareRate: median(results.map(({ bareLoad }) => bareLoad.rate)),
      cost: describeCosts(results.map(({ own }) => own.cost)),
      bareCost: describeCosts(results.map(({ bareLoad }) => bareLoad.cost)),
      loadedCallbackP95Ms: median(results.map((one) => one.loadedCallbackP95Ms)),
      callbackP95Ms,
    };
  }
} finally {
  await bench.close();
}

async function submitBare(pool: Pool, { account_id, key_id }: { account_id: number; key_id: number }, body: object) {
  const answer = await pool.request({
    method: 'POST',
    path: '/',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account_id, key_id, body }),
  });
  const task = (await answer.body.json()) as { id: string };
  if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${JSON.stringify(task)}`);
  return task.id;
}

async function startBare(environment: Record<string, string>) {
  const server = spawn(process.execPath, [fileURLToPath(new URL('./helpers/bare-story.ts', import.meta.url))], {
    env: { ...process.env, ...environment, DATABASE_URL: bench.databaseUrl, RECEIVER_URL: receiver.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(server.stdout, 'data')) as [Buffer];
  const stop = async () => {
    server.kill();
    await once(server, 'close');
  };
  return { process: server, url: chunk.toString().trim(), stop };
}

/** From just before the settling commit (the task's `finished_at`) to the arrival of the request: more than what is asked. */
async function measureCallbackP95(arrivals: readonly { taskId: string; atMs: number }[]): Promise<number> {
  const { rows } = await sql<{ id: string; finished_ms: number }>`
    select id, extract(epoch from finished_at)::float8 * 1000 as finished_ms from tasks
    where id = any(${arrivals.map((arrival) => arrival.taskId)}::text[])`.execute(bench.database.db);
  const finished = new Map(rows.map((row) => [row.id, row.finished_ms]));
  const waits = arrivals.map(({ taskId, atMs }) => atMs - (finished.get(taskId) ?? Number.NaN)).sort((a, b) => a - b);
  return waits[Math.floor(waits.length * 0.95)] ?? Number.NaN;
}
