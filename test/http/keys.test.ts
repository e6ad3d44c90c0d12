import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAuditLines } from '../../src/audit/index.ts';
import { grantFirstKey } from '../../src/flow/index.ts';
import { createCaller } from '../helpers/call.ts';
import { type AnswerChecker, createAnswerChecker } from '../helpers/check-answers.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { openTestDatabase } from '../helpers/test-database.ts';
import { until } from '../helpers/until.ts';

let troupe: StartedTroupe;
let checker: AnswerChecker;
/** Of the accounts 'studio' and 'rival'. */
let caller: string;
let manager: string;
let admin: string;
let rival: string;
let adminId: number;
let managerId: number;
let rivalId: number;

beforeAll(async () => {
  troupe = await startTroupe({ environment: { TROUPE_WRONG_KEYS_PER_MINUTE: '1000000' } });
  checker = createAnswerChecker((await troupe.call('GET', '/openapi.json', { key: null })).body);
  const grant = (account: string, role: 'caller' | 'manager' | 'admin') =>
    troupe.grant({ account, name: role, role }, 10);
  ({ key: caller } = await grant('studio', 'caller'));
  ({ key: manager, key_id: managerId } = await grant('studio', 'manager'));
  ({ key: admin, key_id: adminId } = await grant('studio', 'admin'));
  ({ key: rival, key_id: rivalId } = await grant('rival', 'manager'));
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
});

const templates: [RegExp, string][] = [
  [/^\/v1\/keys\/[^/?]+$/, '/v1/keys/{key_id}'],
  [/\?.*$/, ''],
];

/** Every answer is held against the document as well. */
async function ask(method: string, path: string, key: string, body?: unknown) {
  const answer = await troupe.call(method, path, { key, body });
  const template = templates.reduce((text, [pattern, name]) => text.replace(pattern, name), path);
  expect(checker.check(method, template, answer)).toBe('');
  return answer;
}

/** Status, code and field of an answer. */
const judge = ({ status, body }: { status: number; body: { error?: { code: string; param?: string } } }) => [
  status,
  body.error?.code,
  body.error?.param,
];

const make = async (key: string, body: object) => (await ask('POST', '/v1/keys', key, { name: 'made', ...body })).body;

describe('GET /v1/me', () => {
  test('is the record of the key that asks, with its account and role, and never the key', async () => {
    const { status, body } = await ask('GET', '/v1/me', caller);
    expect([status, body]).toEqual([
      200,
      {
        key_id: expect.any(Number),
        name: 'caller',
        role: 'caller',
        account: { account_id: expect.any(Number), name: 'studio' },
        hint: `sk-troupe…${caller.slice(-4)}`,
        allowed_models: null,
        total_limit_credits: null,
        daily_limit_credits: null,
        used_credits: 0,
        used_today_credits: 0,
        expires_at: null,
        disabled: false,
        last_used_at: expect.toSatisfy((time) => time === null || new Date(time).toISOString() === time),
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      },
    ]);
  });
});

