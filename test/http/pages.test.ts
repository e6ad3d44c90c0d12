import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, eachRow, listElements, listTasks } from '../../client/index.ts';
import { findAccountByName } from '../../src/accounts/index.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let troupe: StartedTroupe;
let admin: string;
let stranger: string;

const rowsEach = 23;

beforeAll(async () => {
  troupe = await startTroupe();
  stranger = (await troupe.grant({ account: 'stranger', name: 'k' }, 5)).key;
  admin = (await troupe.grant({ account: 'tester', name: 'admin', role: 'admin' }, 0)).key;
  const other = await findAccountByName(troupe.database.db, 'stranger');
  for (const accountId of [troupe.key.account_id, other?.id ?? 0]) await insertRows(accountId);
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
});

/** Several rows of one moment, and moments that differ by microseconds alone. */
async function insertRows(accountId: number): Promise<void> {
  const { db } = troupe.database;
  const at = sql`timestamptz '2026-11-01 12:00:00Z' + interval '1 microsecond' * (n / 3)`;
  await sql`
    insert into tasks (id, account_id, api_key_id, model, type, request, billing_rule, reserved_microcredits, created_at)
    select 'task-unified-1757169743-' || ${accountId}::text || 'x' || n, ${accountId}, ${troupe.key.key_id},
      'kling-custom-element', 'video', '{"engine": "nothing", "kind": "element"}', 'per_call', 0, ${at}
    from generate_series(1, ${rowsEach}) n`.execute(db);
  await sql`
    insert into elements (id, account_id, task_id, name, description, reference_type, engine, manifest, created_at)
    select 1000000000000000 + ${accountId} * 1000 + n, ${accountId}, 'made-' || ${accountId}::text || '-' || n, 'e' || n, 'd',
      'image_refer', 'nothing', '{"files": [], "colors": [], "report": [], "sources": []}', ${at}
    from generate_series(1, ${rowsEach}) n`.execute(db);
}

const lists: { path: string; idOf: (row: Record<string, unknown>) => unknown }[] = [
  { path: '/v1/tasks', idOf: ({ id }) => id },
  { path: '/v1/elements', idOf: ({ element_id }) => element_id },
  { path: '/v1/models', idOf: ({ id }) => id },
];

describe.each(lists)('$path', ({ path, idOf }) => {
  const ask = (query: string, key = troupe.key.key) => troupe.call('GET', `${path}?${query}`, { key });

  async function walk(query: string, between: () => Promise<unknown> = async () => undefined): Promise<unknown[]> {
    const ids: unknown[] = [];
    let cursor: string | null = null;
    do {
      const { status, body } = await ask(`${query}${cursor === null ? '' : `&cursor=${cursor}`}`);
      expect([status, Object.keys(body).includes('next_cursor')]).toEqual([200, true]);
      ids.push(...body.data.map(idOf));
      cursor = body.next_cursor;
      await between();
    } while (cursor !== null);
    return ids;
  }

  test('pages of any size show every row once, in one order, and the last one has no next', async () => {
    const all = (await ask('limit=100')).body;
    expect(all.next_cursor).toBeNull();
    const ids = all.data.map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
    for (const limit of [1, 2, 7, ids.length - 1, ids.length]) expect(await walk(`limit=${limit}`)).toEqual(ids);
  });

  test('20 rows by default, and no row of another account', async () => {
    const all = (await ask('limit=100')).body.data.map(idOf);
    const first = await ask('cursor=');
    expect(first.body.data.map(idOf)).toEqual(all.slice(0, 20));
    expect(all.length).toBeLessThanOrEqual(rowsEach);
  });

  test.each(['limit=0', 'limit=101', 'limit=-1', 'limit=1.5', 'limit=ten', 'limit=1&limit=2', 'limit=1e1'])(
    '400 naming limit for %s',
    async (query) => {
      const { status, body } = await ask(query);
      expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_request', 'limit']);
    },
  );

  test('400 naming cursor for one that this list never gave out', async () => {
    const others = lists.filter((list) => list.path !== path).map((list) => list.path);
    const foreign = await troupe.call('GET', `${others[0]}?limit=1`);
    for (const cursor of ['x', 'null', '%00', 'W10', foreign.body.next_cursor, 'A'.repeat(5000)]) {
      const { status, body } = await ask(`limit=5&cursor=${cursor}`);
      expect([cursor, status, body.error.param]).toEqual([cursor, 400, 'cursor']);
    }
  });

  test("another account's cursor shows nothing of that account", async () => {
    const { body } = await ask('limit=1', stranger);
    const { status, body: page } = await ask(`limit=100&cursor=${body.next_cursor}`);
    expect(status).toBe(200);
    const own = (await ask('limit=100')).body.data.map(idOf);
    for (const row of page.data) expect(own).toContain(idOf(row));
  });
});

