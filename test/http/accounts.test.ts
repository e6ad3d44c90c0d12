import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listAuditLines } from '../../src/audit/index.ts';
import { checkLedger } from '../../src/credits/index.ts';
import { type AnswerChecker, createAnswerChecker } from '../helpers/check-answers.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let troupe: StartedTroupe;
let checker: AnswerChecker;
let admin: string;
let adminId: number;

beforeAll(async () => {
  troupe = await startTroupe();
  checker = createAnswerChecker((await troupe.call('GET', '/openapi.json', { key: null })).body);
  ({ key: admin, key_id: adminId } = await troupe.grant({ account: 'tester', name: 'admin', role: 'admin' }, 0));
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
});

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, key = admin) {
  const answer = await troupe.call(method, path, { key, body, headers });
  const template = path.replace(/\?.*/, '').replace(/accounts\/[^/]+/, 'accounts/{account_id}');
  expect(checker.check(method, template, answer)).toBe('');
  return answer;
}

const judge = ({ status, body }: { status: number; body: { error?: { code: string; param?: string } } }) => [
  status,
  body.error?.code,
  body.error?.param,
];

let made = 0;
async function makeAccount(): Promise<{ account_id: number; name: string }> {
  made += 1;
  return (await ask('POST', '/v1/accounts', { name: `account ${made}` })).body;
}

const move = (accountId: number, body: unknown, headers = {}) =>
  ask('POST', `/v1/accounts/${accountId}/credits`, body, headers);

