import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../../../test/helpers/until.ts';
import { findPostmaster, isAlive } from './postmaster-file.ts';
import { type EmbeddedPostgres, startPostgres } from './start-postgres.ts';

let folder: string;
const cleaners: (() => Promise<unknown> | unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troupe-embedded-'));
});
afterEach(async () => {
  for (const clean of cleaners.splice(0).reverse()) await clean();
  const left = await findPostmaster(join(folder, 'postgres'));
  if (left !== null) process.kill(left.pid, 'SIGQUIT');
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

const start = async (onRestart?: (reason: string) => void): Promise<EmbeddedPostgres> => {
  const postgres = await startPostgres({
    dataFolder: folder,
    settings: ['fsync=off'],
    ...(onRestart && { onRestart }),
  });
  cleaners.push(() => postgres.stop());
  return postgres;
};

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query({ text, rowMode: 'array' });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

/** Another process that starts or adopts the server of the folder. */
async function hold(): Promise<{
  pid: number;
  url: string;
  adopted: boolean;
  stop(signal: NodeJS.Signals): Promise<void>;
}> {
  const script = new URL('../../../test/helpers/hold-postgres.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await ended;
  };
  cleaners.push(() => stop('SIGKILL'));
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const line = await until('a started PostgreSQL', () => text.includes('\n') && text, 60_000);
  return { pid: child.pid as number, stop, ...JSON.parse(line) };
}

const serverPid = async () => (await findPostmaster(join(folder, 'postgres')))?.pid as number;

test('a first start makes a UTF-8 cluster with a password of its own, under a folder that only its owner may enter', async () => {
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  const { url, adopted } = await start();
  expect(adopted).toBe(false);
  expect(await ask(url, "select current_setting('server_encoding') || ' ' || 'ü🦆'")).toBe('UTF8 ü🦆');
  const wrong = url.replace(/:[^:@]+@/, ':wrong@');
  await expect(ask(wrong, 'select 1')).rejects.toThrow(/password/);
  const log = await readFile(join(folder, 'postgres', 'server.log'), 'utf8');
  expect(log).not.toContain(new URL(url).password);
});

test('a stopped server is gone, and what was written is there at the next start', async () => {
  const first = await start();
  await ask(first.url, 'create table kept as select 42 as answer');
  const pid = await serverPid();
  await first.stop();
  expect(isAlive(pid)).toBe(false);
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await ask(second.url, 'select answer from kept')).toBe(42);
});

test('the server of an owner that was killed is adopted with its data, and stopped by who adopted it', async () => {
  const owner = await hold();
  expect(owner.adopted).toBe(false);
  await ask(owner.url, 'create table kept as select 42 as answer');
  const pid = await serverPid();
  await owner.stop('SIGKILL');
  expect(isAlive(pid)).toBe(true);
  const heir = await start();
  expect([heir.adopted, await serverPid()]).toEqual([true, pid]);
  expect(await ask(heir.url, 'select answer from kept')).toBe(42);
  await heir.stop();
  expect(isAlive(pid)).toBe(false);
});

test('a server that was killed is started again on the same port, with what had been committed', async () => {
  const reasons: string[] = [];
  const { url } = await start((reason) => reasons.push(reason));
  await ask(url, 'create table kept as select 42 as answer');
  await ask(url, 'checkpoint');
  process.kill(await serverPid(), 'SIGKILL');
  const answer = await until('the next server', () => ask(url, 'select answer from kept').catch(() => null), 30_000);
  expect(answer).toBe(42);
  expect(reasons.join()).toContain('is gone');
});

test('two processes that start at once on an empty folder share one server', async () => {
  const [one, other] = await Promise.all([hold(), hold()]);
  expect(one.url).toBe(other.url);
  expect(await ask(one.url, 'select 1')).toBe(1);
});

test('a file left behind by a dead server, whose number now belongs to another process, is not believed', async () => {
  const first = await start();
  await first.stop();
  const path = join(folder, 'postgres', 'postmaster.pid');
  await writeFile(
    path,
    [process.pid, join(folder, 'postgres'), 1, new URL(first.url).port, '', '127.0.0.1', '', 'ready', ''].join('\n'),
  );
  expect(await findPostmaster(join(folder, 'postgres'))).toBeNull();
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await ask(second.url, 'select 1')).toBe(1);
});
