import { sql } from 'kysely';
import { expect, inject, test } from 'vitest';
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
