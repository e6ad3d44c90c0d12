/**
 * What traces cost: processor time of an `api` process for one request, with no collector named and with one, in turns; and the calls
 * that are left where nothing is traced, alone.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { noTracing } from '../src/tracing/index.ts';
import { median } from './helpers/median.ts';
import { printTable } from './helpers/print-table.ts';
import { readCpuSeconds } from './helpers/read-cpu-seconds.ts';
import { createKeys, startBench } from './helpers/start-bench.ts';
import { elementBody, submit } from './helpers/submit.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const requestsEach = Number(process.env.BENCH_REQUESTS ?? 400);

const bench = await startBench();
const collector = createServer((request, response) => {
  request.resume().once('end', () => response.writeHead(200).end());
});
collector.listen(0, '127.0.0.1');
await once(collector, 'listening');
try {
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
  const [key] = (await createKeys(bench.database, 1)) as [string];
  const off = await bench.startServer('api', { OTEL_EXPORTER_OTLP_ENDPOINT: '' });
  const on = await bench.startServer('api', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
  const pools = { off: new Pool(off.url, { connections: 8 }), on: new Pool(on.url, { connections: 8 }) };
  const sides = { off: { pool: pools.off, pid: off.process.pid }, on: { pool: pools.on, pid: on.process.pid } };
  const query = async ({ pool }: Side) => {
    const answer = await pool.request({
      method: 'GET',
      path: '/v1/credits',
      headers: { authorization: `Bearer ${key}` },
    });
    await answer.body.dump();
  };
  const accept = ({ pool }: Side) => submit(pool, key, elementBody);
  const queries = await compare(sides, query);
  const accepts = await compare(sides, accept);
  const nothingNs = measureNothing();
  const us = (value: number) => `${value.toFixed(0)} µs`;
  printTable(`Traces, ${rounds} rounds of ${requestsEach} requests`, [
    { what: 'GET /v1/credits, no collector, processor time', measured: us(queries.offUs), bar: '', reached: null },
    {
      what: 'the same, traced',
      measured: `${us(queries.onUs)}, ${queries.ratio.toFixed(2)} ×`,
      bar: '',
      reached: null,
    },
    { what: 'POST of an element, no collector', measured: us(accepts.offUs), bar: '', reached: null },
    {
      what: 'the same, traced',
      measured: `${us(accepts.onUs)}, ${accepts.ratio.toFixed(2)} ×`,
      bar: '',
      reached: null,
    },
    {
      what: 'all calls of a task where nothing is traced',
      measured: `${nothingNs.toFixed(0)} ns, ${(nothingNs / 10 / accepts.offUs).toFixed(3)} % of its POST`,
      bar: '≤ 0.1 % of its POST',
      reached: nothingNs / 1000 / accepts.offUs <= 0.001,
    },
  ]);
  await Promise.all([pools.off.close(), pools.on.close()]);
} finally {
  collector.close();
  await bench.close();
}

interface Side {
  pool: Pool;
  pid: number | undefined;
}

/** Microseconds of processor time for one request of each side: medians of rounds in turns, after one that doesn't count. */
async function compare({ off, on }: Record<'off' | 'on', Side>, ask: (side: Side) => Promise<unknown>) {
  const measured: { off: number; on: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const first = round % 2 === 0;
    const one = await measure(first ? off : on, ask);
    const other = await measure(first ? on : off, ask);
    if (round > 0) measured.push(first ? { off: one, on: other } : { off: other, on: one });
  }
  return {
    offUs: median(measured.map((each) => each.off)),
    onUs: median(measured.map((each) => each.on)),
    ratio: median(measured.map((each) => each.on / each.off)),
  };
}

async function measure(side: Side, ask: (side: Side) => Promise<unknown>): Promise<number> {
  const before = readCpuSeconds(side.pid);
  const worker = async (share: number) => {
    for (let count = 0; count < share; count++) await ask(side);
  };
  await Promise.all(Array.from({ length: 8 }, () => worker(requestsEach / 8)));
  return ((readCpuSeconds(side.pid) - before) / requestsEach) * 1e6;
}

/** Nanoseconds of what a task's way from its POST to its callback calls where nothing is traced: `active` twice, three spans, six steps. */
function measureNothing(): number {
  const work = async () => undefined;
  const count = 200_000;
  const startedAt = process.cpuUsage();
  for (let index = 0; index < count; index++) {
    const { traceparent } = noTracing.active();
    const span = noTracing.active();
    for (let step = 0; step < 6; step++) span.step('step', 1);
    for (const name of ['attempt', 'conclude', 'callback']) void noTracing.span(name, { parent: traceparent }, work);
  }
  const { user, system } = process.cpuUsage(startedAt);
  return ((user + system) * 1000) / count;
}
