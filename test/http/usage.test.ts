import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../src/lib/cursor.ts';
import { type AnswerChecker, createAnswerChecker } from '../helpers/check-answers.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let troupe: StartedTroupe;
let checker: AnswerChecker;
let manager: string;
let admin: string;
let keyId: number;
let otherId: number;
let accountId: number;

/** Accepted at, model, status, charged credits, key. */
type Row = [at: string, model: string, status: string, credits: number | null, own: boolean];

const rows: Row[] = [
  ['2026-03-01 00:00:00Z', 'a', 'completed', 1, true],
  ['2026-03-01 23:59:59.999999Z', 'a', 'completed', 2.5, true],
  ['2026-03-01 12:00:00Z', 'b', 'failed', 0, true],
  ['2026-03-02 00:00:00Z', 'a', 'completed', 4, false],
  ['2026-03-02 01:00:00+02:00', 'a', 'cancelled', 0, true],
  ['2026-03-03 10:00:00Z', 'b', 'pending', null, true],
  ['2026-03-03 10:00:00Z', 'b', 'processing', null, true],
  ['2025-02-01 10:00:00Z', 'b', 'completed', 100, true],
];

beforeAll(async () => {
  troupe = await startTroupe();
  checker = createAnswerChecker((await troupe.call('GET', '/openapi.json', { key: null })).body);
  accountId = troupe.key.account_id;
  ({ key: manager, key_id: keyId } = await troupe.grant({ account: 'tester', name: 'm', role: 'manager' }, 0));
  ({ key_id: otherId } = await troupe.grant({ account: 'tester', name: 'other' }, 0));
  ({ key: admin } = await troupe.grant({ account: 'house', name: 'admin', role: 'admin' }, 0));
  const rival = await troupe.grant({ account: 'rival', name: 'k' }, 0);
  for (const [at, row] of rows.entries()) await insertTask(`own-${at}`, accountId, row);
  await insertTask('rival', rival.account_id, ['2026-03-01 12:00:00Z', 'a', 'completed', 50, true]);
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
});

async function insertTask(name: string, account: number, [at, model, status, credits, own]: Row): Promise<void> {
  const ended = credits !== null;
  const isGood = status === 'completed' || !ended;
  await sql`
    insert into tasks (id, account_id, api_key_id, model, type, status, request, billing_rule, reserved_microcredits,
      charged_microcredits, error, created_at, finished_at)
    values (${`task-unified-1-${name}`}, ${account}, ${own ? keyId : otherId}, ${model}, 'video', ${status}, '{}', 'per_call',
      100000000, ${ended ? credits * 1_000_000 : null}, ${isGood ? null : '{}'}, ${at}::timestamptz,
      ${ended ? '2026-03-04' : null}::timestamptz)`.execute(troupe.database.db);
}

async function ask(query: string, key = manager) {
  const answer = await troupe.call('GET', `/v1/usage?${query}`, { key });
  expect(checker.check('GET', '/v1/usage', answer)).toBe('');
  return answer;
}

const march = 'from=2026-03-01&to=2026-03-31';

