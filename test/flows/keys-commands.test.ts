import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KeyChange } from '../../src/accounts/index.ts';
import { editKey, removeKey } from '../../src/flow/index.ts';
import { createCaller } from '../helpers/call.ts';
import { runCommand } from '../helpers/run-command.ts';
import type { Environment, Ran } from '../helpers/run-command-line.ts';
import { runTroupe as startTroupe } from '../helpers/run-process.ts';
import { openTestDatabase, type TestDatabase } from '../helpers/test-database.ts';
import { until } from '../helpers/until.ts';

let database: TestDatabase;
let folder: string;
let settings: Environment;

beforeAll(async () => {
  database = await openTestDatabase(4);
  folder = await mkdtemp(join(tmpdir(), 'troupe-keys-'));
  settings = { DATABASE_URL: database.url, TROUPE_DATA_DIR: folder, TROUPE_DATABASE_CONNECTIONS: '6', PORT: '0' };
});
afterAll(async () => {
  await database?.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(...words: string[]): Promise<Ran> {
  return await runCommand([...words, '--json'], settings);
}

// biome-ignore lint/suspicious/noExplicitAny: what a program reads
async function read(...words: string[]): Promise<any> {
  const ran = await run(...words);
  expect(ran, ran.stdout).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse(ran.stdout);
}

async function makeKey(...words: string[]): Promise<{ key: string; key_id: number; callback_secret: string }> {
  return await read('keys', 'create', '--name', 'laptop', ...words);
}

test('a key that is disabled, edited or deleted on the command line is refused by every running process, enabled it works again', async () => {
  await using one = startTroupe(['api'], settings);
  await using two = startTroupe(['api'], settings);
  const { key, key_id } = await makeKey('--account', 'leak', '--credits', '5');
  const callers: ReturnType<typeof createCaller>[] = [];
  for (const api of [one, two]) {
    const [, url = ''] = await api.waitFor(/answers at (http:\S+),/, 300_000);
    callers.push(createCaller(url, key));
  }
  const seen = async (status: number, code?: string) => {
    for (const call of callers) {
      await until(
        `${status} on each process`,
        async () => {
          const { status: answered, body } = await call('GET', '/v1/tasks');
          return answered === status && body.error?.code === code;
        },
        300_000,
      );
    }
  };
  const id = String(key_id);
  await seen(200);
  expect(await read('keys', 'disable', id)).toMatchObject({ key_id, disabled: true });
  await seen(402, 'key_disabled');
  const edit = (change: KeyChange) => editKey(database.db, 'user:tester', key_id, change, new Date());
  await edit({ disabled: false });
  await seen(200);
  await edit({ expires_at: new Date('2020-01-01') });
  await seen(402, 'key_expired');
  await edit({ expires_at: null });
  await seen(200);
  await removeKey(database.db, 'user:tester', key_id, new Date());
  await seen(401, 'unauthorized');
  const ran = await run('keys', 'disable', id);
  expect(ran).toMatchObject({ code: 1, stderr: '' });
  expect(JSON.parse(ran.stdout)).toMatchObject({ error: { code: 'key_not_found' } });
}, 900_000);

test('keys are listed with id, limits and use but never in clear; what an edit does not name stays', async () => {
  const { key, key_id } = await makeKey(
    '--account',
    'studio',
    '--daily-limit',
    '10',
    '--models',
    'kling-custom-element',
  );
  const fields = [
    '--name',
    'render farm',
    '--total-limit',
    '99.5',
    '--models',
    'none',
    '--expires',
    '2099-01-31T12:00:00Z',
  ];
  await read('keys', 'edit', String(key_id), ...fields);
  const ran = await run('keys', 'list', '--account', 'studio');
  expect(ran.stdout).not.toContain(key);
  expect(JSON.parse(ran.stdout).data).toEqual([
    {
      key_id,
      name: 'render farm',
      role: 'caller',
      account: { account_id: expect.any(Number), name: 'studio' },
      hint: `sk-troupe…${key.slice(-4)}`,
      allowed_models: null,
      disabled: false,
      last_used_at: null,
      total_limit_credits: 99.5,
      daily_limit_credits: 10,
      used_credits: 0,
      used_today_credits: 0,
      expires_at: '2099-01-31T12:00:00.000Z',
      created_at: expect.any(String),
    },
  ]);
  expect((await runCommand(['keys', 'list'], settings)).stdout).toContain('studio: render farm');
}, 900_000);

test('a rotated secret signs beside the new one for 24 hours, with --now no more', async () => {
  const { callback_secret: first } = await makeKey('--account', 'hooks');
  const words = ['--account', 'hooks'];
  const rotated = await read('callback-secrets', 'rotate', ...words);
  const [second, old] = rotated.data;
  expect(old.secret).toBe(first);
  expect(second).toMatchObject({ secret: expect.stringMatching(/^whsec_/), expires_at: null });
  expect(new Date(old.expires_at).getTime() - new Date(second.created_at).getTime()).toBe(24 * 3_600_000);
  expect(await read('callback-secrets', 'list', ...words)).toEqual(rotated);
  const { data } = await read('callback-secrets', 'rotate', '--now', ...words);
  expect(data).toHaveLength(1);
  expect([first, second.secret]).not.toContain(data[0].secret);
}, 900_000);

test('accounts are made and listed, credits withdrawn, transfers listed, and the ledger is whole', async () => {
  const made = await read('accounts', 'create', '--name', 'books');
  expect(made).toMatchObject({ name: 'books', remaining_credits: 0, reserved_credits: 0, used_credits: 0 });
  expect(JSON.parse((await run('accounts', 'create', '--name', 'books')).stdout)).toMatchObject({
    error: { code: 'invalid_request', param: 'name' },
  });
  await read('credits', 'top-up', '--account', 'books', '--credits', '5');
  const withdrawal = ['credits', 'withdraw', '--account', 'books', '--note', 'too many', '--credits'];
  expect(await read(...withdrawal, '1.5')).toEqual({ account: 'books', remaining_credits: 3.5 });
  expect(JSON.parse((await run(...withdrawal, '4')).stdout).error).toMatchObject({
    code: 'invalid_request',
    param: 'credits',
  });
  const { data } = await read('credits', 'transfers', '--account', 'books');
  expect(data).toMatchObject([
    { kind: 'withdraw', credits: 1.5, note: 'too many' },
    { kind: 'top_up', credits: 5 },
  ]);
  expect((await read('credits', 'transfers', '--account', 'books', '--task', 'none')).data).toEqual([]);
  const accounts = await read('accounts', 'list');
  expect(accounts.data).toContainEqual({ ...made, remaining_credits: 3.5 });
  expect(await read('ledger', 'check', '--at-rest')).toEqual({ whole: true, discrepancies: [] });
  for (const words of [
    ['credits', 'top-up', '--credits', '1'],
    ['credits', 'transfers'],
    ['callback-secrets', 'rotate'],
  ]) {
    const refused = await run(...words, '--account', 'nobody');
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'account_not_found' } });
    expect(refused.code).toBe(1);
  }
}, 900_000);

