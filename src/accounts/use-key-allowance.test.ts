import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/helpers/catch-error.ts';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import {
  createKey,
  deleteKey,
  disableKey,
  expireKey,
  getKeyAllowance,
  type KeyRequest,
  returnKeyAllowance,
  useKeyAllowance,
} from './index.ts';

const credit = 1_000_000;
const noon = new Date('2026-03-01T12:00:00Z');
const lastMoment = new Date('2026-03-01T23:59:59.999Z');
const midnight = new Date('2026-03-02T00:00:00Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.close();
});

async function makeKey(limits: Partial<KeyRequest> = {}): Promise<number> {
  const { key_id } = await createKey(database.db, { account: 'a', name: 'k', ...limits }, noon);
  return key_id;
}

async function loadUse(keyId: number, now: Date): Promise<[number, number]> {
  const { used_microcredits, used_today_microcredits } = await getKeyAllowance(database.db, keyId, now);
  return [used_microcredits, used_today_microcredits];
}

test('a key without limits counts its use and is never refused', async () => {
  const key = await makeKey();
  await useKeyAllowance(database.db, key, 5_000 * credit, noon);
  await useKeyAllowance(database.db, key, 0, noon);
  expect(await getKeyAllowance(database.db, key, noon)).toMatchObject({
    used_microcredits: 5_000 * credit,
    remaining_microcredits: null,
    remaining_today_microcredits: null,
  });
});

test('402 insufficient_token_quota one microcredit above the total limit, with the documented fields', async () => {
  const key = await makeKey({ total_limit_microcredits: 3 * credit });
  await useKeyAllowance(database.db, key, 2 * credit, noon);
  const error = await catchError(useKeyAllowance(database.db, key, credit + 1, noon));
  expect(error).toMatchObject({ status: 402, code: 'insufficient_token_quota' });
  expect(error.fields).toEqual({
    key_name: 'k',
    estimated_credits: 1.000001,
    total_limit_credits: 3,
    used_credits: 2,
    remaining_credits: 1,
    daily_used_credits: 2,
    reset_timezone: 'UTC',
  });
  await useKeyAllowance(database.db, key, credit, noon);
  expect(await loadUse(key, noon)).toEqual([3 * credit, 3 * credit]);
});

test('402 token_daily_quota_exceeded above the daily limit, until midnight UTC and not a moment longer', async () => {
  const { db } = database;
  const key = await makeKey({ daily_limit_microcredits: 2 * credit, total_limit_microcredits: 9 * credit });
  await useKeyAllowance(db, key, 2 * credit, noon);
  const error = await catchError(useKeyAllowance(db, key, credit, lastMoment));
  expect(error).toMatchObject({ status: 402, code: 'token_daily_quota_exceeded' });
  expect(error.fields).toEqual({
    key_name: 'k',
    estimated_credits: 1,
    total_limit_credits: 9,
    used_credits: 2,
    remaining_credits: 7,
    daily_limit_credits: 2,
    daily_used_credits: 2,
    reset_timezone: 'UTC',
  });
  expect(await loadUse(key, midnight)).toEqual([2 * credit, 0]);
  await useKeyAllowance(db, key, 2 * credit, midnight);
  expect(await loadUse(key, midnight)).toEqual([4 * credit, 2 * credit]);
});

test('a process whose clock is a moment behind counts on the new day and does not start it again', async () => {
  const { db } = database;
  const key = await makeKey({ daily_limit_microcredits: 2 * credit });
  await useKeyAllowance(db, key, credit, midnight);
  await useKeyAllowance(db, key, credit, lastMoment);
  expect(await loadUse(key, midnight)).toEqual([2 * credit, 2 * credit]);
  for (const moment of [lastMoment, midnight]) {
    const error = await catchError(useKeyAllowance(db, key, 1, moment));
    expect(error.code).toBe('token_daily_quota_exceeded');
  }
});

test('what a clock that was years ahead counted holds no later day: the right one begins at zero', async () => {
  const { db } = database;
  const key = await makeKey({ daily_limit_microcredits: 2 * credit });
  await useKeyAllowance(db, key, 2 * credit, new Date('2036-03-01T12:00:00Z'));
  expect(await loadUse(key, noon)).toEqual([2 * credit, 0]);
  await useKeyAllowance(db, key, 2 * credit, noon);
  expect((await catchError(useKeyAllowance(db, key, 1, noon))).code).toBe('token_daily_quota_exceeded');
  await useKeyAllowance(db, key, 2 * credit, midnight);
  expect(await loadUse(key, midnight)).toEqual([6 * credit, 2 * credit]);
});

test('a limit of 0 refuses everything but what is free', async () => {
  const key = await makeKey({ total_limit_microcredits: 0, daily_limit_microcredits: 0 });
  await useKeyAllowance(database.db, key, 0, noon);
  expect((await catchError(useKeyAllowance(database.db, key, 1, noon))).code).toBe('insufficient_token_quota');
});

test('a key that was disabled, expired or deleted since it was checked is refused, and its use stays', async () => {
  const { db } = database;
  const [disabled, expired, deleted] = [await makeKey(), await makeKey(), await makeKey()];
  await disableKey(db, disabled, noon);
  await expireKey(db, expired, noon);
  await deleteKey(db, deleted);
  const codes = [disabled, expired, deleted].map(async (key) => {
    const { status, code } = await catchError(useKeyAllowance(db, key, 0, noon));
    return [status, code];
  });
  expect(await Promise.all(codes)).toEqual([
    [402, 'key_disabled'],
    [402, 'key_expired'],
    [401, 'unauthorized'],
  ]);
  expect(await loadUse(disabled, noon)).toEqual([0, 0]);
});

test('a return on the same day lowers both counts, a later one the total alone, and none goes below 0', async () => {
  const { db } = database;
  const key = await makeKey({ daily_limit_microcredits: 9 * credit });
  await useKeyAllowance(db, key, 3 * credit, noon);
  await returnKeyAllowance(db, key, credit, noon);
  expect(await loadUse(key, noon)).toEqual([2 * credit, 2 * credit]);
  await useKeyAllowance(db, key, 4 * credit, midnight);
  await returnKeyAllowance(db, key, credit, noon);
  expect(await loadUse(key, midnight)).toEqual([5 * credit, 4 * credit]);
  await returnKeyAllowance(db, key, 99 * credit, midnight);
  expect(await loadUse(key, midnight)).toEqual([0, 0]);
  await returnKeyAllowance(db, 999_999, credit, midnight);
});

test('of 100 uses at once of a limit for 30, exactly 30 pass', async () => {
  const key = await makeKey({ total_limit_microcredits: 30 * credit });
  const work = Array.from({ length: 100 }, () => useKeyAllowance(database.db, key, credit, noon));
  const outcomes = await Promise.allSettled(work);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(30);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'insufficient_token_quota' });
  }
  expect(await loadUse(key, noon)).toEqual([30 * credit, 30 * credit]);
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])('%d is no amount', async (amount) => {
  const key = await makeKey();
  const work = [useKeyAllowance(database.db, key, amount, noon), returnKeyAllowance(database.db, key, amount, noon)];
  for (const error of await Promise.all(work.map(catchError))) {
    expect(error).toMatchObject({ status: 500, code: 'internal_error' });
  }
});
