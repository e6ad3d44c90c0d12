import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { catchError } from '../../test/helpers/catch-error.ts';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import { connect, type Db, transaction } from '../db/index.ts';
import { createKey, createKeyCache, deleteKey, disableKey, enableKey, expireKey, getKey } from './index.ts';
import { createKeyText } from './key-text.ts';

let database: TestDatabase;
let statements = 0;
const time = { ms: Date.UTC(2026, 2, 1, 12) };
const clock = () => time.ms;

beforeAll(async () => {
  database = await openTestDatabase();
  // Outside a transaction every statement borrows a connection once.
  database.pool.on('acquire', () => statements++);
});
afterAll(async () => {
  await database.close();
});
beforeEach(() => {
  time.ms += 86_400_000;
});

const openCache = (options: { sizeMax?: number; onError?: (error: unknown) => void } = {}) =>
  createKeyCache({ ttlMs: 1000, sizeMax: 100, clock, ...options });

async function makeKey(name: string) {
  return await createKey(database.db, { account: 'cache', name }, new Date(time.ms));
}

test('a key that was looked up costs no statement for a second', async () => {
  const cache = openCache();
  const { key, key_id } = await makeKey('warm');
  await cache.authenticateKey(database.db, key);
  await cache.settled();
  statements = 0;
  time.ms += 999;
  expect(await cache.authenticateKey(database.db, key)).toMatchObject({ key_id, account_name: 'cache' });
  expect(statements).toBe(0);
  time.ms += 1;
  await cache.authenticateKey(database.db, key);
  expect(statements).toBe(1);
});

test('a key that is disabled, enabled or deleted is so after 1 s in a warm cache', async () => {
  const cache = openCache();
  const { key, key_id } = await makeKey('revoked');
  const { db } = database;
  await cache.authenticateKey(db, key);
  await disableKey(db, key_id, new Date(time.ms));
  time.ms += 1000;
  expect(await catchError(cache.authenticateKey(db, key))).toMatchObject({ status: 402, code: 'key_disabled' });
  await enableKey(db, key_id);
  time.ms += 1000;
  await cache.authenticateKey(db, key);
  await deleteKey(db, key_id);
  time.ms += 1000;
  expect(await catchError(cache.authenticateKey(db, key))).toMatchObject({ status: 401, code: 'unauthorized' });
});

test('a key expires at its very moment in a warm cache, without a statement', async () => {
  const cache = openCache();
  const { key, key_id } = await makeKey('expiring');
  await expireKey(database.db, key_id, new Date(time.ms + 500));
  await cache.authenticateKey(database.db, key);
  await cache.settled();
  statements = 0;
  time.ms += 500;
  expect(await catchError(cache.authenticateKey(database.db, key))).toMatchObject({ code: 'key_expired' });
  expect(statements).toBe(0);
});

test('500 requests with one unknown key cost one statement, malformed ones none', async () => {
  const cache = openCache();
  const unknown = createKeyText();
  statements = 0;
  const answers = Array.from({ length: 250 }, () => catchError(cache.authenticateKey(database.db, unknown)));
  for (const error of await Promise.all(answers)) expect(error.status).toBe(401);
  for (let i = 0; i < 250; i++) await catchError(cache.authenticateKey(database.db, unknown));
  for (const text of [undefined, '', 'sk-x', unknown.slice(0, -1), unknown.toUpperCase()]) {
    expect(await catchError(cache.authenticateKey(database.db, text))).toMatchObject({ code: 'unauthorized' });
  }
  expect(statements).toBe(1);
});

test('100 concurrent requests with one key share one statement and one note of use', async () => {
  const cache = openCache();
  const { key } = await makeKey('shared');
  statements = 0;
  await Promise.all(Array.from({ length: 100 }, () => cache.authenticateKey(database.db, key)));
  await cache.settled();
  expect(statements).toBe(2);
});

test('a flood of unknown keys pushes no known key out', async () => {
  const cache = openCache({ sizeMax: 10 });
  const { key } = await makeKey('precious');
  await cache.authenticateKey(database.db, key);
  await cache.settled();
  await Promise.all(Array.from({ length: 100 }, () => catchError(cache.authenticateKey(database.db, createKeyText()))));
  statements = 0;
  await cache.authenticateKey(database.db, key);
  expect(statements).toBe(0);
});

