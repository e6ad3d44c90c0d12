import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageRequest, videoRequest } from '../helpers/flow-bodies.ts';
import { countRows, listKinds, loadBooks } from '../helpers/load-books.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let troupe: StartedTroupe;
const front = 'https://example.com/front.jpg';
const image = (rest: Record<string, unknown> = {}) => imageRequest(front, [front], rest);

beforeAll(async () => {
  troupe = await startTroupe();
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
});

const storedRequest = async (id: string) => {
  const { rows } = await sql<{ request: string; job: string | null }>`
    select request::text, (select data::text from jobs.job where data->>'task_id' = tasks.id) as job
    from tasks where id = ${id}`.execute(troupe.database.db);
  return rows[0];
};

const listFiles = async (prefix: string) => {
  const keys: string[] = [];
  for await (const file of troupe.context.storage.list(prefix)) keys.push(file.key);
  return keys.sort();
};

describe('200', () => {
  test.each([
    ['image_refer', image()],
    ['video_refer', videoRequest('https://example.com/reference.mp4')],
    [
      'the older form of video_refer',
      {
        ...videoRequest(''),
        model_params: {
          ...videoRequest('').model_params,
          element_video_list: { video_url: 'https://example.com/reference.mp4' },
        },
      },
    ],
  ])('%s becomes a pending task with its credits reserved and one job, as documented', async (_, body) => {
    const { db } = troupe.database;
    const before = await loadBooks(db, troupe.key.account_id);
    const answer = await troupe.submit(body);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      created: expect.closeTo(Date.now() / 1000, -1),
      id: expect.stringMatching(/^task-unified-\d{10}-[a-z0-9]{8}$/),
      model: 'kling-custom-element',
      object: 'video.generation.task',
      progress: 0,
      status: 'pending',
      task_info: { can_cancel: true, estimated_time: 30 },
      type: 'video',
      usage: { billing_rule: 'per_call', credits_reserved: 1, user_group: 'default' },
    });
    expect(answer.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/);
    expect(answer.headers.get('ratelimit')).toMatch(/^"default";r=\d+;t=\d+$/);
    const books = await loadBooks(db, troupe.key.account_id);
    expect(books).toMatchObject({ available: before.available - 1, reserved: before.reserved + 1 });
    expect(await listKinds(db, troupe.key.account_id, answer.body.id)).toEqual(['reserve']);
    expect(JSON.parse((await storedRequest(answer.body.id))?.job ?? '')).toEqual({ task_id: answer.body.id });
  });

  test('pictures sent inside the request lie in storage byte for byte, and in neither the task nor its job', async () => {
    const bytes = await readFile(new URL('../fixtures/media/duck.jpg', import.meta.url));
    const base64 = bytes.toString('base64');
    const { body } = await troupe.submit(imageRequest(`data:image/jpeg;base64,${base64}`, [base64, front]));
    const keys = await listFiles(`inputs/${body.id}/`);
    expect(keys).toHaveLength(2);
    for (const key of keys) expect(await readFile(troupe.context.storage.locate(key))).toEqual(bytes);
    const stored = await storedRequest(body.id);
    expect(stored?.request.length).toBeLessThan(1000);
    expect(stored?.request).not.toContain(base64.slice(1000, 1040));
    expect(stored?.job?.length).toBeLessThan(100);
  });

  test('fields without effect are named in a header, encoded, and change nothing', async () => {
    const { status, headers } = await troupe.submit({ ...image({ trace_id: 'x', 'näme\r\nx: y': 1 }) });
    expect(status).toBe(200);
    expect(headers.get('troupe-ignored-fields')).toBe('trace_id, n%C3%A4me%0D%0Ax%3A%20y');
    expect((await troupe.submit(image())).headers.get('troupe-ignored-fields')).toBeNull();
  });

  test('a name of 20 emoji is kept as it was sent', async () => {
    const body = image();
    body.model_params.element_name = '😀'.repeat(20);
    const answer = await troupe.submit(body);
    expect(JSON.parse((await storedRequest(answer.body.id))?.request ?? '').element_name).toBe('😀'.repeat(20));
  });
});

