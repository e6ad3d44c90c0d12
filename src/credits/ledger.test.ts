import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/helpers/catch-error.ts';
import { insertAccounts } from '../../test/helpers/test-accounts.ts';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { transaction } from '../db/index.ts';
import { checkLedger, getBalance, listTransfers, refund, reserve, settle, topUp, withdraw } from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  expect(await checkLedger(database.db)).toEqual([]);
  await database.close();
});

let tasks = 0;
const nextTask = () => `task-${++tasks}`;

/** A fresh account with that many microcredits (none: not even a balance row). */
async function openAccount(microcredits: number): Promise<number> {
  const [account_id = 0] = await insertAccounts(database.db, 1);
  if (microcredits > 0) await topUp(database.db, { account_id, amount_microcredits: microcredits });
  return account_id;
}

async function loadBalance(accountId: number): Promise<number[]> {
  const balance = await getBalance(database.db, accountId);
  const { granted_microcredits, available_microcredits, reserved_microcredits, spent_microcredits } = balance;
  return [granted_microcredits, available_microcredits, reserved_microcredits, spent_microcredits];
}

test('a reservation holds credits, a settlement charges a part and gives the rest back', async () => {
  const { db } = database;
  const account_id = await openAccount(10);
  const task_id = nextTask();
  expect(await reserve(db, { account_id, task_id, amount_microcredits: 7 })).toEqual({ available_microcredits: 3 });
  expect(await loadBalance(account_id)).toEqual([10, 3, 7, 0]);
  expect(await settle(db, { task_id, charged_microcredits: 5 })).toEqual({
    account_id,
    task_id,
    kind: 'settle',
    reserved_microcredits: 7,
    charged_microcredits: 5,
    returned_microcredits: 2,
    booked: true,
  });
  expect(await loadBalance(account_id)).toEqual([10, 5, 0, 5]);
  const kinds = (await listTransfers(db, { account_id })).map(({ kind, amount_microcredits }) => [
    kind,
    amount_microcredits,
  ]);
  expect(kinds.sort()).toEqual([
    ['release', 2],
    ['reserve', 7],
    ['settle', 5],
    ['top_up', 10],
  ]);
});

test('a settlement of the whole reservation releases nothing', async () => {
  const account_id = await openAccount(10);
  const task_id = nextTask();
  await reserve(database.db, { account_id, task_id, amount_microcredits: 10 });
  await settle(database.db, { task_id, charged_microcredits: 10 });
  const kinds = (await listTransfers(database.db, { account_id })).map(({ kind }) => kind);
  expect(kinds).toEqual(['settle', 'reserve', 'top_up']);
});

test('a refund gives all of a reservation back', async () => {
  const account_id = await openAccount(10);
  const task_id = nextTask();
  await reserve(database.db, { account_id, task_id, amount_microcredits: 10 });
  const refunded = await refund(database.db, { task_id });
  expect(refunded).toMatchObject({ kind: 'refund', charged_microcredits: 0, returned_microcredits: 10, booked: true });
  expect(await loadBalance(account_id)).toEqual([10, 10, 0, 0]);
});

test('402 with balance and estimate when the account is short, and no row is written', async () => {
  const account_id = await openAccount(1_499_999);
  const refused = reserve(database.db, { account_id, task_id: nextTask(), amount_microcredits: 1_500_000 });
  const error = await catchError(refused);
  expect(error).toMatchObject({ status: 402, code: 'insufficient_quota' });
  expect(error.fields).toEqual({ estimated_credits: 1.5, account_balance_credits: 1.499999 });
  expect(await loadBalance(account_id)).toEqual([1_499_999, 1_499_999, 0, 0]);
  expect(await listTransfers(database.db, { account_id })).toHaveLength(1);
});

