import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type Database, isConnectionLost } from '../../src/db/index.ts';
import { grantKey } from '../../src/flow/index.ts';
import { findCodeCache } from '../../src/lib/find-code-cache.mjs';
import { createLocalAuthority } from '../helpers/local-tls.ts';
import type { MediaOrigin } from '../helpers/start-origin.ts';
import { type StartedServer, startTcp } from '../helpers/start-server.ts';
import { type AskingReceiver, startAskingReceiver } from './asking-receiver.ts';
import { type History, openHistory } from './history.ts';
import { startMediaOrigin } from './media-origin.ts';
import { killAll, killAtExit } from './own-processes.ts';
import { type Role, startTroupe, type TroupeProcess } from './troupe-process.ts';
import { waitUntil } from './wait-until.ts';

/** What surrounds the servers of one trial and outlives them: its folder, history and the other parties. */
export interface World extends AsyncDisposable {
  folder: string;
  dataFolder: string;
  history: History;
  origin: MediaOrigin;
  receiver: AskingReceiver;
  /** Listens on an address that nothing was allowed to reach. */
  canary: StartedServer;
  canaryUrl: string;
  /** Starts a server process with this world's settings and `settings` on top. It's killed when the world ends. */
  start(role: Role, settings?: Readonly<Record<string, string>>, filesMax?: number): TroupeProcess;
  /** Whether it has ended: who comes late starts nothing any more. */
  isOver(): boolean;
  /** Every process ever started here. */
  processes(): readonly TroupeProcess[];
}

export interface WorldOptions {
  name: string;
  /** Default: a folder of its own below the system's temporary folder. */
  dataFolder?: string;
  settings?: Readonly<Record<string, string>>;
}

/** Linux takes all of 127/8 for itself; the servers are allowed to reach its first address alone. */
const canaryHost = '127.0.0.2';

const codeCache = findCodeCache();

export async function openWorld({ name, dataFolder, settings: shared = {} }: WorldOptions): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), `troupe-faults-${name}-`));
  const temporary = join(folder, 'tmp');
  await mkdir(temporary);
  const authority = createLocalAuthority();
  const authorityPath = join(folder, 'authority.pem');
  await writeFile(authorityPath, authority.ca);
  const history = openHistory(join(folder, 'history.jsonl'));
  const canary = await startTcp((socket) => socket.destroy());
  const canaryUrl = `http://${canaryHost}:${canary.port}/`;
  const origin = await startMediaOrigin(history, canaryUrl);
  const receiver = await startAskingReceiver(authority, history);
  const started: TroupeProcess[] = [];
  let over = false;
  const forget = killAtExit(temporary);
  const world: World = {
    folder,
    dataFolder: dataFolder ?? join(folder, 'data'),
    history,
    origin,
    receiver,
    canary,
    canaryUrl,
    start(role, settings = {}, filesMax) {
      if (over) throw new Error(`the trial ${name} has ended, and no ${role} is started any more`);
      const environment = {
        TROUPE_DATA_DIR: world.dataFolder,
        TROUPE_ALLOW_ADDRESSES: '127.0.0.1/32',
        TROUPE_LOG_LEVEL: 'debug',
        NODE_EXTRA_CA_CERTS: authorityPath,
        PORT: '0',
        // Cut-outs are as good as they're looked at here.
        TROUPE_PEOPLE_NETWORKS: 'off',
        TROUPE_THINGS_NETWORK: 'off',
        // Marks whatever a server starts, so that it can be found again after its parent is gone.
        TMPDIR: temporary,
        // Compiled once for all worlds, instead of for each below its own temporary folder.
        ...(codeCache === null ? {} : { NODE_COMPILE_CACHE: codeCache }),
        ...shared,
        ...settings,
      };
      const logFolder = join(folder, 'logs');
      const one = startTroupe(role, { environment, logFolder, ...(filesMax === undefined ? {} : { filesMax }) });
      started.push(one);
      return one;
    },
    isOver: () => over,
    processes: () => started,
    async [Symbol.asyncDispose]() {
      over = true;
      // First of all: calls and questions that are still under way give up by it.
      history.close();
      for (const one of started) {
        one.signal('SIGCONT');
        one.signal('SIGKILL');
      }
      await Promise.all(started.map((one) => one.ended));
      await killAll(temporary);
      forget();
      await Promise.all([origin, receiver, canary].map((server) => server[Symbol.asyncDispose]()));
      if (process.env.KEEP_FAULTS === undefined) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return world;
}

/** Where everything that this world's servers start keeps its temporary files, by which it's recognised. */
export function markOf(world: World): string {
  return join(world.folder, 'tmp');
}

export interface Access {
  key: string;
  secret: string;
  account_id: number;
}

/** A key with credits, on a database that a server has migrated already. */
export async function grantAccess(databaseUrl: string, credits: number): Promise<Access> {
  return await withDatabase(databaseUrl, async ({ db }) => {
    const request = { account: 'faults', name: 'faults' };
    const created = await grantKey(db, request, credits * 1_000_000, new Date());
    return { key: created.key, secret: created.callback_secret, account_id: created.account_id };
  });
}

/** Waits for the first connection: on a busy machine a try may take longer than it may, which says nothing of the database. */
export async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = connect({ url, connectionsMax: 2, onError: () => undefined });
  try {
    await waitUntil('the database takes a connection', 60_000, () => canAsk(database));
    return await work(database);
  } finally {
    await database.close();
  }
}

async function canAsk({ pool }: Database): Promise<boolean> {
  return await pool.query('select').then(
    () => true,
    (error) => {
      if (isConnectionLost(error)) return false;
      throw error;
    },
  );
}
