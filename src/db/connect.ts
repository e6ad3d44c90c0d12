import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { pipelineStatements } from './pipeline-statements.ts';
import { withAnswerTimeout } from './with-answer-timeout.ts';
import { withPreparedNames } from './with-prepared-names.ts';
import { withPromptEnd } from './with-prompt-end.ts';
import { withUrlOf } from './with-url-of.ts';

/**
 * What stands between this program and PostgreSQL: nothing; a pooler that gives each connection a session of its own as long as
 * it lasts (PgBouncer's session mode); or one that gives a session for a transaction or less.
 */
export type Pooling = 'none' | 'session' | 'transaction';

/**
 * The columns of every table. Empty here: each room adds its own tables in its `tables.ts` by declaration merging, so
 * that the types of all SQL are checked and the ground still knows no product word.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the rooms
export interface Tables {}

/** A pool or a transaction. */
export type Db = Kysely<Tables>;

/** An open database: `db` for statements and transactions, `pool` for what needs a connection of its own. */
export interface Database {
  db: Db;
  /** For what must own a session, such as LISTEN. */
  pool: pg.Pool;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** A function is asked for each connection: the embedded server may come back on another port. */
  url: string | (() => string);
  /** Connections at most. */
  connectionsMax: number;
  /** Milliseconds that a statement may stay unanswered before its connection is given up. Default: no limit. */
  answerMs?: number;
  /** What stands before the server (`findPooling`). Default: nothing. */
  pooling?: Pooling;
  /** Told of errors on idle connections, which would otherwise end the process. */
  onError(error: Error): void;
}

// int8 comes as text by default. Everything that we store as bigint stays below 2^53 by database constraint, so it's
// read as a number; a larger value is a fault in our own constraints and must not be rounded silently.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`bigint ${text} does not fit a number`);
  return value;
});

/** How this program's connections are known to the server. */
export const clientName = 'troupe';

/**
 * Milliseconds after which the server cuts off a session that has begun a transaction and says nothing: a process that
 * was paused, or whose machine is gone, must not hold the lock on an account's balance for longer. Ours never wait for
 * anything but the database.
 */
const idleInTransactionMs = 10_000;

/** Milliseconds that a server may take to close a connection that we end. */
const endMs = 2_000;

/** Behind a pooler, which takes no such limit at connecting and hands its sessions on: each transaction brings its own. */
const limitedBegin = `begin; set local idle_in_transaction_session_timeout = ${idleInTransactionMs}`;

/** Opens a pool lazily: no connection is made until the first statement. */
export function connect(options: ConnectOptions): Database {
  const { url, answerMs } = options;
  const Prompt = withPromptEnd(pg.Client, endMs);
  const Following = typeof url === 'string' ? Prompt : withUrlOf(Prompt, url);
  const Client = answerMs === undefined ? Following : withAnswerTimeout(Following, answerMs);
  const { pooling = 'none' } = options;
  const isPooled = pooling !== 'none';
  const pool = new pg.Pool({
    ...(typeof url === 'string' && { connectionString: url }),
    max: options.connectionsMax,
    // A dead database must answer as 503 soon, not hang each request for minutes.
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: clientName,
    ...(isPooled ? {} : { idle_in_transaction_session_timeout: idleInTransactionMs }),
    Client: pipelineStatements(
      pooling === 'transaction' ? Client : withPreparedNames(Client),
      isPooled ? limitedBegin : 'begin',
    ),
  });
  // Each connection reports for itself, checked out or idle; the pool would say the same once more, or end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', options.onError));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => closePool(db, pool) };
}

/** Kysely ends a pool only if it ever used it itself; the idle connections of another would keep the process for 30 s. */
async function closePool(db: Db, pool: pg.Pool): Promise<void> {
  await db.destroy();
  if (!pool.ending) await pool.end();
}

/** Runs `work` in one READ COMMITTED transaction: commits what it did when it returns, rolls back when it throws. */
export async function transaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? await work(db) : await db.transaction().execute(work);
}