describe('GET /v1/usage', () => {
  test('days are those of UTC, first and last included, and credits what was charged', async () => {
    expect((await ask(`${march}&group_by=day,model`)).body).toEqual({
      data: [
        { day: '2026-03-01', model: 'a', tasks: 3, credits: 3.5 },
        { day: '2026-03-01', model: 'b', tasks: 1, credits: 0 },
        { day: '2026-03-02', model: 'a', tasks: 1, credits: 4 },
        { day: '2026-03-03', model: 'b', tasks: 2, credits: 0 },
      ],
      next_cursor: null,
    });
    expect((await ask('from=2026-03-02&to=2026-03-02&group_by=day')).body.data).toEqual([
      { day: '2026-03-02', tasks: 1, credits: 4 },
    ]);
    expect((await ask('from=2026-03-01T12:00:00Z&to=2026-03-02T00:00:00Z')).body.data).toEqual([
      { tasks: 3, credits: 2.5 },
    ]);
  });

  test('by key, by status, by all in any order, and as one row without groups', async () => {
    expect((await ask(`${march}&group_by=key`)).body.data).toEqual([
      { key_id: keyId, tasks: 6, credits: 3.5 },
      { key_id: otherId, tasks: 1, credits: 4 },
    ]);
    const byStatus = (await ask(`${march}&group_by=status`)).body.data;
    expect(byStatus.map(({ status, tasks }: { status: string; tasks: number }) => [status, tasks])).toEqual([
      ['cancelled', 1],
      ['completed', 3],
      ['failed', 1],
      ['pending', 1],
      ['processing', 1],
    ]);
    const all = (await ask(`${march}&group_by=status,key,model,day`)).body.data;
    expect(all).toHaveLength(6);
    expect((await ask(march)).body.data).toEqual([{ tasks: 7, credits: 7.5 }]);
    expect((await ask('from=2026-01-01&to=2026-01-02')).body.data).toEqual([{ tasks: 0, credits: 0 }]);
    expect((await ask('from=2026-01-01&to=2026-01-02&group_by=day')).body.data).toEqual([]);
  });

  test('pages show every row once, and a cursor of other groups is refused', async () => {
    const query = `${march}&group_by=model,status,key`;
    const all = (await ask(query)).body.data;
    const walked: unknown[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await ask(`${query}&limit=2&cursor=${cursor}`);
      walked.push(...body.data);
      if (body.next_cursor === null) break;
      cursor = body.next_cursor;
    }
    expect(walked).toEqual(all);
    const { body } = await ask(`${query}&limit=2`);
    const { status, body: refused } = await ask(
      `${march}&group_by=day,model,status&limit=2&cursor=${body.next_cursor}`,
    );
    expect([status, refused.error.param]).toEqual([400, 'cursor']);
  });

  test('a manager sees its own account alone, an admin all together or one', async () => {
    expect((await ask(`${march}&account=rival`)).status).toBe(404);
    expect((await ask(march, admin)).body.data).toEqual([{ tasks: 8, credits: 57.5 }]);
    expect((await ask(`${march}&account=rival`, admin)).body.data).toEqual([{ tasks: 1, credits: 50 }]);
    expect((await ask(`${march}&account=house`, admin)).body.data).toEqual([{ tasks: 0, credits: 0 }]);
  });

  test.each(['from=9999-12-31&to=9999-12-31', 'to=9999-12-31', 'to=0001-01-02', 'from=0001-01-01&to=0001-01-01'])(
    'the first and the last days that a database knows: %s',
    async (query) => {
      const { status, body } = await ask(`group_by=day&${query}`);
      expect([status, body.data]).toEqual([200, []]);
    },
  );

  test.each(['x', '2026-02-30', '0000-01-01', 'infinity'])(
    'a cursor that somebody wrote for the day %s is 400',
    async (day) => {
      const cursor = encodeCursor('usage by day', [day]);
      const { status, body } = await ask(`group_by=day&cursor=${cursor}`);
      expect([status, body.error.param]).toEqual([400, 'cursor']);
    },
  );

  test.each([
    ['group_by', 'group_by=hour'],
    ['group_by', 'group_by=day,day'],
    ['group_by', 'group_by=day,'],
    ['group_by', "group_by=day');drop table tasks;--"],
    ['group_by', 'group_by=__proto__'],
    ['from', 'from=yesterday'],
    ['to', 'to=2026-02-30'],
    ['from', 'from=2026-03-02&to=2026-03-01'],
    ['from', 'from=2026-03-01T00:00:00Z&to=2026-03-01T00:00:00Z'],
    ['from', 'from=2025-01-01&to=2026-02-05'],
    ['to', 'from=2026-03-01&to=2026-03-01T00:00:00'],
    ['to', 'from=0000-01-01&to=0000-01-02'],
    ['limit', 'limit=101'],
  ])('400 naming %s for %s', async (param, query) => {
    const { status, body } = await ask(query);
    expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_request', param]);
  });

  test('400 days are allowed', async () => {
    expect((await ask('from=2025-01-01&to=2026-02-04')).body.data).toEqual([{ tasks: 1, credits: 100 }]);
  });
});

