/**
 * Whole tasks a second with an engine that does nothing: HTTP accept → build → conclude → callback at a local HTTPS
 * receiver, in one `serve` process; once on an empty database and once with a million finished tasks in it. And how long
 * after the commit that made it due a callback arrives.
 */
import { sql } from 'kysely';
import { Pool } from 'undici';
import { fillWithFinishedTasks } from './helpers/fill-database.ts';
import { printTable } from './helpers/print-table.ts';
import { runLoad } from './helpers/run-load.ts';
import { createKeys, startBench } from './helpers/start-bench.ts';
import { startReceiver } from './helpers/start-receiver.ts';
import { elementBody, submit } from './helpers/submit.ts';

const seconds = Number(process.env.BENCH_SECONDS ?? 10);
const finishedTasks = Number(process.env.BENCH_FINISHED ?? 1_000_000);
const lanes = 100;

const bench = await startBench();
await using receiver = await startReceiver(bench.dataFolder);
try {
  const keys = await createKeys(bench.database, 50);
  const empty = await measure();
  await fillWithFinishedTasks(bench.database, finishedTasks);
  const full = await measure();
  const share = full.rate / empty.rate;
  printTable(`Whole tasks, ${lanes} under way at once`, [
    {
      what: 'on an empty database',
      measured: `${empty.rate.toFixed(0)}/s`,
      bar: '≥ 250/s',
      reached: empty.rate >= 250,
    },
    {
      what: `with ${finishedTasks} finished tasks`,
      measured: `${full.rate.toFixed(0)}/s`,
      bar: `${(share * 100).toFixed(0)} % of that, ≥ 80 %`,
      reached: share >= 0.8,
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

  async function measure() {
    const server = await bench.startServer('serve', {
      TROUPE_ELEMENT_ENGINE: 'nothing',
      TROUPE_ALLOW_ADDRESSES: '127.0.0.0/8',
      TROUPE_BUILD_SLOTS: '32',
      NODE_EXTRA_CA_CERTS: receiver.caFile,
    });
    const pool = new Pool(server.url, { connections: lanes, pipelining: 1 });
    const body = { ...elementBody, callback_url: receiver.url };
    const whole = async (lane: number) => {
      await receiver.waitFor(await submit(pool, keys[lane % keys.length] as string, body));
    };
    const load = await runLoad(lanes, seconds, whole);
    const loadedCallbackP95Ms = await measureCallbackP95(receiver.arrivals.splice(0));
    await runLoad(1, Math.min(seconds, 4), whole, 0.5);
    const callbackP95Ms = await measureCallbackP95(receiver.arrivals.splice(0));
    await pool.close();
    await server.stop();
    return { rate: load.rate, callbackP95Ms, loadedCallbackP95Ms };
  }
} finally {
  await bench.close();
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
