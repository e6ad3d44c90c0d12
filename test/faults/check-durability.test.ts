import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openTestDatabase } from '../helpers/test-database.ts';
import { checkDurability } from './check-aftermath.ts';

test.each(['fsync', 'full_page_writes', 'synchronous_commit'])(
  'the proof of random kills catches a database without %s, so it can fail',
  async (name) => {
    const database = await openTestDatabase(1);
    try {
      if (name === 'synchronous_commit') {
        const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(database.db);
        await sql`alter database ${sql.id(rows[0]?.name ?? '')} set synchronous_commit = off`.execute(database.db);
      }
      expect(await checkDurability(database.url)).toContain(`the database runs with ${name} off`);
    } finally {
      await database.close();
    }
  },
);
