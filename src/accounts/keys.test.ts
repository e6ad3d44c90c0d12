import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catchError } from '../../test/helpers/catch-error.ts';
import { openTestDatabase, type TestDatabase } from '../../test/helpers/test-database.ts';
import {
  authenticateKey,
  checkModelAllowed,
  createKey,
  deleteKey,
  disableKey,
  enableKey,
  expireKey,
  findAccount,
  findAccountByName,
  getAccount,
  getKey,
  listAccounts,
  listCallbackSecrets,
  listKeys,
  rotateCallbackSecret,
} from './index.ts';
import { createKeyText } from './key-text.ts';

const now = new Date('2026-03-01T12:00:00Z');
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(async () => {
  await database.close();
});

test('a new key opens its account, and the database holds nothing that it could be made from', async () => {
  const { db } = database;
  const created = await createKey(db, { account: 'first', name: 'laptop', allowed_models: ['a'] }, now);
  expect(await authenticateKey(db, created.key, now)).toEqual({
    key_id: created.key_id,
    key_name: 'laptop',
    account_id: created.account_id,
    account_name: 'first',
    role: 'caller',
    allowed_models: ['a'],
    expires_at: null,
    disabled_at: null,
    last_used_at: null,
  });
  const { rows } = await sql<{ text: string }>`select to_jsonb(api_keys)::text as text from api_keys`.execute(db);
  expect(rows.map(({ text }) => text).join()).not.toContain(created.key.slice(9, -4));
});

test('keys of one account name share the account and its callback secret', async () => {
  const { db } = database;
  const work = Array.from({ length: 10 }, (_, i) => createKey(db, { account: 'shared', name: `key ${i}` }, now));
  const created = await Promise.all(work);
  expect(new Set(created.map(({ account_id }) => account_id)).size).toBe(1);
  expect(new Set(created.map(({ callback_secret }) => callback_secret)).size).toBe(1);
  expect(new Set(created.map(({ key }) => key)).size).toBe(10);
  const listed = await listKeys(db, created[0]?.account_id as number, now);
  expect(listed.map(({ name }) => name).sort()).toEqual(Array.from({ length: 10 }, (_, i) => `key ${i}`));
});

test('401 with one and the same error for no key, no form, a wrong checksum, an unknown and a deleted key', async () => {
  const { db } = database;
  const { key, key_id } = await createKey(db, { account: 'gone', name: 'gone' }, now);
  await deleteKey(db, key_id);
  const texts = [undefined, '', 'sk-', 'x'.repeat(10_000), `${key.slice(0, -1)}!`, createKeyText(), key, `${key}\0`];
  for (const text of texts) {
    const { status, code, message, fields, param } = await catchError(authenticateKey(db, text, now));
    expect({ status, code, message, fields, param }).toEqual({
      status: 401,
      code: 'unauthorized',
      message: 'The API key is missing or not valid. Send it in the header `Authorization: Bearer sk-…`.',
      fields: {},
      param: undefined,
    });
  }
});

test('an unknown key is not told from a malformed one by the time it takes, within 5 ms', async () => {
  const { db } = database;
  const measure = async (text: string): Promise<number> => {
    const start = performance.now();
    await catchError(authenticateKey(db, text, now));
    return performance.now() - start;
  };
  const times = { malformed: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY };
  for (let i = 0; i < 50; i++) {
    times.malformed = Math.min(times.malformed, await measure(`sk-${i}`));
    times.unknown = Math.min(times.unknown, await measure(createKeyText()));
  }
  expect(times.unknown - times.malformed).toBeLessThan(5);
});

test('402 key_disabled while a key is off, and it works again when it is on', async () => {
  const { db } = database;
  const { key, key_id } = await createKey(db, { account: 'switch', name: 'switch' }, now);
  await disableKey(db, key_id, now);
  await disableKey(db, key_id, new Date('2026-03-02T12:00:00Z'));
  expect((await getKey(db, key_id, now)).disabled_at).toEqual(now);
  const error = await catchError(authenticateKey(db, key, now));
  expect(error).toMatchObject({ status: 402, code: 'key_disabled', fields: { key_name: 'switch' } });
  await enableKey(db, key_id);
  expect(await authenticateKey(db, key, now)).toMatchObject({ key_id });
});

