/**
 * Accepted submissions a second over HTTP, against the rate at which the same statements commit through bare `pg` on the
 * same database in the same run, and what each costs in processor time. Rounds alternate, since machines are noisy; each figure is the median of its rounds.
 */
import pg from 'pg';
import { Pool } from 'undici';
import { type Cost, createCostMeter, describeCosts } from './helpers/measure-cost.ts';
import { median } from './helpers/median.ts';
import { printTable } from './helpers/print-table.ts';
import { type LoadResult, runLoad } from './helpers/run-load.ts';
import { createKeys, startBench } from './helpers/start-bench.ts';
import { recordStatements, replayStatements } from './helpers/statements.ts';
import { elementBody, submit } from './helpers/submit.ts';

const seconds = Number(process.env.BENCH_SECONDS ?? 6);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const connections = 50;

type Measured = LoadResult & { cost: Cost };

const bench = await startBench();
try {
  const server = await bench.startServer('api');
  const pool = new Pool(server.url, { connections, pipelining: 1 });
  const keys = await createKeys(bench.database, connections);
  const [singleKey] = (await createKeys(bench.database, 1)) as [string];
  const statements = await recordStatements(bench);

  const { rows: files } = await bench.database.pool.query<{ pid: string }>(
    "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid",
  );
  const postmaster = Number(files[0]?.pid);
  const measured = createCostMeter({ server: Number(server.process.pid), database: postmaster });
  const overHttp = () =>
    measured((count) =>
      runLoad(connections, seconds, (lane) => count(submit(pool, keys[lane] as string, elementBody))),
    );
  const overHttpSingle = () =>
    measured((count) => runLoad(connections, seconds, () => count(submit(pool, singleKey, elementBody))));
  const atRest = () =>
    measured((count) =>
      runLoad(1, seconds, (_, turn) => count(submit(pool, keys[turn % connections] as string, elementBody))),
    );

  async function bare(clientCount: number, accounts: number): Promise<Measured> {
    const clients = await Promise.all(
      Array.from({ length: clientCount }, async () => {
        const client = new pg.Client({ connectionString: bench.databaseUrl });
        await client.connect();
        return client;
      }),
    );
    const owners = await statements.createOwners(accounts);
    try {
      const say = (lane: number, turn: number) =>
        replayStatements(clients[lane] as pg.Client, statements, owners[turn % accounts] as (typeof owners)[0]);
      return await measured((count) => runLoad(clientCount, seconds, (lane, turn) => count(say(lane, turn))));
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  }

  const http: Measured[] = [];
  const httpSingle: Measured[] = [];
  const rest: Measured[] = [];
  const pgRates = new Map<number, Measured[]>([
    [10, []],
    [20, []],
    [50, []],
  ]);
  const pgSingle: Measured[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [count, results] of pgRates) results.push(await bare(count, 50));
    rest.push(await atRest());
    http.push(await overHttp());
    pgSingle.push(await bare(10, 1));
    httpSingle.push(await overHttpSingle());
  }

  const rateOf = (results: readonly Measured[]) => median(results.map((one) => one.rate));
  const best = Math.max(...[...pgRates.values()].map(rateOf));
  const rate = rateOf(http);
  const p99 = median(http.map((one) => one.p99Ms));
  const p99Max = 2 * median(rest.map((one) => one.p50Ms)) + 50;
  const single = rateOf(httpSingle);
  const singleBest = rateOf(pgSingle);
  const show = (what: string, measured: string, bar = '', reached: boolean | null = null) => ({
    what,
    measured,
    bar,
    reached,
  });
  printTable('Accepted submissions, 50 connections', [
    ...[...pgRates].map(([count, results]) =>
      show(
        `bare pg, ${count} connections, 50 accounts`,
        `${rateOf(results).toFixed(0)}/s`,
        describeCosts(results.map(({ cost }) => cost)),
      ),
    ),
    show('over HTTP, 50 accounts', `${rate.toFixed(0)}/s`, describeCosts(http.map(({ cost }) => cost))),
    show('ratio', (rate / best).toFixed(2), '≥ 1.0', rate >= best),
    show('p99', `${p99.toFixed(0)} ms`, `≤ ${p99Max.toFixed(0)} ms, twice a single one at rest + 50`, p99 <= p99Max),
    show(
      'one at a time, p50',
      `${median(rest.map((one) => one.p50Ms)).toFixed(1)} ms`,
      describeCosts(rest.map(({ cost }) => cost)),
    ),
    show('bare pg, one account', `${singleBest.toFixed(0)}/s`, describeCosts(pgSingle.map(({ cost }) => cost))),
    show(
      'over HTTP, one account',
      `${single.toFixed(0)}/s`,
      `ratio ${(single / singleBest).toFixed(2)}; ${describeCosts(httpSingle.map(({ cost }) => cost))}`,
    ),
  ]);
  await pool.close();
} finally {
  await bench.close();
}