describe('GET /v1/credits/transfers', () => {
  const path = '/v1/credits/transfers';
  const read = async (query = '', key = manager, headers: Record<string, string> = {}) =>
    await troupe.call('GET', `${path}?${query}`, { key, headers });

  beforeAll(async () => {
    const move = (credits: number, note: string) =>
      troupe.call('POST', `/v1/accounts/${accountId}/credits`, { key: admin, body: { credits, note } });
    await move(20, '=HYPERLINK("http://example.com","a")');
    await move(-5, 'back, "some" of it');
    await sql`
      insert into transfers (account_id, kind, debit, credit, amount_microcredits, task_id)
      select ${accountId}, 'reserve', 'available', 'reserved', 1000, 'task-unified-1-' || n from generate_series(1, 1100) n`.execute(
      troupe.database.db,
    );
    await sql`
      insert into transfers (account_id, kind, debit, credit, amount_microcredits, task_id)
      select ${accountId}, 'refund', 'reserved', 'available', 1000, 'task-unified-1-' || n from generate_series(1, 1100) n`.execute(
      troupe.database.db,
    );
  });

  test('the newest first with the balance after each, page by page as all at once', async () => {
    const first = await read('limit=100');
    expect(checker.check('GET', path, first)).toBe('');
    const all: { transfer_id: number; kind: string; credits: number; balance_after: number }[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await read(`limit=100&cursor=${cursor}`);
      all.push(...body.data);
      if (body.next_cursor === null) break;
      cursor = body.next_cursor;
    }
    expect(all).toHaveLength(2203);
    expect(all[0]).toMatchObject({ kind: 'refund', credits: 0.001, balance_after: 1015 });
    expect(all.at(-1)).toMatchObject({ kind: 'top_up', credits: 1000, balance_after: 1000, task_id: null });
    expect(all.at(-2)).toMatchObject({ kind: 'top_up', credits: 20, balance_after: 1020 });
    expect(all.at(-3)).toMatchObject({ kind: 'withdraw', credits: 5, balance_after: 1015, note: 'back, "some" of it' });
    expect(all[1100]).toMatchObject({ kind: 'reserve', balance_after: 1013.9 });
    const ids = all.map(({ transfer_id }) => transfer_id);
    expect(ids).toEqual(ids.toSorted((one, other) => other - one));
  });

  test('as CSV: every row in a stream, with formulas defused', async () => {
    const { status, headers, body } = await read('', manager, { accept: 'text/csv' });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8; header=present']);
    expect(headers.get('vary')).toMatch(/accept/i);
    const lines = body.split('\r\n');
    expect(lines[0]).toBe('transfer_id,kind,credits,task_id,note,created_at,balance_after');
    expect(lines).toHaveLength(2205);
    expect(lines.at(-3)).toContain(`"'=HYPERLINK(""http://example.com"",""a"")"`);
    expect(lines.at(-4)).toContain('"withdraw",5,,"back, ""some"" of it"');
    expect(lines.at(-2)).toMatch(/,1000$/);
    const some = await read('limit=3', manager, { accept: 'text/csv, application/json;q=0.5' });
    expect(some.body.split('\r\n')).toHaveLength(5);
  });

  test.each(['*/*', 'application/json', 'application/json, text/csv;q=0.5', 'text/csv;q=0, */*'])(
    'as JSON for Accept: %s',
    async (accept) => {
      const { headers } = await read('limit=1', manager, { accept });
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    },
  );

  test('a refusal is JSON also where CSV was asked for', async () => {
    const { status, body } = await read('cursor=x', manager, { accept: 'text/csv' });
    expect([status, body.error.param]).toEqual([400, 'cursor']);
  });

  test('of one task: what was held for it and what became of that, page by page, without balances, also as CSV', async () => {
    const taskId = 'task-unified-1-7';
    const whole = await read(`task_id=${taskId}`);
    expect(checker.check('GET', path, whole)).toBe('');
    const line = { task_id: taskId, credits: 0.001, note: null };
    expect(whole.body.data).toMatchObject([
      { ...line, kind: 'refund' },
      { ...line, kind: 'reserve' },
    ]);
    expect(whole.body.data[0]).not.toHaveProperty('balance_after');
    const { body: first } = await read(`task_id=${taskId}&limit=1`);
    const { body: last } = await read(`task_id=${taskId}&limit=1&cursor=${first.next_cursor}`);
    expect([...first.data, ...last.data, last.next_cursor]).toEqual([...whole.body.data, null]);
    // Its place holds no balance, by which the whole ledger goes on.
    expect((await read(`limit=1&cursor=${first.next_cursor}`)).body.error.param).toBe('cursor');
    const csv = await read(`task_id=${taskId}`, manager, { accept: 'text/csv' });
    expect(csv.body.split('\r\n').slice(1)).toEqual([
      expect.stringMatching(/,"refund",0.001,"task-unified-1-7",,".*",$/),
      expect.stringMatching(/,"reserve",0.001,"task-unified-1-7",,".*",$/),
      '',
    ]);
  });

  test('of a task of another account, or of one that never was: nothing; an admin names the account', async () => {
    expect((await read('task_id=task-unified-1-7', admin)).body.data).toEqual([]);
    expect((await read('task_id=task-unified-1-7&account=tester', admin)).body.data).toHaveLength(2);
    expect((await read('task_id=none')).body).toEqual({ data: [], next_cursor: null });
    expect((await read(`task_id=${'x'.repeat(65)}`)).body.error.param).toBe('task_id');
    expect((await read('task_id=%00')).body.error.param).toBe('task_id');
  });

  test("another account's ledger answers as one that never was; an admin reads it by its name", async () => {
    expect((await read('account=house')).status).toBe(404);
    expect((await read('account=tester', admin)).body.data).toHaveLength(20);
    expect((await read('', admin)).body.data).toEqual([]);
  });
});
