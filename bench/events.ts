/**
 * Event streams: the processor time that open streams add to a server while nothing happens, and how long after its commit in another
 * process a change has reached all of them; against bare Fastify streams in the same run.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';
import { median } from './helpers/median.ts';
import { printTable } from './helpers/print-table.ts';
import { readCpuSeconds } from './helpers/read-cpu-seconds.ts';
import { createKeys, startBench } from './helpers/start-bench.ts';
import { elementBody } from './helpers/submit.ts';

const streamCount = Number(process.env.BENCH_STREAMS ?? 500);
/** Two rounds of comments. */
const restSeconds = Number(process.env.BENCH_REST_SECONDS ?? 30);
const changes = Number(process.env.BENCH_CHANGES ?? 40);

const bench = await startBench();
const bare = spawn(process.execPath, [fileURLToPath(new URL('./helpers/bare-stream.ts', import.meta.url))], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const dispatcher = new Agent({ connections: streamCount + 50, bodyTimeout: 0, headersTimeout: 0 });
try {
  const [chunk] = (await once(bare.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  const bareUrl = chunk.toString().trim();
  const follower = await bench.startServer('api', { TROUPE_KEY_STREAMS: String(streamCount) });
  const other = await bench.startServer('api');
  const [key] = (await createKeys(bench.database, 1)) as [string];
  const authorization = `Bearer ${key}`;

  const alone = await measureRest(follower.process);
  const ours = await openStreams(follower.url, { authorization });
  const oursAtRest = await measureRest(follower.process);
  const submitted = await measureDeliveries(ours, async () => {
    await post(`${other.url}/v1/videos/generations`, JSON.stringify(elementBody), { authorization });
  });
  ours.close();

  const bareAlone = await measureRest(bare);
  const theirs = await openStreams(bareUrl, {});
  const bareAtRest = await measureRest(bare);
  const { body } = await request(`${follower.url}/v1/tasks?limit=1`, { headers: { authorization } });
  const line = await body.text();
  const emitted = await measureDeliveries(theirs, () => post(`${bareUrl}/emit`, line, {}));
  theirs.close();

  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const percent = (share: number) => `${(share * 100).toFixed(2)} % of a core`;
  const slowest = Math.max(...submitted.afterAnswer);
  printTable(`${streamCount} open event streams, ${changes} changes made by another process`, [
    {
      what: 'at rest, added by the streams',
      measured: percent(oursAtRest - alone),
      bar: '≤ 1 % of a core',
      reached: oursAtRest - alone <= 0.01,
    },
    { what: 'the same, bare Fastify', measured: percent(bareAtRest - bareAlone), bar: '', reached: null },
    { what: 'at rest, the server with its streams', measured: percent(oursAtRest), bar: '', reached: null },
    { what: 'at rest, the server without', measured: percent(alone), bar: '', reached: null },
    {
      what: 'answer (after commit) to the last stream, median',
      measured: ms(median(submitted.afterAnswer)),
      bar: '',
      reached: null,
    },
    { what: 'the same, slowest', measured: ms(slowest), bar: '≤ 200 ms', reached: slowest <= 200 },
    {
      what: 'request to the last stream, median',
      measured: ms(median(submitted.afterRequest)),
      bar: '',
      reached: null,
    },
    {
      what: 'request to the last stream, bare Fastify, median',
      measured: ms(median(emitted.afterRequest)),
      bar: '',
      reached: null,
    },
  ]);
} finally {
  await dispatcher.close().catch(() => undefined);
  bare.kill();
  await bench.close();
}

interface Streams {
  /** Resolves when every stream has had `count` events in all. */
  reached(count: number): Promise<void>;
  close(): void;
}

async function openStreams(url: string, headers: Record<string, string>): Promise<Streams> {
  const counts = new Array<number>(streamCount).fill(0);
  const stop = new AbortController();
  let wanted = Number.POSITIVE_INFINITY;
  let missing = 0;
  let done: () => void = () => undefined;
  const begun = Array.from({ length: streamCount }, async (_, at) => {
    const { statusCode, body } = await request(`${url}/v1/events`, { dispatcher, headers, signal: stop.signal });
    if (statusCode !== 200) throw new Error(`a stream was answered ${statusCode}`);
    body.on('error', () => undefined);
    body.on('data', (piece: Buffer) => {
      const before = counts[at] as number;
      counts[at] = before + (piece.toString().match(/^event: task$/gm)?.length ?? 0);
      if (before < wanted && (counts[at] as number) >= wanted && --missing === 0) done();
    });
    await once(body, 'data');
  });
  await Promise.all(begun);
  return {
    reached(count) {
      wanted = count;
      missing = counts.filter((one) => one < count).length;
      if (missing === 0) return Promise.resolve();
      return new Promise((resolve) => {
        done = resolve;
      });
    },
    close: () => stop.abort(),
  };
}

/** Milliseconds until each change had reached every stream. */
async function measureDeliveries(streams: Streams, change: () => Promise<void>) {
  const afterRequest: number[] = [];
  const afterAnswer: number[] = [];
  for (let count = 1; count <= changes; count += 1) {
    const arrived = streams.reached(count).then(() => performance.now());
    const startedAt = performance.now();
    await change();
    const answeredAt = performance.now();
    const arrivedAt = await arrived;
    afterRequest.push(arrivedAt - startedAt);
    afterAnswer.push(Math.max(0, arrivedAt - answeredAt));
    await sleep(100);
  }
  return { afterRequest, afterAnswer };
}

/** The share of a core that the process used while nothing happened. */
async function measureRest({ pid }: ChildProcess): Promise<number> {
  await sleep(2_000);
  const [before, startedAt] = [readCpuSeconds(pid), performance.now()];
  await sleep(restSeconds * 1000);
  return (readCpuSeconds(pid) - before) / ((performance.now() - startedAt) / 1000);
}

async function post(url: string, body: string, headers: Record<string, string>): Promise<void> {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}: ${text.slice(0, 200)}`);
}