test('402 for an account that never got credits', async () => {
  const account_id = await openAccount(0);
  const error = await catchError(reserve(database.db, { account_id, task_id: nextTask(), amount_microcredits: 1 }));
  expect(error.fields).toEqual({ estimated_credits: 0.000001, account_balance_credits: 0 });
});

test.each([0, 5])(
  'a free model is reserved, settled and refunded like any other, with %i available',
  async (credits) => {
    const { db } = database;
    const account_id = await openAccount(credits);
    const [first, second] = [nextTask(), nextTask()];
    await reserve(db, { account_id, task_id: first, amount_microcredits: 0 });
    await reserve(db, { account_id, task_id: second, amount_microcredits: 0 });
    expect(await settle(db, { task_id: first, charged_microcredits: 0 })).toMatchObject({
      kind: 'settle',
      booked: true,
    });
    expect(await refund(db, { task_id: second })).toMatchObject({ kind: 'refund', booked: true });
    expect(await settle(db, { task_id: first, charged_microcredits: 0 })).toMatchObject({ booked: false });
    expect(await loadBalance(account_id)).toEqual([credits, credits, 0, 0]);
  },
);

test('a second resolution answers the stored one and books nothing, whichever came first', async () => {
  const { db } = database;
  const account_id = await openAccount(20);
  const [settled, refunded] = [nextTask(), nextTask()];
  await reserve(db, { account_id, task_id: settled, amount_microcredits: 10 });
  await reserve(db, { account_id, task_id: refunded, amount_microcredits: 10 });
  const settlement = await settle(db, { task_id: settled, charged_microcredits: 4 });
  const refunding = await refund(db, { task_id: refunded });
  const before = await loadBalance(account_id);
  for (const answer of [
    await settle(db, { task_id: settled, charged_microcredits: 4 }),
    await settle(db, { task_id: settled, charged_microcredits: 9 }),
    await refund(db, { task_id: settled }),
  ]) {
    expect(answer).toEqual({ ...settlement, booked: false });
  }
  for (const answer of [
    await refund(db, { task_id: refunded }),
    await settle(db, { task_id: refunded, charged_microcredits: 10 }),
  ]) {
    expect(answer).toEqual({ ...refunding, booked: false });
  }
  expect(await loadBalance(account_id)).toEqual(before);
});

test('a charge above the reservation is refused and leaves the reservation open', async () => {
  const { db } = database;
  const account_id = await openAccount(20);
  const task_id = nextTask();
  await reserve(db, { account_id, task_id, amount_microcredits: 10 });
  const error = await catchError(settle(db, { task_id, charged_microcredits: 11 }));
  expect(error).toMatchObject({ status: 500, code: 'internal_error' });
  expect(await loadBalance(account_id)).toEqual([20, 10, 10, 0]);
  expect(await refund(db, { task_id })).toMatchObject({ booked: true });
});

test('a task without a reservation can be neither settled nor refunded', async () => {
  const task_id = nextTask();
  expect(await catchError(settle(database.db, { task_id, charged_microcredits: 0 }))).toMatchObject({ status: 500 });
  expect(await catchError(refund(database.db, { task_id }))).toMatchObject({ status: 500 });
});

test('a second reservation for one task is refused by the database, and nothing is held', async () => {
  const account_id = await openAccount(10);
  const reservation = { account_id, task_id: nextTask(), amount_microcredits: 3 };
  await reserve(database.db, reservation);
  await expect(reserve(database.db, reservation)).rejects.toMatchObject({ constraint: 'transfers_one_reservation' });
  expect(await loadBalance(account_id)).toEqual([10, 7, 3, 0]);
});

test('a transaction that is rolled back leaves balance and ledger as they were', async () => {
  const account_id = await openAccount(10);
  const task_id = nextTask();
  const work = transaction(database.db, async (tx) => {
    await reserve(tx, { account_id, task_id, amount_microcredits: 3 });
    await settle(tx, { task_id, charged_microcredits: 1 });
    throw new Error('enough');
  });
  await expect(work).rejects.toThrow('enough');
  expect(await loadBalance(account_id)).toEqual([10, 10, 0, 0]);
  expect(await listTransfers(database.db, { account_id })).toHaveLength(1);
});