describe('POST /v1/keys', () => {
  test('shows the new key in clear this once; it works, and no later answer holds it', async () => {
    const { key, ...record } = await make(manager, { name: 'laptop', daily_limit_credits: 2.5 });
    expect(record).toMatchObject({
      name: 'laptop',
      role: 'caller',
      account: { name: 'studio' },
      daily_limit_credits: 2.5,
    });
    // Its use is noted a moment later, not while the caller waits.
    const { last_used_at: _, ...shown } = (await ask('GET', '/v1/me', key)).body;
    expect({ ...shown, last_used_at: record.last_used_at }).toEqual(record);
    for (const path of [`/v1/keys/${record.key_id}`, '/v1/keys?limit=100']) {
      expect(JSON.stringify((await ask('GET', path, manager)).body)).not.toContain(key);
    }
    expect(troupe.log.join('')).not.toContain(key);
    expect(JSON.stringify(await listAuditLines(troupe.database.db))).not.toContain(key);
  });

  test('every field of the contract holds for the key that is made', async () => {
    const wish = {
      name: '写真 studio',
      role: 'manager',
      allowed_models: ['kling-custom-element'],
      total_limit_credits: 12.000001,
      daily_limit_credits: 0,
      expires_at: '2099-01-31T12:00:00+01:00',
    };
    expect(await make(admin, wish)).toMatchObject({ ...wish, expires_at: '2099-01-31T11:00:00.000Z', disabled: false });
  });

  test.each([
    ['name', {}],
    ['name', { name: '' }],
    ['name', { name: 'x'.repeat(65) }],
    ['name', { name: 'a\u202eb' }],
    ['name', { name: '\u200b' }],
    ['name', { name: 7 }],
    ['role', { role: 'root' }],
    ['role', { role: 'Admin' }],
    ['role', { role: ['admin'] }],
    ['allowed_models', { allowed_models: [] }],
    ['allowed_models', { allowed_models: 'kling-custom-element' }],
    ['allowed_models[0]', { allowed_models: ['no-such-model'] }],
    ['allowed_models[0]', { allowed_models: [null] }],
    ['total_limit_credits', { total_limit_credits: -1 }],
    ['total_limit_credits', { total_limit_credits: '10' }],
    ['total_limit_credits', { total_limit_credits: 1e300 }],
    ['total_limit_credits', { total_limit_credits: 9_007_199_255 }],
    ['total_limit_credits', { total_limit_credits: 1e-7 }],
    ['daily_limit_credits', { daily_limit_credits: 0.1 + 0.2 }],
    ['daily_limit_credits', { daily_limit_credits: true }],
    ['expires_at', { expires_at: 4_000_000_000 }],
    ['expires_at', { expires_at: '4000000000' }],
    ['expires_at', { expires_at: '2099-02-30' }],
    ['expires_at', { expires_at: '2099-01-31T12:00:00' }],
    ['expires_at', { expires_at: 'infinity' }],
    ['expires_at', { expires_at: '2020-01-01' }],
    ['expires_at', { expires_at: '2099-01-31T12:00:00Z\0' }],
    ['limits', { limits: 1 }],
    ['daily_limit', { daily_limit: 5 }],
    ['key_id', { key_id: 1 }],
    ['account', { account: {} }],
  ])('400 naming %s for %j, and no key is made', async (param, wish) => {
    const count = async () =>
      (await sql<{ n: number }>`select count(*) as n from api_keys`.execute(troupe.database.db)).rows;
    const before = await count();
    const body = 'name' in wish || param === 'name' ? wish : { name: 'made', ...wish };
    expect(judge(await ask('POST', '/v1/keys', admin, body))).toEqual([400, 'invalid_request', param]);
    expect(await count()).toEqual(before);
  });

  test.each(['{"name":"a","__proto__":{"role":"admin"}}', '{"name":"a","constructor":{"prototype":{"role":"admin"}}}'])(
    '400 for %s, which makes no admin',
    async (body) => {
      expect((await ask('POST', '/v1/keys', manager, body)).status).toBe(400);
      expect(({} as { role?: string }).role).toBeUndefined();
    },
  );

  test('403 for a role above its own', async () => {
    expect(judge(await ask('POST', '/v1/keys', manager, { name: 'x', role: 'admin' }))).toEqual([
      403,
      'permission_denied',
      'role',
    ]);
    expect((await make(manager, { role: 'manager' })).role).toBe('manager');
    expect((await make(admin, { role: 'admin' })).role).toBe('admin');
  });

  test('a limited key gives what it has and no more; what is left out is like its own', async () => {
    const bounds = {
      allowed_models: ['kling-custom-element', 'kling-o3-text-to-video'],
      total_limit_credits: 10,
      daily_limit_credits: 5,
      expires_at: '2099-06-01T00:00:00.000Z',
    };
    const { key } = await make(manager, { role: 'manager', ...bounds });
    expect(await make(key, {})).toMatchObject({ role: 'caller', ...bounds });
    const less = {
      allowed_models: ['kling-custom-element'],
      total_limit_credits: 9.999999,
      daily_limit_credits: 0,
      expires_at: '2099-05-31T23:59:59.999Z',
    };
    expect(await make(key, less)).toMatchObject(less);
    const tooMuch: Record<string, unknown[]> = {
      allowed_models: [null, ['kling-o3-image-to-video'], ['kling-custom-element', 'kling-o3-image-to-video']],
      total_limit_credits: [null, 10.000001, 1e9],
      daily_limit_credits: [null, 5.000001],
      expires_at: [null, '2099-06-01T00:00:00.001Z', '9999-12-31'],
    };
    for (const [field, values] of Object.entries(tooMuch)) {
      for (const value of values) {
        const answer = await ask('POST', '/v1/keys', key, { name: 'x', [field]: value });
        expect([value, ...judge(answer)]).toEqual([value, 403, 'permission_denied', field]);
      }
    }
  });

  test("a manager makes keys of its own account alone, another account is like none; an admin's may be of any", async () => {
    const rivalAccount = (await ask('GET', '/v1/me', rival)).body.account.account_id;
    for (const account of ['rival', rivalAccount, String(rivalAccount), 'nobody', 900_000]) {
      expect(judge(await ask('POST', '/v1/keys', manager, { name: 'x', account }))).toEqual([
        404,
        'account_not_found',
        undefined,
      ]);
    }
    const own = (await ask('GET', '/v1/me', manager)).body.account;
    for (const account of [own.name, own.account_id, String(own.account_id)]) {
      expect((await make(manager, { account })).account).toEqual(own);
    }
    for (const account of ['rival', rivalAccount]) expect((await make(admin, { account })).account.name).toBe('rival');
    expect(judge(await ask('POST', '/v1/keys', admin, { name: 'x', account: 'nobody' }))[0]).toBe(404);
    const names = await sql`select from accounts where name = 'nobody'`.execute(troupe.database.db);
    expect(names.rows).toEqual([]);
  });
});

