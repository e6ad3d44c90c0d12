import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { to } from 'pg-copy-streams';
import type { Db } from '../connect.ts';
import type { Contents } from './contents.ts';
import { describeSequences, describeTables, nameColumns, summarizeTable } from './describe-tables.ts';
import { asDb, openSession } from './open-session.ts';

/** A database at one moment. What others write meanwhile isn't seen. */
export interface Snapshot extends Contents {
  /** Statements in the snapshot's own transaction. */
  db: Db;
  /** Other programs' sessions on the same database just now, each as one that a person can find: `troupe (process 7)`. */
  listSessions(): Promise<string[]>;
  /** Whether `url` leads to the very database that this is a snapshot of. */
  isOf(url: string): Promise<boolean>;
  /** Ends it; `isCommit` keeps what was written through `db`. */
  close(isCommit?: boolean): Promise<void>;
}

export interface OpenSnapshotOptions {
  url: string;
  schemas: readonly string[];
  /** Keeps others from writing to any table until it is closed, and from reading `closedTable`, so that no server can start. */
  exclusive?: { closedTable: string };
  /**
   * An advisory lock that is taken before the snapshot and kept until it is closed. Others wait for its end: a process that is stopped for
   * `silenceMs` loses it with the snapshot.
   */
  advisoryLock?: number;
  /** Milliseconds; default: ten minutes. */
  silenceMs?: number;
}

const silenceDefaultMs = 600_000;

/** Opens a snapshot on a connection of its own. Throws an Error of one sentence where the database can't be reached or locked. */
export async function openSnapshot({
  url,
  schemas,
  exclusive,
  advisoryLock,
  silenceMs = silenceDefaultMs,
}: OpenSnapshotOptions): Promise<Snapshot> {
  const client = await openSession(url);
  try {
    if (advisoryLock !== undefined) await limitSilence(client, silenceMs);
    if (advisoryLock !== undefined) await takeLock(client, advisoryLock);
    const tables = await describeTables(client, schemas);
    await client.query('begin isolation level repeatable read');
    // Before the first look, which is when the snapshot is taken.
    if (exclusive !== undefined) {
      await client.query(`lock table ${exclusive.closedTable} in access exclusive mode`);
      for (const { name } of tables) await client.query(`lock table ${name} in share mode`);
    }
    const signs = advisoryLock === undefined ? undefined : giveSigns(client, silenceMs);
    return {
      tables,
      sequences: await describeSequences(client, schemas),
      db: asDb(client),
      summarize: (table) => summarizeTable(client, table),
      read: async (table) => client.query(to(`copy (select ${nameColumns(table)} from ${table.name}) to stdout`)),
      listSessions: () => listSessions(client),
      isOf: (other) => isSameDatabase(client, other),
      async close(isCommit = false) {
        clearInterval(signs);
        const ending = client
          .query(isCommit ? 'commit' : 'rollback')
          .finally(() => client.end().catch(() => undefined));
        // A lost connection has undone all by itself.
        await (isCommit ? ending : ending.catch(() => undefined));
      },
    };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** Between statements the server itself ends a silent session; while it writes rows that nobody reads, its system does. */
async function limitSilence(client: pg.ClientBase, silenceMs: number): Promise<void> {
  await client.query(`set idle_in_transaction_session_timeout = ${silenceMs}; set tcp_user_timeout = ${silenceMs}`);
}

/** What takes longer than that beside the database, as copying files does, is no silence. */
function giveSigns(client: pg.ClientBase, silenceMs: number): NodeJS.Timeout {
  return setInterval(() => void client.query('select').catch(() => undefined), silenceMs / 10).unref();
}

/** By a lock that nobody else takes: a database may have any number of addresses. */
async function isSameDatabase(client: pg.ClientBase, url: string): Promise<boolean> {
  const key = randomInt(2 ** 40);
  const other = await openSession(url);
  try {
    await client.query('select pg_advisory_lock($1)', [key]);
    const { rows } = await other.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [key]);
    return rows[0]?.taken === false;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [key]).catch(() => undefined);
    await other.end().catch(() => undefined);
  }
}

/** A session's lock, which ends with the connection whatever becomes of this process. */
async function takeLock(client: pg.ClientBase, key: number): Promise<void> {
  const deadline = performance.now() + lockMs;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [key]);
    if (rows[0]?.taken === true) return;
    if (performance.now() > deadline) throw new Error('another backup of this database is being made');
    await sleep(50);
  }
}

/** Those who hold such a lock for a statement leave at once. */
const lockMs = 5_000;

/** PostgreSQL's own processes, such as its vacuum, are no sessions of anybody. */
async function listSessions(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string | null; pid: number }>(
    `select nullif(application_name, '') as name, pid from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and coalesce(backend_type, 'client backend') = 'client backend'`,
  );
  return rows.map(({ name, pid }) => `${name ?? 'unnamed'} (process ${pid})`);
}