describe('400 names the field, the rule and the value, and leaves no task, job or file behind', () => {
  const withParams = (params: Record<string, unknown>) => {
    const body = image();
    return { ...body, model_params: { ...body.model_params, ...params } };
  };
  test.each([
    ['model_params', { model: 'kling-custom-element' }, /is required/],
    ['model_params.element_name', withParams({ element_name: 'x'.repeat(21) }), /21 characters, at most 20/],
    ['model_params.element_name', withParams({ element_name: 12 }), /is a number|must be a string/],
    ['model_params.element_name', withParams({ element_name: null }), /null/],
    ['model_params.element_description', withParams({ element_description: 'x'.repeat(101) }), /101 characters/],
    ['model_params.reference_type', withParams({ reference_type: 'IMAGE_REFER' }), /image_refer, video_refer/],
    ['model_params.element_voice_id', withParams({ element_voice_id: '1' }), /video_refer only/],
    ['model_params.element_image_list.refer_images', imageRequest(front, []), /0 items, 1 to 3/],
    ['model_params.element_image_list.refer_images', imageRequest(front, [front, front, front, front]), /4 items/],
    ['model_params.element_image_list.frontal_image', imageRequest('ftp://example.com/a.jpg', [front]), /ftp/],
    ['model_params.element_image_list.frontal_image', imageRequest('!!!not base64###', [front]), /base64/],
    ['model_params.element_image_list.frontal_image', imageRequest('http://10.0.0.1/a.jpg', [front]), /internal/],
    [
      'model_params.element_image_list.refer_images[1].image_url',
      imageRequest(front, [front, 'http://[::1]/']),
      /internal/,
    ],
    ['callback_url', image({ callback_url: 'http://example.com/hook' }), /https/],
    ['callback_url', image({ callback_url: 'https://192.168.1.1/hook' }), /internal/],
    ['callback_url', image({ callback_url: `https://example.com/${'x'.repeat(2049)}` }), /2048/],
    ['callback_url', image({ callback_url: 7 }), /string/],
  ])('%s', async (param, body, rule) => {
    const before = [await countRows(troupe.database.db, 'tasks'), await countRows(troupe.database.db, 'jobs.job')];
    const files = await listFiles('inputs/');
    const answer = await troupe.submit(body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'invalid_request', type: 'invalid_request_error', param });
    expect(answer.body.error.message).toMatch(rule);
    expect(answer.body.error.message).toContain(param);
    expect([await countRows(troupe.database.db, 'tasks'), await countRows(troupe.database.db, 'jobs.job')]).toEqual(
      before,
    );
    expect(await listFiles('inputs/')).toEqual(files);
  });
});

