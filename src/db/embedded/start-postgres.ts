import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clientName } from '../connect.ts';
import { createCluster } from './create-cluster.ts';
import { prepareHome } from './home.ts';
import { findReadyPostmaster, type Launcher, launchServer, rotateLog, urlOf } from './launch-server.ts';
import { findFormerPort, isAlive, type Postmaster } from './postmaster-file.ts';

/** A running server of the embedded PostgreSQL. */
export interface EmbeddedPostgres {
  /**
   * Connection string of the default database; holds the password, so never log it. A server that was started again on another
   * port has another one: read it for each connection.
   */
  readonly url: string;
  /** True when the server already ran: another process of ours owns it, or one that was killed left it behind. */
  adopted: boolean;
  /**
   * Stops the server (PostgreSQL's fast shutdown) and waits until it has ended; leaves it to other processes of this
   * program that are still connected: the last one stops it. Close the own connections first.
   */
  stop(): Promise<void>;
  /** Stops watching, leaves the server running for the others that use it. */
  leave(): void;
}

export interface StartPostgresOptions {
  /** Folder of this program's data; the cluster lies in `postgres/` below it. Absolute or relative. */
  dataFolder: string;
  /** Extra `name=value` server settings, for tests (`fsync=off`). */
  settings?: readonly string[];
  /** The caller fills a database that isn't there: stored files without one are no sign that it lies elsewhere. Default false. */
  isToBeFilled?: boolean;
  /** Told of what an operator should know of the cluster's place: it was moved, or another lies unused. */
  onNotice?(text: string): void;
  /** Called when the server ended by itself or was killed; it's started again. */
  onRestart?(reason: string): void;
}

/**
 * Runs this program's own PostgreSQL on a free port of 127.0.0.1, or adopts the one that already runs in the data
 * folder. A server that ends while it is used is started again, on the same port unless somebody else has taken it.
 */
export async function startPostgres(options: StartPostgresOptions): Promise<EmbeddedPostgres> {
  const dataFolder = resolve(options.dataFolder);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const home = await prepareHome(dataFolder, options);
  const password = await createCluster(home.binaries, home.privileges, home.clusterFolder);
  const running = await findReadyPostmaster(home.clusterFolder);
  const launcher: Launcher = { home, password, settings: options.settings ?? [] };
  const server = running ?? (await launchServer(launcher, await findFormerPort(home.clusterFolder)));
  const watch = watchServer(launcher, server, options.onRestart);
  return {
    get url() {
      return urlOf(home, password, watch.port());
    },
    adopted: running !== null,
    async stop() {
      const pid = await watch.end();
      if (!(await isUsedByOthers(urlOf(home, password, watch.port())))) await stopServer(pid);
    },
    leave: () => void watch.end(),
  };
}

/** The running server of `dataFolder`, if any, for commands that work beside it. Null when none runs. */
export async function findRunningPostgres(dataFolder: string): Promise<{ url: string } | null> {
  const home = await prepareHome(resolve(dataFolder)).catch(() => null);
  if (home === null) return null;
  const running = await findReadyPostmaster(home.clusterFolder);
  if (running === null) return null;
  const password = await createCluster(home.binaries, home.privileges, home.clusterFolder);
  return { url: urlOf(home, password, running.port) };
}

/** Looks each second whether the server's process lives and starts it again when it does not. */
function watchServer(launcher: Launcher, first: Postmaster, onRestart: StartPostgresOptions['onRestart']) {
  let server = first;
  let restarting: Promise<void> | undefined;

  async function restart(): Promise<void> {
    onRestart?.(`PostgreSQL (process ${server.pid}) is gone`);
    try {
      server = await launchServer(launcher, server.port);
    } catch (error) {
      onRestart?.((error as Error).message);
    }
  }

  const timer = setInterval(() => {
    if (restarting !== undefined || isAlive(server.pid)) return;
    restarting = restart().finally(() => {
      restarting = undefined;
    });
  }, 1000);
  timer.unref();
  // A full disk must not end the process for a log; the next minute tries again.
  const rotation = setInterval(() => void rotateLog(launcher.home.clusterFolder).catch(() => undefined), 60_000);
  rotation.unref();
  return {
    port: () => server.port,
    /** Waits out a restart under way, or it would leave a server behind that nobody stops. */
    async end(): Promise<number> {
      clearInterval(timer);
      clearInterval(rotation);
      await restarting;
      return server.pid;
    },
  };
}

/** How long connections may take to vanish from the server's list after they were closed. */
const closingMs = 1_000;

/** Whether other processes of this program are connected. A server that doesn't answer is used by nobody. */
async function isUsedByOthers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000, application_name: 'stopping' });
  client.on('error', () => undefined);
  const deadline = performance.now() + closingMs;
  try {
    await client.connect();
    for (;;) {
      const { rowCount } = await client.query('select from pg_stat_activity where application_name = $1', [clientName]);
      if (rowCount === 0 || performance.now() > deadline) return rowCount !== 0;
      await sleep(50);
    }
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** SIGINT is PostgreSQL's fast shutdown: running statements are cut, nothing committed is lost. */
async function stopServer(pid: number): Promise<void> {
  const deadline = performance.now() + 20_000;
  if (isAlive(pid)) process.kill(pid, 'SIGINT');
  while (isAlive(pid)) {
    if (performance.now() > deadline) throw new Error(`PostgreSQL (process ${pid}) did not stop within 20 s`);
    await sleep(15);
  }
}