async function countTransfers(accountId: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from transfers where account_id = ${accountId}`.execute(troupe.database.db);
  return rows[0]?.n ?? 0;
}

describe('accounts', () => {
  test('a new account has no credits and no key, and stands first in the list', async () => {
    const account = await makeAccount();
    expect(account).toEqual({
      account_id: expect.any(Number),
      name: `account ${made}`,
      remaining_credits: 0,
      reserved_credits: 0,
      used_credits: 0,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    const { body } = await ask('GET', '/v1/accounts?limit=1');
    expect(body.data).toEqual([account]);
    expect(body.next_cursor).not.toBeNull();
    const rest = (await ask('GET', `/v1/accounts?limit=100&cursor=${body.next_cursor}`)).body;
    expect(rest.data.at(-1)).toMatchObject({ name: 'tester', remaining_credits: 1000 });
  });

  test.each([
    ['name', {}],
    ['name', { name: '' }],
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(65) }],
    ['name', { name: 'a\nb' }],
    ['name', { name: 'tester' }],
    ['name', { name: null }],
    ['credits', { name: 'rich', credits: 100 }],
  ])('400 naming %s for %j', async (param, body) => {
    expect(judge(await ask('POST', '/v1/accounts', body))).toEqual([400, 'invalid_request', param]);
  });

  test('of several that make an account of one name at once, one does', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask('POST', '/v1/accounts', { name: 'raced' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400, 400, 400]);
  });
});

describe('POST /v1/accounts/{account_id}/credits', () => {
  test('tops up, and withdraws when negative, with a transfer and an audit line each', async () => {
    const { account_id, name } = await makeAccount();
    expect((await move(account_id, { credits: 5, note: 'invoice 7' })).body).toMatchObject({
      name,
      remaining_credits: 5,
    });
    expect((await move(account_id, { credits: -1.5 })).body).toMatchObject({ remaining_credits: 3.5 });
    expect(await countTransfers(account_id)).toBe(2);
    const lines = (await listAuditLines(troupe.database.db, { account_id })).slice(0, 2);
    expect(lines).toMatchObject([
      { actor: `key:${adminId}`, action: 'credits.withdraw', details: { credits: 1.5 } },
      { actor: `key:${adminId}`, action: 'credits.top_up', details: { credits: 5, note: 'invoice 7' } },
    ]);
  });

  test.each([
    ['credits', {}],
    ['credits', { credits: 0 }],
    ['credits', { credits: -0 }],
    ['credits', { credits: '5' }],
    ['credits', { credits: null }],
    ['credits', { credits: 0.0000001 }],
    ['credits', { credits: 1e300 }],
    ['credits', { credits: -1e300 }],
    ['credits', { credits: 9_007_199_255 }],
    ['credits', { credits: -6 }],
    ['note', { credits: 1, note: 'x'.repeat(501) }],
    ['note', { credits: 1, note: 'a\0' }],
    ['amount', { credits: 1, amount: 1 }],
  ])('400 naming %s for %j, and nothing moves', async (param, body) => {
    const { account_id } = await makeAccount();
    await move(account_id, { credits: 5 });
    expect(judge(await move(account_id, body))).toEqual([400, 'invalid_request', param]);
    expect(await countTransfers(account_id)).toBe(1);
  });

  test('404 for an account that is not there, 400 for what can be none', async () => {
    expect(judge(await move(900_000, { credits: 1 }))).toEqual([404, 'account_not_found', undefined]);
    for (const id of ['0', '-1', 'tester', '9'.repeat(20)]) {
      const answer = await ask('POST', `/v1/accounts/${id}/credits`, { credits: 1 });
      expect(judge(answer)).toEqual([400, 'invalid_request', 'account_id']);
    }
  });

  test('with an Idempotency-Key the credits move exactly once, also when the requests race', async () => {
    const { account_id } = await makeAccount();
    const headers = { 'idempotency-key': `order-${account_id}-0000000000` };
    const body = { credits: 7, note: 'once' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => move(account_id, body, headers)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(9);
    expect((await move(account_id, body, headers)).body.remaining_credits).toBe(7);
    expect(await countTransfers(account_id)).toBe(1);
    const lines = await listAuditLines(troupe.database.db, { account_id });
    expect(lines.filter(({ action }) => action === 'credits.top_up')).toHaveLength(1);
    for (const other of [{ ...body, credits: 8 }, { ...body, credits: -7 }, { credits: 7 }]) {
      expect(judge(await move(account_id, other, headers))).toEqual([409, 'idempotency_conflict', 'Idempotency-Key']);
    }
    const elsewhere = await makeAccount();
    expect((await move(elsewhere.account_id, body, headers)).body.remaining_credits).toBe(7);
  });

  test('a refused movement leaves its Idempotency-Key free', async () => {
    const { account_id } = await makeAccount();
    const headers = { 'idempotency-key': `refused-${account_id}-00000000` };
    expect((await move(account_id, { credits: -3 }, headers)).status).toBe(400);
    await move(account_id, { credits: 3 });
    expect((await move(account_id, { credits: -3 }, headers)).body.remaining_credits).toBe(0);
  });

  test.each(['short', 'x'.repeat(97), 'with spaces in it 123', 'ümlaut-0123456789'])(
    '400 for the Idempotency-Key %s',
    async (key) => {
      const { account_id } = await makeAccount();
      const answer = await move(account_id, { credits: 1 }, { 'idempotency-key': Buffer.from(key).toString('latin1') });
      expect(judge(answer)).toEqual([400, 'invalid_request', 'Idempotency-Key']);
      expect(await countTransfers(account_id)).toBe(0);
    },
  );

  test('withdrawals that race never take more than there is', async () => {
    const { account_id } = await makeAccount();
    await move(account_id, { credits: 5 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => move(account_id, { credits: -2 })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    expect((await move(account_id, { credits: -1 })).body.remaining_credits).toBe(0);
    expect(await checkLedger(troupe.database.db)).toEqual([]);
  });

  test('an admin that was lowered after its request had passed moves nothing', async () => {
    const { account_id } = await makeAccount();
    const { key, key_id } = await troupe.grant({ account: 'tester', name: 'lowered', role: 'admin' }, 0);
    await troupe.call('GET', '/v1/me', { key });
    await sql`update api_keys set role = 'manager' where id = ${key_id}`.execute(troupe.database.db);
    const answer = await ask('POST', `/v1/accounts/${account_id}/credits`, { credits: 5 }, {}, key);
    expect(judge(answer)).toEqual([403, 'permission_denied', undefined]);
    expect(await countTransfers(account_id)).toBe(0);
  });
});