describe('other refusals leave no task behind', () => {
  const countTasks = () => countRows(troupe.database.db, 'tasks');

  test('401 without a key, with a wrong one and with a malformed one, all with the same body', async () => {
    const bodies = [];
    const wrong = troupe.key.key.slice(0, -1) + (troupe.key.key.endsWith('x') ? 'y' : 'x');
    for (const key of [null, wrong, 'sk-nothing']) {
      const { status, headers, body } = await troupe.call('POST', '/v1/videos/generations', { key, body: image() });
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe('Bearer');
      bodies.push({ ...body.error, request_id: '' });
    }
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
    expect(bodies[0]).toMatchObject({ code: 'unauthorized', type: 'authentication_error' });
  });

  test('402 when the balance is short, and neither a task nor the pictures of one stay', async () => {
    const { key, account_id } = await troupe.grant({ account: 'poor', name: 'k' }, 0.5);
    const before = [await countTasks(), await countRows(troupe.database.db, 'jobs.job')];
    const files = await listFiles('inputs/');
    const inline = (await readFile(new URL('../fixtures/media/duck.jpg', import.meta.url))).toString('base64');
    const answer = await troupe.call('POST', '/v1/videos/generations', { key, body: imageRequest(inline) });
    expect(answer.status).toBe(402);
    expect(answer.body.error).toMatchObject({
      code: 'insufficient_quota',
      type: 'insufficient_quota',
      estimated_credits: 1,
      account_balance_credits: 0.5,
    });
    expect([await countTasks(), await countRows(troupe.database.db, 'jobs.job')]).toEqual(before);
    expect(await listFiles('inputs/')).toEqual(files);
    expect(await loadBooks(troupe.database.db, account_id)).toEqual({ available: 0.5, reserved: 0, spent: 0 });
  });

  test("402 beyond a key's own limits, while another key of the account goes on", async () => {
    const limit = { account: 'limited', name: 'k', total_limit_microcredits: 1_000_000 };
    const daily = { account: 'limited', name: 'd', daily_limit_microcredits: 1_000_000 };
    const keys = [await troupe.grant(limit, 10), await troupe.grant(daily, 0)];
    const codes = [];
    for (const { key } of keys) {
      const submit = () => troupe.call('POST', '/v1/videos/generations', { key, body: image() });
      expect((await submit()).status).toBe(200);
      const refused = await submit();
      expect(refused.status).toBe(402);
      codes.push(refused.body.error.code);
    }
    expect(codes).toEqual(['insufficient_token_quota', 'token_daily_quota_exceeded']);
    const books = await loadBooks(troupe.database.db, keys[0]?.account_id as number);
    expect(books).toEqual({ available: 8, reserved: 2, spent: 0 });
  });

  test('403 for a model the key may not use, 404 for a model that is not offered', async () => {
    const { key } = await troupe.grant({ account: 'narrow', name: 'k', allowed_models: ['other-model'] }, 10);
    const before = await countTasks();
    const refused = await troupe.call('POST', '/v1/videos/generations', { key, body: image() });
    expect([refused.status, refused.body.error.code]).toEqual([403, 'model_access_denied']);
    expect(refused.body.error.message).toContain('kling-custom-element');
    const unknown = await troupe.submit({ ...image(), model: 'gpt-image' });
    expect([unknown.status, unknown.body.error.code]).toEqual([404, 'model_not_found']);
    expect(await countTasks()).toBe(before);
  });

  test('429 with Retry-After beyond the unfinished tasks of a key; refused requests do not count among them', async () => {
    await using small = await startTroupe({ environment: { TROUPE_KEY_UNFINISHED_TASKS: '3' } });
    const { key } = await small.grant({ account: 'busy', name: 'k' }, 0);
    const submit = () => small.call('POST', '/v1/videos/generations', { key, body: image() });
    for (let i = 0; i < 5; i++) expect((await submit()).status).toBe(402);
    await small.grant({ account: 'busy', name: 'other' }, 10);
    const statuses = (await Promise.all(Array.from({ length: 8 }, submit))).map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(3);
    const refused = await submit();
    expect([refused.status, refused.body.error.code]).toEqual([429, 'rate_limit_exceeded']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await countRows(small.database.db, 'tasks')).toBe(3);
  });

  test('429 with Retry-After beyond the request rate of a key, other keys go on', async () => {
    await using slow = await startTroupe({
      environment: { TROUPE_KEY_REQUESTS_PER_MINUTE: '1', TROUPE_KEY_REQUESTS_BURST: '2' },
    });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push(await slow.submit(image()));
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(Number(statuses[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = await slow.grant({ account: 'other', name: 'k' }, 1);
    const answer = await slow.call('POST', '/v1/videos/generations', { key: other.key, body: image() });
    expect(answer.status).toBe(200);
  });
});

test('200 submissions at once with credit for 50: exactly 50 tasks, 150 times 402, and the ledger adds up', async () => {
  const { key, account_id } = await troupe.grant({ account: 'racing', name: 'k' }, 50);
  const submit = () => troupe.call('POST', '/v1/videos/generations', { key, body: image() });
  const answers = await Promise.all(Array.from({ length: 200 }, submit));
  const statuses = answers.map((answer) => answer.status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(50);
  expect(statuses.filter((status) => status === 402)).toHaveLength(150);
  expect(await loadBooks(troupe.database.db, account_id)).toEqual({ available: 0, reserved: 50, spent: 0 });
  const { body } = await troupe.call('GET', '/v1/tasks', { key });
  expect(body.total).toBe(50);
});
