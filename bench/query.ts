/**
 * `GET /v1/tasks/{id}` a second, against a bare Fastify route in a process of its own that answers the same single SELECT.
 * Rounds alternate; each figure is the median of its rounds.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Pool } from 'undici';
import { median } from './helpers/median.ts';
import { printTable } from './helpers/print-table.ts';
import { runLoad } from './helpers/run-load.ts';
import { createKeys, startBench } from './helpers/start-bench.ts';
import { elementBody, submit } from './helpers/submit.ts';

const seconds = Number(process.env.BENCH_SECONDS ?? 5);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const connections = 50;

const bench = await startBench();
const bare = await startBareServer(bench.databaseUrl);
try {
  const server = await bench.startServer('api');
  const [key] = (await createKeys(bench.database, 1)) as [string];
  const ours = new Pool(server.url, { connections, pipelining: 1 });
  const theirs = new Pool(bare.url, { connections, pipelining: 1 });
  const taskIds: string[] = [];
  for (let count = 0; count < 200; count++) taskIds.push(await submit(ours, key, elementBody));

  const read = (pool: Pool) => async (_: number, turn: number) => {
    const path = `/v1/tasks/${taskIds[turn % taskIds.length]}`;
    const answer = await pool.request({ method: 'GET', path, headers: { authorization: `Bearer ${key}` } });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${text}`);
  };
  const rates: { ours: number[]; theirs: number[]; p99: number[] } = { ours: [], theirs: [], p99: [] };
  for (let round = 0; round < rounds; round++) {
    rates.theirs.push((await runLoad(connections, seconds, read(theirs))).rate);
    const { rate, p99Ms } = await runLoad(connections, seconds, read(ours));
    rates.ours.push(rate);
    rates.p99.push(p99Ms);
  }
  const ratio = median(rates.ours) / median(rates.theirs);
  printTable('GET /v1/tasks/{id}, 50 connections', [
    { what: 'bare Fastify, same SELECT', measured: `${median(rates.theirs).toFixed(0)}/s`, bar: '', reached: null },
    {
      what: 'Troupe',
      measured: `${median(rates.ours).toFixed(0)}/s`,
      bar: `p99 ${median(rates.p99).toFixed(0)} ms`,
      reached: null,
    },
    { what: 'ratio', measured: ratio.toFixed(2), bar: '≥ 0.8', reached: ratio >= 0.8 },
  ]);
  await Promise.all([ours.close(), theirs.close()]);
} finally {
  bare.process.kill();
  await once(bare.process, 'close');
  await bench.close();
}

async function startBareServer(databaseUrl: string) {
  const file = fileURLToPath(new URL('./helpers/bare-fastify.ts', import.meta.url));
  const server = spawn(process.execPath, [file], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [chunk] = (await once(server.stdout, 'data')) as [Buffer];
  return { process: server, url: chunk.toString().trim() };
}