test('rows added while pages are read are neither missed nor shown twice among those of before', async () => {
  const { db } = troupe.database;
  const idsOf = (body: { data: { id: string }[] }) => body.data.map(({ id }) => id);
  const before = idsOf((await troupe.call('GET', '/v1/tasks?limit=100')).body);
  const first = (await troupe.call('GET', '/v1/tasks?limit=5')).body;
  await sql`
    insert into tasks (id, account_id, api_key_id, model, type, request, billing_rule, reserved_microcredits)
    values ('task-unified-1757169743-newest', ${troupe.key.account_id}, ${troupe.key.key_id}, 'kling-custom-element',
      'video', '{"engine": "nothing", "kind": "element"}', 'per_call', 0)`.execute(db);
  const rest = (await troupe.call('GET', `/v1/tasks?limit=100&cursor=${first.next_cursor}`)).body;
  expect([...idsOf(first), ...idsOf(rest)]).toEqual(before);
  await sql`delete from tasks where id = 'task-unified-1757169743-newest'`.execute(db);
});

test('the documented form of tasks and elements stays: numbered pages with their total, and a cursor to go on from', async () => {
  for (const path of ['/v1/tasks', '/v1/elements']) {
    const { body } = await troupe.call('GET', `${path}?page=1&page_size=5`);
    expect(body).toMatchObject({ total: rowsEach, page: 1, page_size: 5, data: { length: 5 } });
    const { body: next } = await troupe.call('GET', `${path}?limit=5&cursor=${body.next_cursor}`);
    const { body: second } = await troupe.call('GET', `${path}?page=2&page_size=5`);
    expect(next.data).toEqual(second.data);
    expect(next).not.toHaveProperty('total');
    const { body: last } = await troupe.call('GET', `${path}?page=5&page_size=5`);
    expect(last).toMatchObject({ data: { length: 3 }, next_cursor: null });
    const both = await troupe.call('GET', `${path}?page=2&limit=5`);
    expect([both.status, both.body.error.param]).toEqual([400, 'cursor']);
  }
});

test("an admin reads another account's lists by its name or id; for others that account was never there", async () => {
  const account = (await findAccountByName(troupe.database.db, 'stranger'))?.id ?? 0;
  for (const path of ['/v1/tasks', '/v1/elements']) {
    const own = (await troupe.call('GET', `${path}?limit=100`, { key: stranger })).body;
    for (const name of ['stranger', account]) {
      const seen = await troupe.call('GET', `${path}?limit=100&account=${name}`, { key: admin });
      expect(seen.body).toEqual(own);
      const denied = await troupe.call('GET', `${path}?account=${name}`);
      const none = await troupe.call('GET', `${path}?account=${name === account ? 900_000 : 'nobody'}`);
      expect([denied.status, denied.body.error.code]).toEqual([404, 'account_not_found']);
      const blank = (body: { error: { message: string } }) => ({
        ...body.error,
        request_id: '',
        message: body.error.message.replace(/'.*'/, ''),
      });
      expect(blank(denied.body)).toEqual(blank(none.body));
    }
    for (const name of ['nobody', '9'.repeat(30), '9'.repeat(15)]) {
      expect((await troupe.call('GET', `${path}?account=${name}`, { key: admin })).status).toBe(404);
    }
  }
});

test("an admin sees another account's task and element by their ids, and may not change them; others see nothing", async () => {
  const task = (await troupe.call('GET', '/v1/tasks?limit=1', { key: stranger })).body.data[0].id;
  const element = (await troupe.call('GET', '/v1/elements?limit=1', { key: stranger })).body.data[0].element_id;
  for (const path of [`/v1/tasks/${task}`, `/v1/elements/${element}`]) {
    expect((await troupe.call('GET', path, { key: admin })).status).toBe(200);
    expect((await troupe.call('GET', path)).status).toBe(404);
  }
  expect(
    (await troupe.call('POST', '/v1/tasks/batch', { key: admin, body: { task_ids: [task] } })).body.data,
  ).toHaveLength(1);
  expect((await troupe.call('POST', `/v1/tasks/${task}/cancel`, { key: admin })).status).toBe(404);
  expect((await troupe.call('DELETE', `/v1/elements/${element}`, { key: admin })).status).toBe(404);
});

test('the typed client walks a list row by row', async () => {
  const client = createClient({ baseUrl: troupe.url, key: troupe.key.key });
  const tasks: string[] = [];
  for await (const { id } of eachRow((page) => listTasks(client, { limit: 4, ...page }))) tasks.push(id);
  expect(new Set(tasks).size).toBe(rowsEach);
  let elements = 0;
  for await (const _ of eachRow((page) => listElements(client, { limit: 100, ...page }))) elements += 1;
  expect(elements).toBe((await listElements(client)).total);
});
