import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { inject } from 'vitest';
import { connect, type Database } from '../../src/db/index.ts';

export interface TestDatabase extends Database {
  url: string;
}

/** A fresh migrated database of its own; `close` drops it. */
export async function openTestDatabase(connectionsMax = 10): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await runAsAdmin(`create database ${name} template template_migrated`);
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  const database = connect({ url: url.href, connectionsMax, onError: () => undefined });
  return {
    ...database,
    url: url.href,
    async close() {
      await database.close();
      await runAsAdmin(`drop database if exists ${name} with (force)`);
    },
  };
}

async function runAsAdmin(statement: string): Promise<void> {
  const admin = connect({ url: inject('postgresUrl'), connectionsMax: 1, onError: () => undefined });
  try {
    await sql.raw(statement).execute(admin.db);
  } finally {
    await admin.close();
  }
}