test('each change of an operator leaves one audit line of who, what and when, without any secret, that nothing can change', async () => {
  const { key, key_id, callback_secret } = await makeKey('--account', 'audited', '--credits', '3');
  await read('keys', 'edit', String(key_id), '--daily-limit', '2');
  await read('keys', 'disable', String(key_id));
  await read('callback-secrets', 'rotate', '--account', 'audited');
  await read('credits', 'withdraw', '--account', 'audited', '--credits', '1');
  await read('keys', 'delete', String(key_id));
  await run('keys', 'delete', String(key_id));
  const ran = await run('audit', 'list', '--account', 'audited');
  const { data } = JSON.parse(ran.stdout);
  expect(data.map(({ action }: { action: string }) => action)).toEqual([
    ...['key.delete', 'credits.withdraw', 'callback_secret.rotate', 'key.disable', 'key.edit'],
    ...['credits.top_up', 'key.create', 'account.create'],
  ]);
  for (const line of data) {
    expect(line.actor).toMatch(new RegExp(`^user:${userInfo().username}`));
    expect(Number.isNaN(Date.parse(line.changed_at))).toBe(false);
  }
  expect(data[4]).toMatchObject({ subject: `key:${key_id}`, details: { daily_limit_microcredits: 2_000_000 } });
  for (const secret of [key, callback_secret]) expect(ran.stdout).not.toContain(secret);
  await expect(sql`delete from audit_lines`.execute(database.db)).rejects.toThrow('append-only');
}, 900_000);
