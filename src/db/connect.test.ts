import { once } from 'node:events';
import { sql } from 'kysely';
import { expect, inject, test } from 'vitest';
import { startDatabaseProxy } from '../../test/faults/database-proxy.ts';
import { connect } from './connect.ts';

const open = () => connect({ url: inject('postgresUrl'), connectionsMax: 2, onError: () => undefined });

test.each([
  ['only through its pool', async ({ pool }: ReturnType<typeof open>) => void (await pool.query('select 1'))],
  ['only through Kysely', async ({ db }: ReturnType<typeof open>) => void (await sql`select 1`.execute(db))],
  ['never', async () => undefined],
])('a database that was used %s has no connection left once it is closed', async (_, use) => {
  const database = open();
  await use(database);
  await database.close();
  expect([database.pool.ended, database.pool.totalCount]).toEqual([true, 0]);
});

test('a connection to a server that says nothing any more is gone seconds after the database is closed', async () => {
  await using proxy = await startDatabaseProxy(inject('postgresUrl'));
  const database = connect({ url: proxy.url, connectionsMax: 1, onError: () => undefined });
  await database.pool.query('select 1');
  proxy.change('silent');
  // Told of once its socket is closed, which would else keep this process from ending.
  const gone = once(database.pool, 'remove', { signal: AbortSignal.timeout(30_000) });
  await database.close();
  await gone;
});