describe('GET /v1/keys', () => {
  test("a manager sees its own account's keys, an admin those of all or of one, newest first", async () => {
    const accountsOf = (body: { data: { account: { name: string } }[] }) => [
      ...new Set(body.data.map(({ account }) => account.name)),
    ];
    expect(accountsOf((await ask('GET', '/v1/keys?limit=100', manager)).body)).toEqual(['studio']);
    expect(accountsOf((await ask('GET', '/v1/keys?limit=100', admin)).body).sort()).toEqual([
      'rival',
      'studio',
      'tester',
    ]);
    expect(accountsOf((await ask('GET', '/v1/keys?limit=100&account=rival', admin)).body)).toEqual(['rival']);
    expect((await ask('GET', '/v1/keys?account=rival', manager)).status).toBe(404);
    const ids = (await ask('GET', '/v1/keys?limit=100', admin)).body.data.map(
      ({ key_id }: { key_id: number }) => key_id,
    );
    expect(ids).toEqual(ids.toSorted((one: number, other: number) => other - one));
    const walked: number[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await ask('GET', `/v1/keys?limit=3&cursor=${cursor}`, admin);
      walked.push(...body.data.map(({ key_id }: { key_id: number }) => key_id));
      if (body.next_cursor === null) break;
      cursor = body.next_cursor;
    }
    expect(walked).toEqual(ids);
  });

  test("another account's key answers like none for reading, changing and deleting; an admin reaches it", async () => {
    for (const [method, body] of [['GET'], ['PATCH', { name: 'mine' }], ['DELETE']] as const) {
      const theirs = await ask(method, `/v1/keys/${rivalId}`, manager, body);
      const none = await ask(method, '/v1/keys/900000', manager, body);
      expect(judge(theirs)).toEqual([404, 'key_not_found', undefined]);
      expect(theirs.body.error.message.replace(String(rivalId), '')).toBe(
        none.body.error.message.replace('900000', ''),
      );
    }
    expect((await ask('GET', `/v1/keys/${rivalId}`, admin)).body).toMatchObject({ name: 'manager', key_id: rivalId });
    expect((await ask('PATCH', `/v1/keys/${rivalId}`, admin, { name: 'theirs' })).body.name).toBe('theirs');
  });

  test.each(['0', '-1', 'x', '1.5', '9'.repeat(16), '%00', '1e3', '01'])('400 naming key_id for %s', async (id) => {
    expect(judge(await ask('GET', `/v1/keys/${id}`, manager))).toEqual([400, 'invalid_request', 'key_id']);
  });
});

