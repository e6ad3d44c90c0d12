import { hash } from 'node:crypto';
import { CompiledQuery } from 'kysely';
import { request } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSignInLink } from '../../src/accounts/index.ts';
import { expire } from '../../src/flow/index.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let troupe: StartedTroupe;
beforeAll(async () => {
  troupe = await startTroupe({ environment: { TROUPE_SIGN_INS_PER_MINUTE: '1000' } });
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
});

const query = async (text: string, values: unknown[]) =>
  await troupe.database.db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, values));

const own = { 'sec-fetch-site': 'same-origin' };
const call = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
  troupe.call(method, path, { key: null, headers, ...(body === undefined ? {} : { body }) });

async function signIn(key = troupe.key.key): Promise<string> {
  const answer = await call('POST', '/v1/session', own, { key });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return readCookie(answer.headers);
}

const readCookie = (headers: Headers) => (headers.get('set-cookie') ?? '').split(';')[0] as string;

test('signing in answers the record of the key and hands the browser a cookie that no script reads and no other site sends', async () => {
  const { status, headers, body } = await call('POST', '/v1/session', own, { key: ` ${troupe.key.key}\n` });
  expect([status, body.key_id, body.key]).toEqual([200, troupe.key.key_id, undefined]);
  const cookie = headers.get('set-cookie') as string;
  expect(cookie).toMatch(/^__Host-troupe=[\w-]{43}; /);
  for (const word of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']) expect(cookie).toContain(word);
  expect(cookie).not.toContain('Domain');
  expect(cookie).not.toContain(troupe.key.key);
  const me = await call('GET', '/v1/me', { ...own, cookie: readCookie(headers) });
  expect([me.status, me.body.key_id]).toEqual([200, troupe.key.key_id]);
  expect(me.headers.get('cross-origin-resource-policy')).toBe('same-origin');
});

test('over plain HTTP from another machine the cookie has no Secure, which browsers would not take there', async () => {
  const host = '192.168.7.5:4600';
  const headers = { origin: `http://${host}`, host, 'content-type': 'application/json' };
  const body = JSON.stringify({ key: troupe.key.key });
  const answer = await request(`${troupe.url}/v1/session`, { method: 'POST', headers, body });
  await answer.body.dump();
  expect(answer.headers['set-cookie']).toMatch(/^troupe=[\w-]{43}; /);
  expect(answer.headers['set-cookie']).not.toContain('Secure');
});

test('the database holds only digests of sessions and links, and the log neither key nor token', async () => {
  const cookie = await signIn();
  const token = cookie.split('=')[1] as string;
  const { rows } = await query('select encode(digest, $1) as digest from key_sessions', ['hex']);
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
  const log = troupe.log.join('');
  for (const secret of [token, troupe.key.key]) expect(log).not.toContain(secret);
});

test('one refusal for every key and link that signs nobody in: unknown, misspelt, disabled, expired, used', async () => {
  const disabled = await troupe.grant({ account: 'tester', name: 'off' }, 0);
  await query('update api_keys set disabled_at = now() where id = $1', [disabled.key_id]);
  const expired = await troupe.grant({ account: 'tester', name: 'over' }, 0);
  await query("update api_keys set expires_at = '2020-01-01' where id = $1", [expired.key_id]);
  const bodies = await Promise.all(
    [
      { key: 'sk-troupe000000000000000000000000000000000000' },
      { key: 'nonsense' },
      { key: disabled.key },
      { key: expired.key },
      { once: 'never-printed' },
    ].map(async (shown) => {
      const { status, headers, body } = await call('POST', '/v1/session', own, shown);
      expect([status, headers.get('set-cookie')]).toEqual([401, null]);
      const { request_id: _, ...error } = body.error;
      return JSON.stringify(error);
    }),
  );
  expect(new Set(bodies).size).toBe(1);
});

test('a request of another page is refused whatever it is, also of another port of this host', async () => {
  const cookie = await signIn();
  for (const site of ['cross-site', 'same-site', 'nonsense', '']) {
    for (const [method, path] of [
      ['GET', '/v1/me'],
      ['POST', '/v1/callbacks/secrets/rotate'],
      ['DELETE', '/v1/session'],
    ] as const) {
      const { status, body } = await call(method, path, { cookie, 'sec-fetch-site': site });
      expect([site, method, status, body.error.code]).toEqual([site, method, 403, 'permission_denied']);
    }
  }
});

test('what is typed into the address bar reads, and changes nothing', async () => {
  const cookie = await signIn();
  expect((await call('GET', '/v1/me', { cookie, 'sec-fetch-site': 'none' })).status).toBe(200);
  expect((await call('POST', '/v1/tasks/batch', { cookie, 'sec-fetch-site': 'none' }, { task_ids: [] })).status).toBe(
    403,
  );
});

test("without Sec-Fetch-Site the Origin decides: this server's own, or nothing is changed", async () => {
  const cookie = await signIn();
  const post = async (headers: Record<string, string>) =>
    (await call('POST', '/v1/tasks/batch', { cookie, ...headers }, { task_ids: ['task-unified-1-a'] })).status;
  expect(await post({ origin: troupe.url })).toBe(200);
  expect(await post({})).toBe(403);
  expect(await post({ origin: 'null' })).toBe(403);
  expect(await post({ origin: `http://127.0.0.1:${troupe.port + 1}` })).toBe(403);
  expect(await post({ origin: `${troupe.url}.evil.example` })).toBe(403);
  expect((await call('GET', '/v1/me', { cookie, origin: 'https://evil.example' })).status).toBe(403);
});

test('Authorization always wins: a key there is judged alone, with a session beside it and from anywhere', async () => {
  const cookie = await signIn();
  const other = await troupe.grant({ account: 'somebody else', name: 'other' }, 0);
  const asOther = await troupe.call('GET', '/v1/me', {
    key: other.key,
    headers: { cookie, 'sec-fetch-site': 'cross-site' },
  });
  expect([asOther.status, asOther.body.key_id]).toEqual([200, other.key_id]);
  for (const headers of [{ authorization: 'Bearer wrong' }, { authorization: '' }, { 'x-api-key': 'wrong' }]) {
    expect((await call('GET', '/v1/me', { cookie, ...own, ...headers })).status).toBe(401);
  }
});

test('a session can do what its key can at that moment, and nothing once the key is disabled or deleted', async () => {
  const admin = await troupe.grant({ account: 'tester', name: 'boss', role: 'admin' }, 0);
  const made = await troupe.grant({ account: 'tester', name: 'to end', role: 'manager' }, 0);
  const cookie = await signIn(made.key);
  const look = async () => (await call('GET', '/v1/keys', { cookie, ...own })).status;
  expect(await look()).toBe(200);
  await query("update api_keys set role = 'caller' where id = $1", [made.key_id]);
  expect(await look()).toBe(403);
  await troupe.call('PATCH', `/v1/keys/${made.key_id}`, { key: admin.key, body: { disabled: true } });
  expect(await look()).toBe(402);
  await troupe.call('DELETE', `/v1/keys/${made.key_id}`, { key: admin.key });
  expect(await look()).toBe(401);
  const { rows } = await query('select 1 from key_sessions where key_id = $1', [made.key_id]);
  expect(rows).toEqual([]);
});

test('signing out ends the session everywhere, with the streams that it follows; a copy of the cookie opens nothing', async () => {
  const cookie = await signIn();
  const stream = await fetch(`${troupe.url}/v1/events`, { headers: { cookie, ...own } });
  expect(stream.status).toBe(200);
  const ended = stream.text().then(
    () => true,
    () => true,
  );
  const out = await call('DELETE', '/v1/session', { cookie, ...own });
  expect([out.status, out.body]).toEqual([200, { status: 'signed_out' }]);
  expect(out.headers.get('set-cookie')).toMatch(/^__Host-troupe=; Max-Age=0/);
  expect(await ended).toBe(true);
  expect((await call('GET', '/v1/me', { cookie, ...own })).status).toBe(401);
  expect((await call('DELETE', '/v1/session', { cookie, ...own })).status).toBe(200);
});

test('signing in anew ends the session before it, so that no token from before lives on', async () => {
  const first = await signIn();
  await call('POST', '/v1/session', { ...own, cookie: first }, { key: troupe.key.key });
  expect((await call('GET', '/v1/me', { cookie: first, ...own })).status).toBe(401);
});

test('a printed link signs in as the oldest admin, once, also when two follow it together, and not after ten minutes', async () => {
  await troupe.grant({ account: 'tester', name: 'operator', role: 'admin' }, 0);
  const once = (await createSignInLink(troupe.database.db, new Date())) as string;
  const answers = await Promise.all([1, 2, 3].map(() => call('POST', '/v1/session', own, { once })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  expect(answers.find(({ status }) => status === 200)?.body.role).toBe('admin');
  const old = (await createSignInLink(troupe.database.db, new Date(Date.now() - 10 * 60_000 - 1))) as string;
  expect((await call('POST', '/v1/session', own, { once: old })).status).toBe(401);
});

test('a session ends after 12 hours without use and after 7 days in all, and the sweep removes it', async () => {
  const idle = await signIn();
  const old = await signIn();
  const digestOf = (cookie: string) => hash('sha256', cookie.split('=')[1] as string, 'buffer');
  await query("update key_sessions set used_at = now() - interval '12 hours' where digest = $1", [digestOf(idle)]);
  await query('update key_sessions set expires_at = now() where digest = $1', [digestOf(old)]);
  for (const cookie of [idle, old]) expect((await call('GET', '/v1/me', { cookie, ...own })).status).toBe(401);
  await expire(troupe.context);
  const { rows } = await query('select 1 from key_sessions where digest = any($1)', [[digestOf(idle), digestOf(old)]]);
  expect(rows).toEqual([]);
});

test('each signing in and out has its audit line', async () => {
  const made = await troupe.grant({ account: 'tester', name: 'audited' }, 0);
  const cookie = await signIn(made.key);
  await call('DELETE', '/v1/session', { cookie, ...own });
  const { rows } = await query(
    "select action, actor from audit_lines where subject = $1 and action like 'session.%' order by id",
    [`key:${made.key_id}`],
  );
  expect(rows).toEqual([
    { action: 'session.open', actor: `key:${made.key_id}` },
    { action: 'session.end', actor: `key:${made.key_id}` },
  ]);
});

test('429 when an address tries too often, with a wrong key or a right one', async () => {
  await using strict = await startTroupe({ environment: { TROUPE_SIGN_INS_PER_MINUTE: '3' } });
  const attempt = async (key: string) =>
    await strict.call('POST', '/v1/session', { key: null, headers: own, body: { key } });
  for (const key of ['wrong', 'wrong', strict.key.key]) await attempt(key);
  const refused = await attempt(strict.key.key);
  expect([refused.status, refused.body.error.code]).toEqual([429, 'rate_limit_exceeded']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('a stream of a session ends once its key is disabled', async () => {
  const admin = await troupe.grant({ account: 'tester', name: 'boss 2', role: 'admin' }, 0);
  const made = await troupe.grant({ account: 'tester', name: 'streams' }, 0);
  const cookie = await signIn(made.key);
  const stream = await fetch(`${troupe.url}/v1/events`, { headers: { cookie, ...own } });
  let isOver = false;
  void stream.text().then(
    () => (isOver = true),
    () => (isOver = true),
  );
  await troupe.call('PATCH', `/v1/keys/${made.key_id}`, { key: admin.key, body: { disabled: true } });
  await until('the end of the stream', async () => isOver || null);
});
