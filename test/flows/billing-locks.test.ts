import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKey, getKeyAllowance, returnKeyAllowance, useKeyAllowance } from '../../src/accounts/index.ts';
import { checkLedger, getBalance, refund, reserve, settle, topUp } from '../../src/credits/index.ts';
import { transaction } from '../../src/db/index.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/test-database.ts';

const now = new Date('2026-03-01T12:00:00Z');
const price = 1_000_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase(20);
});
afterAll(async () => {
  await database.close();
});

async function openAccount(account: string, keys: number, credits: number) {
  const made = [];
  for (let i = 0; i < keys; i++) made.push(await createKey(database.db, { account, name: `key ${i}` }, now));
  const account_id = made[0]?.account_id as number;
  await topUp(database.db, { account_id, amount_microcredits: credits * price });
  return { account_id, keyIds: made.map(({ key_id }) => key_id) };
}

const accept = (account_id: number, keyId: number, task_id: string) =>
  transaction(database.db, async (tx) => {
    await reserve(tx, { account_id, task_id, amount_microcredits: price });
    await useKeyAllowance(tx, keyId, price, now);
  });

const conclude = (keyId: number, task_id: string, success: boolean) =>
  transaction(database.db, async (tx) => {
    const resolution = success
      ? await settle(tx, { task_id, charged_microcredits: price / 2 })
      : await refund(tx, { task_id });
    if (resolution.booked) await returnKeyAllowance(tx, keyId, resolution.returned_microcredits, now);
  });

test('accepting and concluding at once, on keys of one account, never deadlocks, and use equals what was charged', async () => {
  const { account_id, keyIds } = await openAccount('busy', 3, 300);
  const live = async (i: number) => {
    const keyId = keyIds[i % 3] as number;
    await accept(account_id, keyId, `task-${i}`);
    await Promise.all([conclude(keyId, `task-${i}`, i % 2 === 0), conclude(keyId, `task-${i}`, i % 2 === 0)]);
  };
  // Twice as many as there are connections: of more, the last would wait for one for longer than any statement may.
  let next = 0;
  const lane = async () => {
    while (next < 300) await live(next++);
  };
  await Promise.all(Array.from({ length: 40 }, lane));
  const allowances = await Promise.all(keyIds.map((keyId) => getKeyAllowance(database.db, keyId, now)));
  expect(allowances.map(({ used_microcredits }) => used_microcredits)).toEqual([25, 25, 25].map((n) => n * price));
  expect(await getBalance(database.db, account_id)).toMatchObject({
    reserved_microcredits: 0,
    spent_microcredits: 75 * price,
  });
  expect(await checkLedger(database.db, { at_rest: true })).toEqual([]);
});

test('a key over its limit gives the reservation of the same transaction back', async () => {
  const { account_id, keyIds } = await openAccount('limited', 1, 5);
  const limits = { account: 'limited', name: 'small', total_limit_microcredits: price };
  const { key_id } = await createKey(database.db, limits, now);
  await accept(account_id, key_id, 'allowed');
  await expect(accept(account_id, key_id, 'refused')).rejects.toMatchObject({ code: 'insufficient_token_quota' });
  expect((await getBalance(database.db, account_id)).reserved_microcredits).toBe(price);
  await accept(account_id, keyIds[0] as number, 'by the other key');
});

test('a reservation that is refused leaves the allowance of the key as it was', async () => {
  const { account_id, keyIds } = await openAccount('poor', 1, 1);
  const keyId = keyIds[0] as number;
  await accept(account_id, keyId, 'paid');
  await expect(accept(account_id, keyId, 'unpaid')).rejects.toMatchObject({ code: 'insufficient_quota' });
  expect((await getKeyAllowance(database.db, keyId, now)).used_microcredits).toBe(price);
});
