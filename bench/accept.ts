/**
 * Accepted submissions a second over HTTP, against the rate at which the same statements commit through bare `pg` on the
 * same database in the same run. Rounds alternate, since machines are noisy; each figure is the median of its rounds.
 */
import pg from 'pg';
import { Pool } from 'undici';
import { median } from './helpers/median.ts';
import { printTable } from './helpers/print-table.ts';
import { type LoadResult, runLoad } from './helpers/run-load.ts';
import { createKeys, startBench } from './helpers/start-bench.ts';
import { recordStatements, replayStatements } from './helpers/statements.ts';
import { elementBody, submit } from './helpers/submit.ts';

const seconds = Number(process.env.BENCH_SECONDS ?? 6);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const connections = 50;

const bench = await startBench();
try {
  const server = await bench.startServer('api');
  const pool = new Pool(server.url, { connections, pipelining: 1 });
  const keys = await createKeys(bench.database, connections);
  const [singleKey] = (await createKeys(bench.database, 1)) as [string];
  const statements = await recordStatements(bench);

  const overHttp = () => runLoad(connections, seconds, (lane) => submit(pool, keys[lane] as string, elementBody));
  const overHttpSingle = () => runLoad(connections, seconds, () => submit(pool, singleKey, elementBody));

  async function bare(count: number, accounts: number): Promise<LoadResult> {
    const clients = await Promise.all(
      Array.from({ length: count }, async () => {
        const client = new pg.Client({ connectionString: bench.databaseUrl });
        await client.connect();
        return client;
      }),
    );
    const owners = await statements.createOwners(accounts);
    try {
      return await runLoad(count, seconds, (lane, turn) =>
        replayStatements(clients[lane] as pg.Client, statements, owners[turn % accounts] as (typeof owners)[0]),
      );
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  }

  const http: LoadResult[] = [];
  const httpSingle: LoadResult[] = [];
  const pgRates = new Map<number, LoadResult[]>([
    [10, []],
    [20, []],
    [50, []],
  ]);
  const pgSingle: LoadResult[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [count, results] of pgRates) results.push(await bare(count, 50));
    http.push(await overHttp());
    pgSingle.push(await bare(10, 1));
    httpSingle.push(await overHttpSingle());
  }

  const best = Math.max(...[...pgRates.values()].map((results) => median(results.map((one) => one.rate))));
  const rate = median(http.map((one) => one.rate));
  const p99 = median(http.map((one) => one.p99Ms));
  const single = median(httpSingle.map((one) => one.rate));
  const singleBest = median(pgSingle.map((one) => one.rate));
  printTable('Accepted submissions, 50 connections', [
    ...[...pgRates].map(([count, results]) => ({
      what: `bare pg, ${count} connections, 50 accounts`,
      measured: `${median(results.map((one) => one.rate)).toFixed(0)}/s`,
      bar: '',
      reached: null,
    })),
    { what: 'over HTTP, 50 accounts', measured: `${rate.toFixed(0)}/s`, bar: '≥ 300/s', reached: rate >= 300 },
    { what: 'ratio', measured: (rate / best).toFixed(2), bar: '≥ 0.6', reached: rate / best >= 0.6 },
    { what: 'p99', measured: `${p99.toFixed(0)} ms`, bar: '≤ 100 ms', reached: p99 <= 100 },
    { what: 'bare pg, one account', measured: `${singleBest.toFixed(0)}/s`, bar: '', reached: null },
    {
      what: 'over HTTP, one account',
      measured: `${single.toFixed(0)}/s`,
      bar: `ratio ${(single / singleBest).toFixed(2)}`,
      reached: null,
    },
  ]);
  await pool.close();
} finally {
  await bench.close();
}
