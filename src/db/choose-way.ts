import pg from 'pg';
import { chooseTls, explainTls } from './choose-tls.ts';
import type { ConnectOptions } from './connect.ts';
import { explainFailure } from './explain-failure.ts';
import { findPooling } from './find-pooling.ts';

/** How to connect to a database, as `connect` takes it. */
export interface Way extends Required<Pick<ConnectOptions, 'pooling'>> {
  url: string;
}

/** The two ways to one database; the same one twice where no pooler is in between. */
export interface Ways {
  /** For statements and transactions. */
  main: Way;
  /** For what must own a session: migrations, LISTEN, and locks that outlive a transaction. */
  sessions: Way;
}

/**
 * Finds out how the named database is to be spoken to: TLS, and what pooler stands before it. `directUrl` is the same database
 * past a pooler in transaction mode. Throws an Error with the way out where sessions can't be had or the two aren't one database;
 * errors of a connection as they are.
 */
export async function chooseWay(url: string, directUrl: string | undefined): Promise<Ways> {
  try {
    const main = await findWay(url);
    const sessions = directUrl === undefined ? main : await findWay(directUrl);
    if (sessions.pooling === 'transaction') throw new Error(explainPooler(directUrl));
    if (sessions !== main && (await identify(main)) !== (await identify(sessions))) {
      throw new Error('TROUPE_DATABASE_DIRECT_URL and DATABASE_URL lead to two databases; they must name one');
    }
    return { main, sessions };
  } catch (error) {
    throw explainTls(error);
  }
}

async function findWay(url: string): Promise<Way> {
  try {
    const chosen = await chooseTls(url);
    return { url: chosen, pooling: await findPooling(chosen) };
  } catch (error) {
    throw explainFailure(error, url);
  }
}

function explainPooler(directUrl: string | undefined): string {
  const setting = directUrl === undefined ? 'DATABASE_URL' : 'TROUPE_DATABASE_DIRECT_URL';
  return (
    `${setting} goes through a pooler in transaction mode, where no session lasts, and this program needs some for locks and ` +
    'notifications: name the database itself, or a pool in session mode, in TROUPE_DATABASE_DIRECT_URL (or in DATABASE_URL, for everything)'
  );
}

async function identify({ url }: Way): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ identity: string }>(
      "select current_database() || ' ' || extract(epoch from pg_postmaster_start_time()) as identity",
    );
    return rows[0]?.identity;
  } finally {
    await client.end().catch(() => undefined);
  }
}