test('a withdrawal takes what is available at most, and is a transfer of its own', async () => {
  const { db } = database;
  const account_id = await openAccount(10);
  await reserve(db, { account_id, task_id: nextTask(), amount_microcredits: 4 });
  const error = await catchError(withdraw(db, { account_id, amount_microcredits: 7 }));
  expect(error).toMatchObject({ status: 400, code: 'invalid_request', param: 'credits' });
  await withdraw(db, { account_id, amount_microcredits: 6, note: 'left us' });
  expect(await loadBalance(account_id)).toEqual([4, 0, 4, 0]);
  expect((await listTransfers(db, { account_id, count_max: 1 }))[0]).toMatchObject({
    kind: 'withdraw',
    note: 'left us',
  });
});

test('an account is granted 2^53 - 1 microcredits and not one more', async () => {
  const account_id = await openAccount(Number.MAX_SAFE_INTEGER - 1);
  const balance = await topUp(database.db, { account_id, amount_microcredits: 1 });
  expect(balance.available_microcredits).toBe(Number.MAX_SAFE_INTEGER);
  const error = await catchError(topUp(database.db, { account_id, amount_microcredits: 1 }));
  expect(error).toMatchObject({ status: 400, code: 'invalid_request' });
  expect((await getBalance(database.db, account_id)).granted_microcredits).toBe(Number.MAX_SAFE_INTEGER);
});

test('404 for credits to an account that does not exist', async () => {
  const error = await catchError(topUp(database.db, { account_id: 999_999_999, amount_microcredits: 1 }));
  expect(error).toMatchObject({ status: 404, code: 'account_not_found' });
});

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('%d is no amount anywhere', async (amount) => {
  const { db } = database;
  const account_id = await openAccount(10);
  const task_id = nextTask();
  await reserve(db, { account_id, task_id, amount_microcredits: 5 });
  const work = [
    reserve(db, { account_id, task_id: nextTask(), amount_microcredits: amount }),
    settle(db, { task_id, charged_microcredits: amount }),
    topUp(db, { account_id, amount_microcredits: amount }),
    withdraw(db, { account_id, amount_microcredits: amount }),
  ];
  for (const error of await Promise.all(work.map(catchError))) expect(error.code).toBe('internal_error');
  expect(await loadBalance(account_id)).toEqual([10, 5, 5, 0]);
});

test('the database refuses to change or remove a transfer', async () => {
  const { db } = database;
  await openAccount(10);
  for (const statement of [
    sql`update transfers set amount_microcredits = 0`,
    sql`update transfers set note = 'x' where false`,
    sql`delete from transfers where id = 1`,
    sql`truncate transfers`,
  ]) {
    await expect(statement.execute(db)).rejects.toThrow('the ledger is append-only');
  }
});

test('the database itself refuses an overdraft, an unknown movement and a transfer of a negative amount', async () => {
  const { db } = database;
  const account_id = await openAccount(10);
  for (const statement of [
    sql`update balances set available_microcredits = -1, granted_microcredits = -1 where account_id = ${account_id}`,
    sql`update balances set spent_microcredits = 1 where account_id = ${account_id}`,
    sql`insert into transfers (account_id, kind, debit, credit, amount_microcredits)
      values (${account_id}, 'top_up', 'available', 'spent', 1)`,
    sql`insert into transfers (account_id, kind, debit, credit, amount_microcredits)
      values (${account_id}, 'top_up', 'granted', 'available', -1)`,
    sql`insert into transfers (account_id, kind, debit, credit, amount_microcredits)
      values (${account_id}, 'settle', 'reserved', 'spent', 1)`,
  ]) {
    await expect(statement.execute(db)).rejects.toMatchObject({ code: '23514' });
  }
});
