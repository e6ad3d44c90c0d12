/**
 * Runs the processes of both compose layouts for real, without containers: each service of deploy/compose*.yaml that is this program, as
 * often as it says and with the settings that it says, against a PostgreSQL of its own, a store of S3 in this process and Caddy,
 * where it is installed. In the midst a worker and an api process are killed. Takes about a minute:
 *   node test/deploy/run-layouts.ts
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { startPostgres } from '../../src/db/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { runTroupe, startProcess } from '../helpers/run-command-line.ts';
import { startStandInS3 } from '../helpers/stand-in-s3/stand-in-s3.ts';
import { until } from '../helpers/until.ts';

const deploy = new URL('../../deploy/', import.meta.url);
const folder = await mkdtemp(join(tmpdir(), 'troupe-layouts-'));
const closers: (() => PromiseLike<unknown> | unknown)[] = [() => rm(folder, { recursive: true, force: true })];
const say = (text: string) => process.stdout.write(`${text}\n`);
const limitMs = 180_000;
/** Where Debian installs it. */
const caddy = '/usr/bin/caddy';

try {
  await runCluster();
  await runOneBox();
  say('both layouts: all that was accepted has ended');
} finally {
  for (const close of closers.reverse()) await close();
}

async function loadServices(name: string) {
  return parse(await readFile(new URL(name, deploy), 'utf8'), { merge: true }).services;
}

async function runCluster(): Promise<void> {
  const services = await loadServices('compose.cluster.yaml');
  const postgres = await startPostgres({ dataFolder: join(folder, 'named') });
  closers.push(() => postgres.stop());
  const s3 = await startStandInS3();
  closers.push(() => s3[Symbol.asyncDispose]());
  const start = async (service: string, at: number) => {
    const data = join(folder, `${service}-${at}`);
    await mkdir(data, { recursive: true });
    const port = (service === 'api' ? 4660 : 4670) + at;
    const named = Object.entries(services[service].environment as Record<string, string>);
    const settings = Object.fromEntries(named.filter(([name]) => !/^(DATABASE_URL|TROUPE_PUBLIC_URL)$/.test(name)));
    const environment = {
      ...settings,
      ...s3.environment,
      DATABASE_URL: postgres.url,
      TROUPE_DATA_DIR: data,
      TROUPE_TRUST_PROXY: '127.0.0.1',
      ...(service === 'api' ? { PORT: String(port) } : { TROUPE_WORKER_PROBE_PORT: String(port) }),
    };
    const running = startProcess(['bin/troupe.mjs', ...services[service].command], environment);
    closers.push(() => stop(running.child));
    await until(`${service} ${at} is healthy`, () => isOk(`http://127.0.0.1:${port}/healthz`), limitMs);
    return { ...running, port };
  };
  const apis = await Promise.all([...Array(services.api.deploy.replicas).keys()].map((at) => start('api', at)));
  const workers = await Promise.all(
    [...Array(services.worker.deploy.replicas).keys()].map((at) => start('worker', at)),
  );
  say(`${apis.length} api and ${workers.length} worker processes are healthy`);
  const made = await runTroupe(
    ['keys', 'create', '--account', 'me', '--name', 'first', '--credits', '1000', '--json'],
    {
      DATABASE_URL: postgres.url,
      TROUPE_DATA_DIR: folder,
    },
  );
  const { key } = JSON.parse(made.stdout);
  const url = (await startCaddy(apis[0]?.port ?? 0)) ?? `http://127.0.0.1:${apis[0]?.port}`;
  const picture = await loadPicture();
  const ids = await Promise.all([...Array(8).keys()].map(() => submit(url, key, picture)));
  workers[0]?.child.kill('SIGKILL');
  apis[1]?.child.kill('SIGKILL');
  say('a worker and an api process were killed');
  await waitForAll(url, key, ids);
  say(`${ids.length} elements by ${url}, files in the store: ${s3.keys().length}`);
}

/** Null where Caddy isn't installed. The name in the Caddyfile stands for one process here, as 127.0.0.1 has one port only. */
async function startCaddy(port: number): Promise<string | null> {
  if (spawnSync(caddy, ['version']).error !== undefined) {
    say('Caddy is not installed: asked without it');
    return null;
  }
  const running = spawn(caddy, ['run', '--config', new URL('Caddyfile', deploy).pathname, '--adapter', 'caddyfile'], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      DOMAIN: 'http://localhost:4680',
      UPSTREAM_NAME: 'localhost',
      UPSTREAM_PORT: String(port),
    },
    stdio: 'ignore',
  });
  closers.push(() => stop(running));
  await until('Caddy answers', () => isOk('http://localhost:4680/healthz'), limitMs);
  return 'http://localhost:4680';
}

async function runOneBox(): Promise<void> {
  const { troupe } = await loadServices('compose.yaml');
  const data = join(folder, 'box');
  const { child, output } = startProcess(['bin/troupe.mjs', 'serve'], {
    ...troupe.environment,
    TROUPE_DATA_DIR: data,
    PORT: '4690',
  });
  closers.push(() => stop(child));
  await until('the box prints its key', () => /sk-\w+/.test(output.stdout), limitMs);
  const key = /sk-\w+/.exec(output.stdout)?.[0] ?? '';
  const ids = [await submit('http://127.0.0.1:4690', key, await loadPicture())];
  await waitForAll('http://127.0.0.1:4690', key, ids);
  say('one box: an element by the embedded PostgreSQL');
}

async function submit(url: string, key: string, picture: string): Promise<string> {
  const answer = await fetch(`${url}/v1/videos/generations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(imageRequest(picture)),
  });
  const body = (await answer.json()) as { id: string };
  if (answer.status !== 200) throw new Error(`refused: ${answer.status} ${JSON.stringify(body)}`);
  return body.id;
}

async function waitForAll(url: string, key: string, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    const status = await until(
      `the end of ${id}`,
      async () => {
        const answer = await fetch(`${url}/v1/tasks/${id}`, { headers: { authorization: `Bearer ${key}` } });
        const { status: now } = (await answer.json()) as { status: string };
        return ['pending', 'processing'].includes(now) ? null : now;
      },
      limitMs,
    );
    if (status !== 'completed') throw new Error(`${id} has ${status}`);
  }
}

async function isOk(url: string): Promise<boolean> {
  return await fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function loadPicture(): Promise<string> {
  return (await readFile(new URL('../../demo/media/rc-car-front.jpg', import.meta.url))).toString('base64');
}

async function stop(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}