describe('PATCH /v1/keys/{key_id}', () => {
  test('what is named changes, what is not stays, and null takes a limit away', async () => {
    const { key_id } = await make(manager, {
      daily_limit_credits: 3,
      total_limit_credits: 9,
      expires_at: '2099-01-01',
    });
    const path = `/v1/keys/${key_id}`;
    const change = { name: 'renamed', daily_limit_credits: null };
    expect((await ask('PATCH', path, manager, change)).body).toMatchObject({ ...change, total_limit_credits: 9 });
    const cleared = { total_limit_credits: null, expires_at: null, allowed_models: null };
    expect((await ask('PATCH', path, manager, cleared)).body).toMatchObject({ ...cleared, name: 'renamed' });
    expect((await ask('PATCH', path, manager, { allowed_models: ['kling-custom-element'] })).body).toMatchObject({
      allowed_models: ['kling-custom-element'],
    });
  });

  test.each([
    ['body', {}],
    ['role', { role: 'admin' }],
    ['account', { account: 'rival' }],
    ['used_credits', { used_credits: 0 }],
    ['disabled', { disabled: 'yes' }],
    ['expires_at', { expires_at: 'soon' }],
    ['name', { name: 'a\u0000b' }],
    ['allowed_models', { allowed_models: [] }],
    ['total_limit_credits', { total_limit_credits: -0.5 }],
  ])('400 naming %s for %j, and nothing changes', async (param, change) => {
    const { key, ...before } = await make(manager, {});
    expect(judge(await ask('PATCH', `/v1/keys/${before.key_id}`, manager, change))).toEqual([
      400,
      'invalid_request',
      param,
    ]);
    expect((await ask('GET', `/v1/keys/${before.key_id}`, manager)).body).toEqual(before);
  });

  test('a disabled key is refused by the very next request, enabled it works again, deleted it is like none', async () => {
    const { key, key_id } = await make(manager, {});
    const path = `/v1/keys/${key_id}`;
    for (let round = 0; round < 3; round += 1) {
      expect((await ask('GET', '/v1/me', key)).status).toBe(200);
      await ask('PATCH', path, manager, { disabled: true });
      expect(judge(await ask('GET', '/v1/me', key)).slice(0, 2)).toEqual([402, 'key_disabled']);
      await ask('PATCH', path, manager, { disabled: false });
    }
    expect((await ask('GET', '/v1/me', key)).status).toBe(200);
    await ask('PATCH', path, manager, { expires_at: '2020-01-01' });
    expect(judge(await ask('GET', '/v1/me', key)).slice(0, 2)).toEqual([402, 'key_expired']);
    expect((await ask('DELETE', path, manager)).body).toEqual({ key_id, status: 'deleted' });
    expect((await ask('GET', '/v1/me', key)).status).toBe(401);
    expect((await ask('DELETE', path, manager)).status).toBe(404);
  });

  test('a key can not disable, end or delete itself, and the last admin stays', async () => {
    for (const [key, id] of [
      [admin, adminId],
      [manager, managerId],
    ] as const) {
      const path = `/v1/keys/${id}`;
      for (const change of [{ disabled: true }, { expires_at: '2020-01-01' }, { expires_at: '2099-01-01' }]) {
        const field = Object.keys(change)[0];
        expect(judge(await ask('PATCH', path, key, change))).toEqual([403, 'permission_denied', field]);
        const hidden = { name: 'quiet', ...change };
        expect((await ask('PATCH', path, key, hidden)).status).toBe(403);
      }
      expect(judge(await ask('DELETE', path, key))).toEqual([403, 'permission_denied', undefined]);
      expect((await ask('GET', '/v1/me', key)).body).toMatchObject({ disabled: false, expires_at: null });
    }
    expect((await ask('PATCH', `/v1/keys/${managerId}`, manager, { name: 'manager', disabled: false })).status).toBe(
      200,
    );
  });

  test('a manager changes no key of a higher role, whatever the change', async () => {
    const { key_id } = await make(admin, { role: 'admin' });
    for (const change of [
      { disabled: true },
      { name: 'x' },
      { daily_limit_credits: 0 },
      { expires_at: '2020-01-01' },
    ]) {
      expect(judge(await ask('PATCH', `/v1/keys/${key_id}`, manager, change))).toEqual([
        403,
        'permission_denied',
        'role',
      ]);
    }
    expect((await ask('DELETE', `/v1/keys/${key_id}`, manager)).status).toBe(403);
    expect((await ask('GET', `/v1/keys/${key_id}`, manager)).body.disabled).toBe(false);
  });

  test('a limited manager may narrow every key and widen none beyond itself, itself included', async () => {
    const own = { role: 'manager', allowed_models: ['kling-custom-element'], total_limit_credits: 10 };
    const limited = await make(manager, own);
    const wide = await make(manager, {});
    const path = `/v1/keys/${wide.key_id}`;
    expect((await ask('PATCH', path, limited.key, { disabled: true, name: 'off' })).status).toBe(200);
    expect(judge(await ask('PATCH', path, limited.key, { disabled: false }))).toEqual([
      403,
      'permission_denied',
      'allowed_models',
    ]);
    expect((await ask('PATCH', path, limited.key, { daily_limit_credits: 1 })).status).toBe(200);
    expect((await ask('PATCH', path, limited.key, { daily_limit_credits: 2 })).status).toBe(403);
    const narrow = { allowed_models: ['kling-custom-element'], total_limit_credits: 10 };
    expect((await ask('PATCH', path, limited.key, narrow)).status).toBe(200);
    expect((await ask('PATCH', path, limited.key, { disabled: false })).status).toBe(200);
    for (const change of [
      { total_limit_credits: null },
      { total_limit_credits: 11 },
      { allowed_models: null },
      { allowed_models: ['kling-o3-text-to-video'] },
    ]) {
      const field = Object.keys(change)[0];
      for (const id of [wide.key_id, limited.key_id]) {
        const answer = await ask('PATCH', `/v1/keys/${id}`, limited.key, change);
        expect([change, ...judge(answer)]).toEqual([change, 403, 'permission_denied', field]);
      }
    }
  });

  test('two admins that disable each other at once end with one of them on', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [await make(admin, { role: 'admin' }), await make(admin, { role: 'admin' })];
      const answers = await Promise.all([
        ask('PATCH', `/v1/keys/${two.key_id}`, one.key, { disabled: true }),
        ask('PATCH', `/v1/keys/${one.key_id}`, two.key, { disabled: true }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 402]);
    }
  });

  test('a key that was disabled after its request had passed makes no other key', async () => {
    const { key, key_id } = await make(admin, { role: 'manager' });
    await ask('GET', '/v1/me', key);
    // Behind the process's back, so that its cache still has the key.
    await sql`update api_keys set disabled_at = now() where id = ${key_id}`.execute(troupe.database.db);
    expect(judge(await ask('POST', '/v1/keys', key, { name: 'x' }))).toEqual([402, 'key_disabled', undefined]);
    await sql`update api_keys set disabled_at = null, role = 'caller' where id = ${key_id}`.execute(troupe.database.db);
    // Where the cache had just let the key go, it has the disabled one now.
    await until('the role speaks', async () => (await ask('POST', '/v1/keys', key, { name: 'x' })).status === 403);
  });
});

