import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect, type Database, migrate, startPostgres } from '../../src/db/index.ts';
import { grantKey } from '../../src/flow/index.ts';
import { migrationsFolder } from '../../src/folders.ts';

export interface Bench {
  database: Database;
  databaseUrl: string;
  dataFolder: string;
  /** Starts `troupe ROLE` and waits until it answers; `url` is empty for a worker. */
  startServer(role: 'serve' | 'api' | 'worker', environment?: Record<string, string>): Promise<BenchServer>;
  close(): Promise<void>;
}

interface BenchServer {
  url: string;
  process: ChildProcess;
  stop(): Promise<void>;
}

const main = fileURLToPath(new URL('../../bin/troupe.mjs', import.meta.url));

/**
 * A PostgreSQL of its own with fsync on, and real server processes beside this one. Limits that protect a real server
 * from one client are opened, since here one client is the load. `folder` is kept, and taken again with what it holds; else all goes.
 */
export async function startBench({ folder }: { folder?: string | undefined } = {}): Promise<Bench> {
  const dataFolder = folder ?? (await mkdtemp(join(tmpdir(), 'troupe-bench-')));
  await mkdir(dataFolder, { recursive: true });
  const postgres = await startPostgres({ dataFolder });
  const database = connect({ url: postgres.url, connectionsMax: 60, onError: () => undefined });
  await migrate(database.db, migrationsFolder);
  const servers: BenchServer[] = [];
  return {
    database,
    databaseUrl: postgres.url,
    dataFolder,
    async startServer(role, environment = {}) {
      const server = await spawnServer(role, {
        DATABASE_URL: postgres.url,
        TROUPE_DATA_DIR: dataFolder,
        TROUPE_LOG_LEVEL: 'warn',
        TROUPE_KEY_REQUESTS_PER_MINUTE: '1000000',
        TROUPE_KEY_REQUESTS_BURST: '1000000',
        TROUPE_KEY_UNFINISHED_TASKS: '10000000',
        ...environment,
      });
      servers.push(server);
      return server;
    },
    async close() {
      for (const server of servers) await server.stop();
      await database.close();
      await postgres.stop();
      if (folder === undefined) await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** `count` keys, each of an account of its own with plenty of credits. */
export async function createKeys(database: Database, count: number): Promise<string[]> {
  return (await grantKeys(database, count)).map(({ key }) => key);
}

/** As `createKeys`, with their ids, and of a role. */
export async function grantKeys(database: Database, count: number, role: 'caller' | 'admin' = 'caller') {
  const keys: { key: string; key_id: number; account_id: number }[] = [];
  for (let index = 0; index < count; index++) {
    const account = `bench-${Date.now()}-${index}`;
    keys.push(await grantKey(database.db, { account, name: 'bench', role }, 1e12, new Date()));
  }
  return keys;
}

async function spawnServer(role: string, environment: Record<string, string>): Promise<BenchServer> {
  const child = spawn(process.execPath, [main, role], {
    env: { ...process.env, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await waitForWord(child, role === 'worker' ? /the worker is ready/ : /answers at (http:\S+),/);
  return {
    url,
    process: child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}

async function waitForWord(child: ChildProcess, pattern: RegExp): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    text += chunk.toString();
    const found = pattern.exec(text);
    if (!found) continue;
    child.stdout?.resume();
    return found[1] ?? '';
  }
  throw new Error(`the server ended before it was ready: ${text}`);
}