test('of more known keys than fit, the one looked up first is forgotten', async () => {
  const cache = openCache({ sizeMax: 2 });
  const made = [await makeKey('one'), await makeKey('two'), await makeKey('three')];
  for (const { key } of made) await cache.authenticateKey(database.db, key);
  await cache.settled();
  statements = 0;
  for (const { key } of made.slice(1)) await cache.authenticateKey(database.db, key);
  expect(statements).toBe(0);
  await cache.authenticateKey(database.db, made[0]?.key);
  expect(statements).toBe(1);
});

/** Runs `work` while every lookup has to wait; it may wait itself until so many do. */
async function withSlowLookups<T>(work: (tx: Db, untilWaiting: (count: number) => Promise<void>) => Promise<T>) {
  return await transaction(database.db, async (tx) => {
    await sql`lock table api_keys in access exclusive mode`.execute(tx);
    return await work(tx, async (count) => {
      // Not by `tx`: a transaction keeps seeing the sessions that it saw first.
      const countWaiting = sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`;
      const isReached = async () => (await countWaiting.execute(database.db)).rows.length === count;
      await vi.waitUntil(isReached, { timeout: 600_000 });
    });
  });
}

test('an answer that a slow database gives late serves nobody who came 1 s after the question', async () => {
  const { db } = database;
  const cache = openCache();
  const { key, key_id } = await makeKey('slow');
  const { early, late } = await withSlowLookups(async (tx, untilWaiting) => {
    const early = cache.authenticateKey(db, key);
    await untilWaiting(1);
    await disableKey(tx, key_id, new Date(time.ms));
    time.ms += 1000;
    const late = catchError(cache.authenticateKey(db, key));
    await untilWaiting(2);
    return { early: early.catch(() => undefined), late };
  });
  await early;
  expect(await late).toMatchObject({ code: 'key_disabled' });
});

test('a late answer is remembered for 1 s from its question, not from its coming', async () => {
  const { db } = database;
  const cache = openCache();
  const { key } = await makeKey('late');
  const { asked } = await withSlowLookups(async (_, untilWaiting) => {
    const asked = cache.authenticateKey(db, key);
    await untilWaiting(1);
    time.ms += 999;
    return { asked };
  });
  await asked;
  await cache.settled();
  statements = 0;
  await cache.authenticateKey(db, key);
  expect(statements).toBe(0);
  time.ms += 1;
  await cache.authenticateKey(db, key);
  expect(statements).toBe(1);
});

test('a failed lookup is not remembered', async () => {
  const cache = openCache();
  const { key, key_id } = await makeKey('outage');
  const gone = connect({ url: 'postgres://x@127.0.0.1:1/x', connectionsMax: 1, onError: () => undefined });
  await expect(cache.authenticateKey(gone.db, key)).rejects.toThrow('ECONNREFUSED');
  expect(await cache.authenticateKey(database.db, key)).toMatchObject({ key_id });
  await gone.close();
});

test('last use is noted once a minute', async () => {
  const { db } = database;
  const cache = openCache();
  const { key, key_id } = await makeKey('used');
  const use = async (afterMs: number) => {
    time.ms += afterMs;
    await cache.authenticateKey(db, key);
    await cache.settled();
    return (await getKey(db, key_id, new Date())).last_used_at?.getTime();
  };
  const first = await use(0);
  expect(first).toBe(time.ms);
  expect(await use(59_999)).toBe(first);
  expect(await use(1)).toBe(time.ms);
  expect(await use(5)).toBe(time.ms - 5);
});

test('a failure to note the use is reported and the request succeeds', async () => {
  const { db } = database;
  const errors: unknown[] = [];
  const cache = openCache({ onError: (error) => errors.push(error) });
  const { key, key_id } = await makeKey('unnoted');
  await sql`alter table api_keys add constraint never_used check (last_used_at is null) not valid`.execute(db);
  try {
    expect(await cache.authenticateKey(db, key)).toMatchObject({ key_id });
    await cache.settled();
  } finally {
    await sql`alter table api_keys drop constraint never_used`.execute(db);
  }
  expect(errors).toHaveLength(1);
  expect(String(errors[0])).toContain('never_used');
});
