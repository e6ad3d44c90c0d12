import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { migrate } from './migrate.ts';

const migrations = new URL('../../migrations', import.meta.url).pathname;
let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await openTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'migrations-'));
  await cp(migrations, folder, { recursive: true });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

test('a migrated database is left as it is', async () => {
  expect(await migrate(database.db, migrations)).toEqual([]);
});

test('of many processes that migrate at once, exactly one runs each migration', async () => {
  await writeFile(join(folder, '9000-more.sql'), 'create table more (id int); select pg_sleep(0.05);');
  const ran = await Promise.all([1, 2, 3, 4].map(() => migrate(database.db, folder)));
  expect(ran.flat()).toEqual(['9000-more.sql']);
});

test('a migration that fails leaves nothing behind and is tried again', async () => {
  await writeFile(join(folder, '9001-bad.sql'), 'create table half (id int); select 1/0;');
  await expect(migrate(database.db, folder)).rejects.toThrow('division by zero');
  await writeFile(join(folder, '9001-bad.sql'), 'create table half (id int);');
  expect(await migrate(database.db, folder)).toEqual(['9001-bad.sql']);
});

test('a migration that was changed or removed after it ran is refused by name', async () => {
  await writeFile(join(folder, '9001-bad.sql'), 'create table other (id int);');
  await expect(migrate(database.db, folder)).rejects.toThrow('9001-bad.sql was changed');
  await rm(join(folder, '9001-bad.sql'));
  await expect(migrate(database.db, folder)).rejects.toThrow('9001-bad.sql has run');
});

test('text is UTF-8 and bigint comes back as a number', async () => {
  const { rows } = await sql<{ word: string; big: number }>`select ${'Bühne 舞台'}::text as word,
    9007199254740991::bigint as big, current_setting('server_encoding') as encoding`.execute(database.db);
  expect(rows[0]).toEqual({ word: 'Bühne 舞台', big: Number.MAX_SAFE_INTEGER, encoding: 'UTF8' });
});
