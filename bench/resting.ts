/**
 * What a resting server costs: the proportional set size of `serve` on the embedded default with its PostgreSQL and all
 * child processes, some seconds after it has made an element; and how long a second start takes until it is ready.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { listTree, readPssKib } from './helpers/measure-tree.ts';
import { printTable } from './helpers/print-table.ts';

const restSeconds = Number(process.env.BENCH_REST_SECONDS ?? 25);
const main = fileURLToPath(new URL('../bin/troupe.mjs', import.meta.url));
const photo = readFileSync(new URL('../demo/media/rc-car-front.jpg', import.meta.url)).toString('base64');
const dataFolder = await mkdtemp(join(tmpdir(), 'troupe-bench-'));
try {
  const first = await start();
  await makeElement(first.url, first.key ?? '');
  await sleep(restSeconds * 1000);
  const parts = measureTree(first.process.pid as number);
  await first.stop();
  const starts: number[] = [];
  for (let round = 0; round < 3; round++) {
    const again = await start();
    starts.push(again.readyMs);
    await again.stop();
  }
  const megabytes = parts.reduce((sum, part) => sum + part.pssKib, 0) / 1024;
  const readyMs = Math.max(...starts);
  printTable(`A resting server, ${restSeconds} s after its last element`, [
    ...parts.map((part) => ({
      what: part.name,
      measured: `${(part.pssKib / 1024).toFixed(0)} MB`,
      bar: '',
      reached: null,
    })),
    { what: 'all together (PSS)', measured: `${megabytes.toFixed(0)} MB`, bar: '≤ 300 MB', reached: megabytes <= 300 },
    {
      what: 'second start until ready, slowest of 3',
      measured: `${(readyMs / 1000).toFixed(2)} s`,
      bar: '≤ 3 s',
      reached: readyMs <= 3000,
    },
  ]);
} finally {
  await rm(dataFolder, { recursive: true, force: true });
}

async function start() {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { ...process.env, PORT: '0', TROUPE_DATA_DIR: dataFolder, TROUPE_LOG_LEVEL: 'error', DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  let url: string | undefined;
  while (url === undefined) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${text}`);
    url = /answers at (http:\S+),/.exec(text)?.[1];
    if (url === undefined) await sleep(5);
  }
  while (!(await fetch(`${url}/readyz`).then((answer) => answer.ok)));
  return {
    url,
    key: /sk-\w+/.exec(text)?.[0],
    process: child,
    readyMs: performance.now() - startedAt,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}

async function makeElement(url: string, key: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const element_image_list = { frontal_image: photo, refer_images: [{ image_url: photo }] };
  const names = { element_name: 'Car', element_description: 'A toy car' };
  const model_params = { ...names, reference_type: 'image_refer', element_image_list };
  const body = JSON.stringify({ model: 'kling-custom-element', model_params });
  const submitted = await fetch(`${url}/v1/videos/generations`, { method: 'POST', headers, body });
  let task = (await submitted.json()) as { id: string; status: string };
  while (task.status === 'pending' || task.status === 'processing') {
    await sleep(100);
    task = (await (await fetch(`${url}/v1/tasks/${task.id}`, { headers })).json()) as typeof task;
  }
  if (task.status !== 'completed') throw new Error(`the element was not made: ${JSON.stringify(task)}`);
}

/** The process and all below it, PostgreSQL's processes as one line. KiB of proportional set size. */
function measureTree(root: number): { name: string; pssKib: number }[] {
  const postmaster = Number(readFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const postgres = new Set(listTree(postmaster).map(({ pid }) => pid));
  const commands = new Map([...listTree(root), ...listTree(postmaster)].map(({ pid, command }) => [pid, command]));
  const sums = new Map<string, number>();
  for (const [pid, command] of commands) {
    const name = postgres.has(pid) ? 'PostgreSQL' : pid === root ? 'server' : `child ${command.slice(0, 40)}`;
    sums.set(name, (sums.get(name) ?? 0) + readPssKib(pid));
  }
  return [...sums].map(([name, pssKib]) => ({ name, pssKib }));
}
