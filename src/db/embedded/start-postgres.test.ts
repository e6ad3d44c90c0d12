import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../../test/helpers/until.ts';
import { connect, type Database } from '../connect.ts';
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
  const line = await until('a started PostgreSQL', () => text.includes('\n') && text);
  return { pid: child.pid as number, stop, ...JSON.parse(line) };
}

/** Listens on a port as soon as it is free. */
async function takePort(port: number): Promise<Server> {
  return await until('a free port', async () => {
    const server = createServer();
    const taken = await new Promise<boolean>((done) => {
      server.once('error', () => done(false)).listen(port, '127.0.0.1', () => done(true));
    });
    return taken && server;
  });
}

const serverPid = async () => (await findPostmaster(join(folder, 'postgres')))?.pid as number;

test('what is committed is on the disk: a server that was given no settings has every guard against a power cut on', async () => {
  const postgres = await startPostgres({ dataFolder: folder });
  cleaners.push(() => postgres.stop());
  const database = connect({ url: postgres.url, connectionsMax: 1, onError: () => undefined });
  cleaners.push(() => database.close());
  const guards = ['fsync', 'synchronous_commit', 'full_page_writes'];
  // As our own connections have them, which could turn one off for themselves.
  for (const guard of guards) expect([guard, await readSetting(database, guard)]).toEqual([guard, 'on']);
});

async function readSetting({ db }: Database, name: string): Promise<string | undefined> {
  const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(db);
  return rows[0]?.value;
}

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
  const answer = await until('the next server', () => ask(url, 'select answer from kept').catch(() => null));
  expect(answer).toBe(42);
  expect(reasons.join()).toContain('is gone');
});

test('a server whose port was taken while it was down comes back on another, where the pools of all its processes find it', async () => {
  const [one, other] = [await start(), await start()];
  const pools = [one, other].map((postgres) =>
    connect({ url: () => postgres.url, connectionsMax: 2, onError: () => undefined }),
  );
  for (const { close } of pools) cleaners.push(close);
  const count = async ({ db }: Database) =>
    (await sql<{ answer: number }>`select answer from kept`.execute(db)).rows[0]?.answer;
  await ask(one.url, 'create table kept as select 42 as answer');
  await ask(one.url, 'checkpoint');
  const { port } = new URL(one.url);
  process.kill(await serverPid(), 'SIGKILL');
  const taker = await takePort(Number(port));
  cleaners.push(() => taker.close());
  for (const pool of pools) await until('the next server', () => count(pool).catch(() => null));
  expect([await count(pools[0] as Database), await count(pools[1] as Database)]).toEqual([42, 42]);
  expect(one.url).toBe(other.url);
  expect(new URL(one.url).port).not.toBe(port);
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

describe.runIf(process.getuid?.() === 0)('as root where user namespaces are forbidden', () => {
  const path = process.env.PATH;
  let programs: string;
  beforeEach(async () => {
    programs = await mkdtemp(join(tmpdir(), 'troupe-path-'));
    await writeFile(join(programs, 'unshare'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    process.env.PATH = `${programs}:${path}`;
  });
  afterEach(async () => {
    process.env.PATH = path;
    await rm(programs, { recursive: true });
  });

  const cluster = () => join(folder, 'postgres');
  const formerHome = () => `/var/lib/troupe-postgres-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;

  test('the cluster lies inside the data folder, and goes with it when the folder is moved', async () => {
    const first = await start();
    await ask(first.url, 'create table kept as select 42 as answer');
    expect((await stat(cluster())).uid).toBe(65_534);
    await expect(stat(formerHome())).rejects.toThrow('ENOENT');
    await first.stop();
    const moved = `${folder}-moved`;
    await rename(folder, moved);
    folder = moved;
    expect(await ask((await start()).url, 'select answer from kept')).toBe(42);
  });

  test('a cluster that was made with namespaces works without them, and again with them', async () => {
    process.env.PATH = path;
    const first = await start();
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    process.env.PATH = `${programs}:${path}`;
    const second = await start();
    expect(await ask(second.url, 'select answer from kept')).toBe(42);
    await second.stop();
    process.env.PATH = path;
    expect(await ask((await start()).url, 'select answer from kept')).toBe(42);
  });

  test('a cluster that an older version kept in /var/lib is moved into the data folder, and told', async () => {
    const first = await start();
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    cleaners.push(() => rm(formerHome(), { recursive: true, force: true }));
    await mkdir(formerHome());
    await rename(cluster(), join(formerHome(), 'cluster'));
    const notices: string[] = [];
    const second = await startPostgres({ dataFolder: folder, onNotice: (text) => notices.push(text) });
    cleaners.push(() => second.stop());
    expect(await ask(second.url, 'select answer from kept')).toBe(42);
    expect(notices.join()).toContain(`moved from ${formerHome()}/cluster to ${cluster()}`);
  });

  test('a data folder that was moved away from its database in /var/lib does not start empty', async () => {
    await (await start()).stop();
    cleaners.push(() => rm(formerHome(), { recursive: true, force: true }));
    await mkdir(formerHome());
    await rename(cluster(), join(formerHome(), 'cluster'));
    const former = formerHome();
    await mkdir(join(folder, 'storage', 'elements'), { recursive: true });
    await rename(folder, `${folder}-moved`);
    folder = `${folder}-moved`;
    await expect(start()).rejects.toThrow(`${former}/cluster`);
  });

  test('a data folder that the unprivileged user cannot enter is refused with the remedy', async () => {
    const closed = await mkdtemp(join(tmpdir(), 'troupe-closed-'));
    cleaners.push(() => rm(closed, { recursive: true }));
    await expect(startPostgres({ dataFolder: join(closed, 'data') })).rejects.toThrow(
      /TROUPE_DATA_DIR[\s\S]*DATABASE_URL/,
    );
  });
});