test('402 key_expired from the very moment on', async () => {
  const { db } = database;
  const expires_at = new Date('2026-03-01T13:00:00Z');
  const { key, key_id } = await createKey(db, { account: 'expiry', name: 'expiry', expires_at }, now);
  await authenticateKey(db, key, new Date(expires_at.getTime() - 1));
  const error = await catchError(authenticateKey(db, key, expires_at));
  expect(error).toMatchObject({ status: 402, code: 'key_expired' });
  expect(error.fields).toEqual({ key_name: 'expiry', expired_at: Date.UTC(2026, 2, 1, 13) / 1000 });
  await expireKey(db, key_id, null);
  await authenticateKey(db, key, expires_at);
});

test('403 naming the model that the key may not use; a key without a list may use all', async () => {
  const key = { key_name: 'k', allowed_models: ['kling-custom-element'] };
  checkModelAllowed(key, 'kling-custom-element');
  checkModelAllowed({ key_name: 'k', allowed_models: null }, 'anything');
  const error = await catchError((async () => checkModelAllowed(key, 'kling-v3'))());
  expect(error).toMatchObject({ status: 403, code: 'model_access_denied', param: 'model' });
  expect(error.message).toContain("'kling-v3'");
});

test.each([
  ['account', { account: '' }],
  ['account', { account: 'é'.repeat(65) }],
  ['account', { account: 'a\0b' }],
  ['name', { name: '' }],
  ['name', { name: '\u{1F3AD}'.repeat(65) }],
  ['total_limit', { total_limit_microcredits: -1 }],
  ['total_limit', { total_limit_microcredits: 1.5 }],
  ['daily_limit', { daily_limit_microcredits: 2 ** 53 }],
  ['daily_limit', { daily_limit_microcredits: Number.NaN }],
  ['allowed_models', { allowed_models: [] }],
  ['expires_at', { expires_at: now }],
  ['expires_at', { expires_at: new Date(Number.NaN) }],
])('400 naming %s for %j, and no account is made', async (param, fields) => {
  const before = await listAccounts(database.db);
  const error = await catchError(createKey(database.db, { account: 'never', name: 'never', ...fields }, now));
  expect(error).toMatchObject({ status: 400, code: 'invalid_request', param });
  expect(error.message.startsWith(`${param}: must`)).toBe(true);
  expect(await listAccounts(database.db)).toEqual(before);
});

test('a name may have 64 characters of any script', async () => {
  const name = '\u{1F3AD}'.repeat(64);
  const { key_id } = await createKey(database.db, { account: name, name }, now);
  expect(await getKey(database.db, key_id, new Date())).toMatchObject({ name, account_name: name });
});

test('a rotated callback secret comes first and each one before it stays valid for 24 hours, with at_once no longer', async () => {
  const { db } = database;
  const { account_id, callback_secret: first } = await createKey(db, { account: 'rotate', name: 'k' }, now);
  const list = async (at: Date) =>
    (await listCallbackSecrets(db, [account_id], at)).get(account_id)?.map(({ secret }) => secret);
  expect(await list(now)).toEqual([first]);
  const [second] = await rotateCallbackSecret(db, account_id, now);
  const hourLater = new Date(now.getTime() + 3_600_000);
  const [third] = await rotateCallbackSecret(db, account_id, hourLater);
  expect(await list(hourLater)).toEqual([third?.secret, second?.secret, first]);
  expect(await list(new Date(now.getTime() + 24 * 3_600_000))).toEqual([third?.secret, second?.secret]);
  expect(await list(new Date(now.getTime() + 25 * 3_600_000))).toEqual([third?.secret]);
  const [last, ...others] = await rotateCallbackSecret(db, account_id, hourLater, { at_once: true });
  expect([await list(hourLater), others]).toEqual([[last?.secret], []]);
});

test('404 for an account or key that does not exist', async () => {
  const { db } = database;
  expect(await findAccount(db, 999_999)).toBeNull();
  expect(await findAccountByName(db, 'nobody')).toBeNull();
  const ofAccounts = [getAccount(db, 999_999), rotateCallbackSecret(db, 999_999, now)];
  for (const error of await Promise.all(ofAccounts.map(catchError))) {
    expect(error).toMatchObject({ status: 404, code: 'account_not_found' });
  }
  const ofKeys = [
    getKey(db, 999_999, new Date()),
    disableKey(db, 999_999, now),
    enableKey(db, 999_999),
    expireKey(db, 999_999, null),
    deleteKey(db, 999_999),
  ];
  for (const error of await Promise.all(ofKeys.map(catchError))) {
    expect(error).toMatchObject({ status: 404, code: 'key_not_found' });
  }
});
