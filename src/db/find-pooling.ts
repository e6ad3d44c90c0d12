import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { clientName, type Pooling } from './connect.ts';

/** Milliseconds that a pooler may take to give a second connection a session. */
const answerMs = 5_000;

/** Enough that a pooler in transaction mode, whose other clients are busy, is caught all but surely. */
const rounds = 8;

/**
 * Finds out by trying, with two connections that are closed again: a pooler answers with a key of its own for a connection, and not the
 * server process's number; and one that shares sessions lets the second connection into the first one's. Throws an Error
 * where there is no second session to be had or no transaction, and connection errors as they are.
 */
export async function findPooling(url: string): Promise<Pooling> {
  const first = open(url);
  const second = open(url);
  try {
    await first.connect();
    const { processID } = first as unknown as { processID: number };
    await checkVersion(first);
    if ((await askSession(first)) === processID) return 'none';
    await second.connect();
    if (!(await isShared(first, second))) return 'session';
    await checkTransactions(first);
    return 'transaction';
  } finally {
    // Not waited for: a connection whose statement waits for a session ends with its socket alone.
    for (const client of [first, second]) (client as unknown as Internals).connection.stream.destroy();
  }
}

interface Internals {
  connection: { stream: { destroy(): void } };
}

function open(url: string): pg.Client {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: answerMs,
    application_name: clientName,
  });
  client.on('error', () => undefined);
  return client;
}

/** Version 15, as `server_version_num` has it. */
const versionMin = 150_000;

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: string; name: string }>(
    "select current_setting('server_version_num') as number, current_setting('server_version') as name",
  );
  if (Number(rows[0]?.number) >= versionMin) return;
  throw new Error(`the database in DATABASE_URL is PostgreSQL ${rows[0]?.name}: version 15 or newer is needed`);
}

async function askSession(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]?.pid ?? 0;
}

/** Whether the first connection, which stays open, ever loses its session to the second or comes back to another. */
async function isShared(first: pg.Client, second: pg.Client): Promise<boolean> {
  const own = await askSession(first);
  for (let round = 0; round < rounds; round++) {
    const other = askSession(second);
    other.catch(() => undefined);
    const found = await Promise.race([other, sleep(answerMs, null, { ref: false })]);
    if (found === null) {
      throw new Error(
        `the pooler in DATABASE_URL gives no second connection within ${answerMs / 1000} s: in session mode its pool_size must hold the ` +
          'connections of all processes (TROUPE_DATABASE_CONNECTIONS and four more each)',
      );
    }
    if (found === own || (await askSession(first)) !== own) return true;
    await sleep(randomInt(5, 20));
  }
  return false;
}

/** A pooler in statement mode lends a server for one statement alone, and refuses BEGIN. */
async function checkTransactions(client: pg.Client): Promise<void> {
  try {
    await client.query('begin');
    await client.query('rollback');
  } catch (error) {
    if (!/statement pool/i.test((error as Error).message)) throw error;
    throw new Error(
      'the pooler in DATABASE_URL is in statement mode, where there are no transactions, and nothing here works without: ' +
        'set its pool_mode to session or transaction',
      { cause: error },
    );
  }
}
