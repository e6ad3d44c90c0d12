import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { insertAccounts } from '../../test/helpers/test-accounts.ts';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { transaction } from '../db/index.ts';
import { checkLedger, getBalance, listTransfers, refund, reserve, settle, topUp, withdraw } from './index.ts';

const credit = 1_000_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase(20);
});
afterAll(async () => {
  await database.close();
});

async function openAccount(microcredits: number): Promise<number> {
  const [account_id = 0] = await insertAccounts(database.db, 1);
  await topUp(database.db, { account_id, amount_microcredits: microcredits });
  return account_id;
}

test('of 200 parallel reservations with credit for 50, exactly 50 are booked and 150 answer 402', async () => {
  const { db } = database;
  const account_id = await openAccount(50 * credit);
  const work = Array.from({ length: 200 }, (_, i) =>
    transaction(db, (tx) => reserve(tx, { account_id, task_id: `flood-${i}`, amount_microcredits: credit })),
  );
  const outcomes = await Promise.allSettled(work);
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused).toHaveLength(150);
  for (const { reason } of refused) {
    expect(reason).toMatchObject({ status: 402, code: 'insufficient_quota', fields: { account_balance_credits: 0 } });
  }
  expect(await getBalance(db, account_id)).toMatchObject({
    available_microcredits: 0,
    reserved_microcredits: 50 * credit,
  });
  expect(await listTransfers(db, { account_id, count_max: 1000 })).toHaveLength(51);
  expect(await checkLedger(db)).toEqual([]);
});

test('64 settlements and 64 refunds of one reservation in parallel: one is booked, all answer it', async () => {
  const { db } = database;
  for (let round = 0; round < 5; round++) {
    const account_id = await openAccount(10);
    const task_id = `contended-${round}`;
    await reserve(db, { account_id, task_id, amount_microcredits: 10 });
    const work = Array.from({ length: 64 }, () => [
      transaction(db, (tx) => settle(tx, { task_id, charged_microcredits: 4 })),
      transaction(db, (tx) => refund(tx, { task_id })),
    ]);
    const answers = await Promise.all(work.flat());
    const booked = answers.filter((answer) => answer.booked);
    expect(booked).toHaveLength(1);
    for (const answer of answers) expect({ ...answer, booked: true }).toEqual(booked[0]);
    const { available_microcredits, spent_microcredits } = await getBalance(db, account_id);
    const charged = booked[0]?.charged_microcredits as number;
    expect([available_microcredits, spent_microcredits]).toEqual([10 - charged, charged]);
  }
  expect(await checkLedger(db)).toEqual([]);
});

test('the resolution that comes second waits, and books when the first one is rolled back', async () => {
  const { db } = database;
  const account_id = await openAccount(10);
  const task_id = 'rolled-back';
  await reserve(db, { account_id, task_id, amount_microcredits: 10 });
  let second: ReturnType<typeof refund> | undefined;
  const first = transaction(db, async (tx) => {
    await settle(tx, { task_id, charged_microcredits: 10 });
    second = refund(db, { task_id });
    await waitForLock();
    throw new Error('crash before commit');
  });
  await expect(first).rejects.toThrow('crash before commit');
  expect(await second).toMatchObject({ kind: 'refund', booked: true });
  expect((await getBalance(db, account_id)).available_microcredits).toBe(10);
});

test('first uses of an account without a balance row race: top-ups add up, free reservations all pass', async () => {
  const { db } = database;
  const [account_id = 0] = await insertAccounts(db, 1);
  await Promise.all(
    Array.from({ length: 20 }, (_, i) => [
      topUp(db, { account_id, amount_microcredits: 5 }),
      reserve(db, { account_id, task_id: `free-${i}`, amount_microcredits: 0 }),
    ]).flat(),
  );
  expect((await getBalance(db, account_id)).available_microcredits).toBe(100);
  expect(await checkLedger(db)).toEqual([]);
});

test('reservations, resolutions, top-ups and withdrawals of one account never deadlock', async () => {
  const { db } = database;
  const account_id = await openAccount(1000);
  const lives = Array.from({ length: 100 }, async (_, i) => {
    const task_id = `mixed-${i}`;
    await transaction(db, (tx) => reserve(tx, { account_id, task_id, amount_microcredits: 3 }));
    await Promise.all([
      transaction(db, (tx) => (i % 2 ? refund(tx, { task_id }) : settle(tx, { task_id, charged_microcredits: 2 }))),
      topUp(db, { account_id, amount_microcredits: 2 }),
      withdraw(db, { account_id, amount_microcredits: 1 }),
    ]);
  });
  await Promise.all(lives);
  expect(await getBalance(db, account_id)).toMatchObject({ available_microcredits: 1000, spent_microcredits: 100 });
  const open = (await checkLedger(db, { at_rest: true })).filter((one) => one.account_id === account_id);
  expect(open).toEqual([]);
});

async function waitForLock(): Promise<void> {
  const waiting = sql`select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  const isWaiting = async () => (await waiting.execute(database.db)).rows.length === 1;
  await vi.waitUntil(isWaiting, { timeout: 600_000 });
}
