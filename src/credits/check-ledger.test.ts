import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertAccounts } from '../../test/helpers/test-accounts.ts';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { type Db, transaction } from '../db/index.ts';
import { checkLedger, listOpenReservations, refund, reserve, settle, topUp } from './index.ts';

let database: TestDatabase;
let account_id: number;
beforeAll(async () => {
  database = await openTestDatabase();
  const { db } = database;
  [account_id = 0] = await insertAccounts(db, 1);
  await topUp(db, { account_id, amount_microcredits: 100 });
  for (const task_id of ['settled', 'refunded', 'open']) {
    await reserve(db, { account_id, task_id, amount_microcredits: 10 });
  }
  await settle(db, { task_id: 'settled', charged_microcredits: 6 });
  await refund(db, { task_id: 'refunded' });
  // The faults planted below are those that the database refuses as long as these stand.
  await sql`drop index transfers_one_reservation, transfers_one_resolution, transfers_one_release`.execute(db);
  await sql`drop trigger transfers_append_only on transfers`.execute(db);
  await sql`alter table balances drop constraint balances_check`.execute(db);
});
afterAll(async () => {
  await database.close();
});

/** What the check finds after `plant`, of which nothing remains. */
async function findAfter(plant: (tx: Db) => Promise<unknown>): Promise<unknown[]> {
  const rollback = new Error('rollback');
  let found: unknown[] = [];
  const work = transaction(database.db, async (tx) => {
    await plant(tx);
    found = (await checkLedger(tx)).map(({ rule, task_id, detail }) => [rule, task_id, detail]);
    throw rollback;
  });
  await expect(work).rejects.toBe(rollback);
  return found;
}

test('a whole ledger has no discrepancy, and at rest an open reservation is one', async () => {
  expect(await checkLedger(database.db)).toEqual([]);
  const found = await checkLedger(database.db, { at_rest: true });
  expect(found).toEqual([
    { rule: 'reservation_open', account_id, task_id: 'open', detail: expect.stringMatching(/^10 reserved since 2/) },
  ]);
});

test('open reservations are listed by age', async () => {
  const { db } = database;
  expect((await listOpenReservations(db)).map(({ task_id }) => task_id)).toEqual(['open']);
  const { rows } = await sql<{ at: Date }>`select created_at as at from transfers where task_id = 'open'`.execute(db);
  const created = rows[0]?.at.getTime() as number;
  expect(await listOpenReservations(db, { created_before: new Date(created - 1) })).toEqual([]);
  expect(await listOpenReservations(db, { created_before: new Date(created + 1) })).toHaveLength(1);
});

test('a balance that differs from the replayed ledger is named side by side', async () => {
  const change = sql`update balances set available_microcredits = available_microcredits + 1,
    granted_microcredits = granted_microcredits + 1`;
  expect(await findAfter((tx) => change.execute(tx))).toEqual([
    ['balance_differs', null, 'available: 84 by the ledger, 85 stored'],
    ['balance_differs', null, 'granted: -100 by the ledger, -101 stored'],
  ]);
  const spend = sql`update balances set spent_microcredits = spent_microcredits + 1`;
  expect(await findAfter((tx) => spend.execute(tx))).toEqual([
    ['balance_differs', null, 'spent: 6 by the ledger, 7 stored'],
    ['sum_not_zero', null, 'the four sides add up to 1'],
  ]);
});

test('a transfer that is missing, and an account without its balance, are found', async () => {
  const remove = sql`delete from transfers where kind = 'top_up'`;
  expect(await findAfter((tx) => remove.execute(tx))).toHaveLength(2);
  expect(await findAfter((tx) => sql`delete from balances`.execute(tx))).toHaveLength(4);
});

const insert = (kind: string, debit: string, credit: string, amount: number, task_id: string, account = account_id) =>
  sql`insert into transfers (account_id, kind, debit, credit, amount_microcredits, task_id)
    values (${account}, ${kind}, ${debit}, ${credit}, ${amount}, ${task_id})`;

test('each way to break a task in the ledger has its name', async () => {
  const plants: [string, ReturnType<typeof insert>][] = [
    ['resolved_more_than_once', insert('refund', 'reserved', 'available', 10, 'settled')],
    ['not_wholly_resolved', insert('settle', 'reserved', 'spent', 9, 'open')],
    ['not_one_reservation', insert('reserve', 'available', 'reserved', 10, 'open')],
    ['not_one_reservation', insert('refund', 'reserved', 'available', 0, 'never reserved')],
    ['release_without_settlement', insert('release', 'reserved', 'available', 0, 'open')],
    ['not_one_account', insert('refund', 'reserved', 'available', 10, 'open', account_id + 1)],
  ];
  for (const [rule, plant] of plants) {
    const found = await findAfter((tx) => plant.execute(tx));
    expect(found.filter((one) => (one as string[])[0] === rule)).toHaveLength(1);
  }
});