test('what one process changes holds on another one that has the key in its cache', async () => {
  await using other = await startTroupe({
    databaseUrl: () => troupe.database.url,
    environment: { TROUPE_DATA_DIR: troupe.config.dataFolder },
  });
  const { key, key_id } = await make(manager, {});
  const call = createCaller(other.url, key);
  const seen = (status: number) =>
    until(`${status} on the other process`, async () => (await call('GET', '/v1/me')).status === status);
  await seen(200);
  await ask('PATCH', `/v1/keys/${key_id}`, manager, { disabled: true });
  await seen(402);
  await ask('PATCH', `/v1/keys/${key_id}`, manager, { disabled: false });
  await seen(200);
  await ask('PATCH', `/v1/keys/${key_id}`, manager, { allowed_models: ['kling-custom-element'] });
  await until('the narrower list of models', async () => (await call('GET', '/v1/models')).body.data.length === 1);
  await ask('DELETE', `/v1/keys/${key_id}`, manager);
  await seen(401);
});

test('each change over the API leaves one audit line that names the key that asked, and a refused one none', async () => {
  const before = (await listAuditLines(troupe.database.db)).length;
  const { key_id } = await make(manager, { name: 'audited' });
  const path = `/v1/keys/${key_id}`;
  await ask('PATCH', path, manager, { daily_limit_credits: 1 });
  await ask('PATCH', path, manager, { disabled: true });
  await ask('PATCH', path, manager, { role: 'admin' });
  await ask('DELETE', path, rival);
  await ask('DELETE', path, manager);
  const lines = (await listAuditLines(troupe.database.db, { count_max: 1000 })).slice(0, 4);
  expect(lines.map(({ action }) => action)).toEqual(['key.delete', 'key.disable', 'key.edit', 'key.create']);
  for (const line of lines) expect(line).toMatchObject({ actor: `key:${managerId}`, subject: `key:${key_id}` });
  expect((await listAuditLines(troupe.database.db, { count_max: 1000 })).length - before).toBe(4);
});

test('the first key of a fresh server is an admin, further ones are callers', async () => {
  const database = await openTestDatabase();
  try {
    await grantFirstKey(database.db, 1, new Date());
    const { rows } = await sql<{ role: string }>`select role from api_keys`.execute(database.db);
    expect(rows).toEqual([{ role: 'admin' }]);
  } finally {
    await database.close();
  }
  expect((await ask('GET', '/v1/me', troupe.key.key)).body.role).toBe('caller');
});
