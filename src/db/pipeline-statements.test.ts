import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { allSettledOrThrow, type Db, transaction } from './index.ts';

let database: TestDatabase;

beforeAll(async () => {
  // One connection, so that whatever a transaction leaves behind meets the next one.
  database = await openTestDatabase(1);
  await sql`create table notes (id int primary key, said_at timestamptz default clock_timestamp())`.execute(
    database.db,
  );
});
afterAll(() => database.close());
beforeEach(() => sql`delete from notes`.execute(database.db));

const note = (db: Db, id: number) => sql`insert into notes (id) values (${id})`.execute(db);
const listNotes = async () =>
  (await sql<{ id: number }>`select id from notes order by said_at`.execute(database.db)).rows.map((row) => row.id);

test('statements sent without waiting are carried out in their order and answered each with its own result', async () => {
  const answers = await transaction(database.db, (tx) =>
    allSettledOrThrow(
      ...[3, 1, 2].map((id) => sql<{ id: number }>`insert into notes (id) values (${id}) returning id`.execute(tx)),
    ),
  );
  expect(answers.map((answer) => answer.rows[0]?.id)).toEqual([3, 1, 2]);
  expect(await listNotes()).toEqual([3, 1, 2]);
});

test('a transaction begins with its first statement, and what it said is undone when it throws', async () => {
  await expect(
    transaction(database.db, async (tx) => {
      await note(tx, 1);
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await listNotes()).toEqual([]);
});

test('a transaction that says nothing leaves no transaction behind, however it ends', async () => {
  await transaction(database.db, async () => undefined);
  await transaction(database.db, () => Promise.reject(new Error('no'))).catch(() => undefined);
  await note(database.db, 1);
  const { rows } = await sql<{ open: boolean }>`
    select xact_start < query_start as open from pg_stat_activity where pid = pg_backend_pid()`.execute(database.db);
  expect(rows[0]?.open).toBe(false);
  expect(await listNotes()).toEqual([1]);
});

test('when one of several fails, all are undone, and none goes on after the rollback', async () => {
  const slowly = async (tx: Db) => {
    await note(tx, 1);
    await note(tx, 2);
    await note(tx, 3);
  };
  const failing = (tx: Db) => sql`select 1 / 0`.execute(tx);
  await expect(transaction(database.db, (tx) => allSettledOrThrow(slowly(tx), failing(tx)))).rejects.toThrow(
    'division by zero',
  );
  expect(await listNotes()).toEqual([]);
});

test('a broken transaction says so to the statements behind the one that broke it', async () => {
  await transaction(database.db, async (tx) => {
    await expect(sql`select nonsense`.execute(tx)).rejects.toMatchObject({ code: '42703' });
    await expect(note(tx, 1)).rejects.toMatchObject({ code: '25P02' });
    throw new Error('no');
  }).catch(() => undefined);
  await note(database.db, 2);
  expect(await listNotes()).toEqual([2]);
});
