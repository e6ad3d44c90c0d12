import type { ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { copyFile, open, readFile, stat, truncate } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { superuser } from './create-cluster.ts';
import { explainComplaint, isPassing, readComplaint } from './explain-complaint.ts';
import type { Home } from './home.ts';
import { findPostmaster, type Postmaster, removeZombieLocks } from './postmaster-file.ts';
import { spawnUnprivileged } from './run-unprivileged.ts';

/** What a start needs to know; the same for a first start and for one after a crash. */
export interface Launcher {
  home: Home;
  password: string;
  settings: readonly string[];
}

/** A first start makes the cluster as well; seen 1.3 s on two cores, 8 s under full load. */
const startLimitMs = 60_000;

/** The longest path of a Unix socket's folder: 107 bytes in all, less the name `/.s.PGSQL.65535`. */
const socketFolderBytesMax = 92;

/**
 * Over the Unix socket where there is one: a statement then costs 30 µs of our processor time instead of 37 over TCP (our
 * measurement, 2026-11-22). TCP stays open for `psql` and for a folder whose path is too long.
 */
export function urlOf(home: Home, password: string, port: number): string {
  const socketFolder = findSocketFolder(home);
  const way = socketFolder === '' ? '' : `?host=${encodeURIComponent(socketFolder)}`;
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres${way}`;
}

/** Where the server's Unix socket lies; empty where the path would be too long for one. */
function findSocketFolder({ clusterFolder }: Home): string {
  return process.platform !== 'win32' && Buffer.byteLength(clusterFolder) <= socketFolderBytesMax ? clusterFolder : '';
}

/** The running server of a cluster, null when none runs. Waits out one that is just starting or stopping. */
export async function findReadyPostmaster(clusterFolder: string): Promise<Postmaster | null> {
  const deadline = performance.now() + startLimitMs;
  for (;;) {
    const found = await findPostmaster(clusterFolder);
    if (found === null || found.status === 'ready' || performance.now() > deadline) return found;
    await sleep(20);
  }
}

/**
 * Starts the server and waits until it takes connections: on its former port when that is free, else on another. Where another process was faster, its server is returned.
 * Retries while backends of a killed predecessor still hold its shared memory (they leave within seconds); what won't pass is
 * thrown at once, in a sentence with the remedy.
 */
export async function launchServer(launcher: Launcher, formerPort: number | null): Promise<Postmaster> {
  const deadline = performance.now() + startLimitMs;
  const log = join(launcher.home.clusterFolder, 'server.log');
  for (;;) {
    await removeZombieLocks(launcher.home.clusterFolder);
    await rotateLog(launcher.home.clusterFolder);
    const begin = (await stat(log).catch(() => null))?.size ?? 0;
    const child = await spawnServer(launcher, await choosePort(formerPort));
    const server = await waitUntilReady(launcher, child, deadline);
    if (server !== null) return server;
    const complaint = readComplaint((await readFile(log)).subarray(begin).toString());
    if (!isPassing(complaint)) throw new Error(explainComplaint(complaint, launcher.home.clusterFolder));
    if (performance.now() > deadline) {
      throw new Error(`PostgreSQL did not start within ${startLimitMs / 1000} s: ${complaint}; its log is ${log}`);
    }
    await sleep(200);
  }
}

/** Null when the started process ended and no other serves the cluster. */
async function waitUntilReady(launcher: Launcher, child: ChildProcess, deadline: number): Promise<Postmaster | null> {
  let ended = false;
  child.once('close', () => {
    ended = true;
  });
  child.once('error', () => {
    ended = true;
  });
  child.unref();
  while (!ended && performance.now() < deadline) {
    const found = await findPostmaster(launcher.home.clusterFolder);
    if (found?.status === 'ready' && (await takesConnections(urlOf(launcher.home, launcher.password, found.port))))
      return found;
    await sleep(15);
  }
  return await findReadyPostmaster(launcher.home.clusterFolder);
}

/** Bytes of `server.log`; one older part of it is kept. */
const logSizeBytesMax = 10 * 1024 * 1024;

/**
 * Starts `server.log` anew when it has grown large, and keeps what was there as `server.log.1`. The server appends, so it goes on writing
 * at the new end; a line that comes between copy and cut is lost.
 */
export async function rotateLog(clusterFolder: string): Promise<void> {
  const log = join(clusterFolder, 'server.log');
  const size = (await stat(log).catch(() => null))?.size ?? 0;
  if (size <= logSizeBytesMax) return;
  await copyFile(log, `${log}.1`);
  await truncate(log);
}

async function spawnServer(launcher: Launcher, port: number): Promise<ChildProcess> {
  const { home, settings } = launcher;
  const log = await open(join(home.clusterFolder, 'server.log'), 'a');
  const args = [
    ['-D', home.clusterFolder],
    ['-p', String(port)],
    ...[
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${findSocketFolder(home)}`,
      'max_connections=200',
      'jit=off',
      ...settings,
    ].map((setting) => ['-c', setting]),
  ].flat();
  try {
    // Detached: a Ctrl-C in the terminal reaches us, and we stop the server in order, after our own work.
    return spawnUnprivileged(home.privileges, home.binaries.postgres, args, {
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
    });
  } finally {
    await log.close();
  }
}

async function takesConnections(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Where no system takes the ports of outgoing connections from (Linux: from 32768, macOS, Windows and the BSDs: from 49152): one of
 * those could take the server's port between its end and its next start.
 */
const portRange = [10_000, 32_000] as const;

/** The former port when it's free, which who notes it down finds again; else any free one. */
async function choosePort(former: number | null): Promise<number> {
  if (former !== null && (await isFree(former))) return former;
  for (;;) {
    const port = randomInt(...portRange);
    if (await isFree(port)) return port;
  }
}

/** Whether it could be listened on just now. */
async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  const free = await new Promise<boolean>((done) => {
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => done(true));
  });
  if (free) await new Promise((done) => probe.close(done));
  return free;
}
