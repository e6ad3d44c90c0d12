import { sql } from 'kysely';
import type { Db } from '../../src/db/index.ts';

/** Inserts `count` accounts for tests that need no keys, and answers their ids in ascending order. */
export async function insertAccounts(db: Db, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    insert into accounts (name, callback_secrets)
    select 'account ' || gen_random_uuid(), array['whsec_'] from generate_series(1, ${count}::int)
    returning id`.execute(db);
  return rows.map(({ id }) => id);
}
