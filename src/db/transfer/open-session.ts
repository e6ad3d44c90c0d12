import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { clientName, type Db, type Tables } from '../connect.ts';
import { explainFailure } from '../explain-failure.ts';

/** One connection of its own for work that takes as long as it needs. Values are written the same way whatever the server's settings. */
export async function openSession(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: clientName,
  });
  client.on('error', () => undefined); // a broken connection fails the statement that uses it
  try {
    await client.connect();
    await client.query(`set idle_in_transaction_session_timeout = 0; set statement_timeout = 0; set lock_timeout = '20s';
      set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set bytea_output = 'hex';
      set extra_float_digits = 1; set xmloption = 'content'`);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw explainFailure(error, url);
  }
}

/** The connection as rooms take a database: what they do is part of the transaction that runs on it. */
export function asDb(client: pg.Client): Db {
  const lent = { query: client.query.bind(client) as never, release: () => undefined };
  return new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: { options: {}, connect: async () => lent, end: async () => undefined } }),
  });
}
