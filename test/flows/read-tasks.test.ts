import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listModels } from '../../src/models/index.ts';
import { imageRequest, videoRequest } from '../helpers/flow-bodies.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let origin: MediaOrigin;
let troupe: StartedTroupe;
let stranger: string;
const ids: { completed: string[]; failed: string[]; cancelled: string[]; pending: string[] } = {
  completed: [],
  failed: [],
  cancelled: [],
  pending: [],
};

beforeAll(async () => {
  origin = await startOrigin();
  troupe = await startTroupe();
  stranger = (await troupe.grant({ account: 'stranger', name: 'k' }, 5)).key;
  const worker = troupe.startWorker();
  for (let i = 0; i < 3; i++) ids.completed.push(await submit('/duck.jpg'));
  ids.failed.push(await submit('/none.jpg'));
  for (const id of [...ids.completed, ...ids.failed]) await troupe.waitForEnd(id);
  await worker.close();
  for (let i = 0; i < 2; i++) ids.pending.push(await submit('/duck.jpg'));
  ids.cancelled.push(await submit('/duck.jpg'));
  await get(`/v1/tasks/${ids.cancelled[0]}/cancel`, 'POST');
  await troupe.call('POST', '/v1/videos/generations', { key: stranger, body: imageRequest(origin.url('/duck.jpg')) });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const submit = async (path: string) => (await troupe.submit(imageRequest(origin.url(path)))).body.id;
const get = (path: string, method = 'GET') => troupe.call(method, path);
const idsOf = (body: { data: { id: string }[] }) => body.data.map((task) => task.id);

describe('GET /v1/tasks/{task_id}', () => {
  test("somebody else's task answers 404 exactly like one that never existed", async () => {
    const theirs = await troupe.call('GET', `/v1/tasks/${ids.completed[0]}`, { key: stranger });
    const none = await troupe.call('GET', '/v1/tasks/task-unified-1757169743-8dxnm6yz', { key: stranger });
    expect([theirs.status, none.status]).toEqual([404, 404]);
    expect(theirs.body.error).toMatchObject({ code: 'task_not_found', type: 'invalid_request_error' });
    expect({ ...theirs.body.error, request_id: '' }).toEqual({ ...none.body.error, request_id: '' });
    expect([...theirs.headers.keys()]).toEqual([...none.headers.keys()]);
  });

  test.each(['task-other-1', '%00', 'task-unified-%00', 'task-unified-%F0%9F%98%80', `task-unified-${'x'.repeat(60)}`])(
    '400 invalid_task_id for %s',
    async (id) => {
      const { status, body } = await get(`/v1/tasks/${id}`);
      expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_task_id', 'task_id']);
    },
  );

  test('405 for a fixed name, which is no id', async () => {
    const { status, headers } = await get('/v1/tasks/batch');
    expect([status, headers.get('allow')]).toEqual([405, expect.stringContaining('POST')]);
  });

  test('401 before anything is told about the id', async () => {
    expect((await troupe.call('GET', '/v1/tasks/nonsense', { key: null })).status).toBe(401);
  });

  test('estimated_time of an unfinished task comes from what completed tasks took, and is at least 1', async () => {
    await expect
      .poll(async () => (await get(`/v1/tasks/${ids.pending[0]}`)).body.task_info.estimated_time, { timeout: 600_000 })
      .toBe(1);
  });

  test('what one engine took says nothing of another', async () => {
    const { estimates } = troupe.context;
    const estimate = (engine: string) => estimates.estimate('kling-custom-element', engine, 300);
    estimate('kling');
    await expect.poll(() => estimate('nothing'), { timeout: 600_000 }).toBeLessThan(300);
    expect(estimate('kling')).toBe(300);
  });
});

describe('GET /v1/tasks', () => {
  test('lists the whole account, newest first, without results or error texts', async () => {
    const { status, body } = await get('/v1/tasks');
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 7, page: 1, page_size: 20 });
    expect(idsOf(body).sort()).toEqual(Object.values(ids).flat().sort());
    const created = await sql<{ id: string }>`
      select id from tasks where account_id = ${troupe.key.account_id} order by created_at desc, id desc`.execute(
      troupe.database.db,
    );
    expect(idsOf(body)).toEqual(created.rows.map((row) => row.id));
    const line = body.data.find((one: { id: string }) => one.id === ids.failed[0]);
    expect(line).toEqual({
      id: ids.failed[0],
      status: 'failed',
      model: 'kling-custom-element',
      type: 'video',
      title: 'My Character',
      progress: expect.any(Number),
      created_at: expect.any(Number),
      has_results: false,
      has_error: true,
      credits_used: 0,
    });
  });

  test.each([
    ['status=processing', () => ids.pending],
    ['status=completed', () => ids.completed],
    ['status=failed', () => ids.failed],
    ['status=cancelled', () => ids.cancelled],
    ['type=&model=&status=', () => Object.values(ids).flat()],
    ['type=video&model=kling-custom-element', () => Object.values(ids).flat()],
    ['type=image', () => []],
    ['model=other', () => []],
  ])('filters by %s', async (query, expected) => {
    const { body } = await get(`/v1/tasks?${query}`);
    expect(idsOf(body).sort()).toEqual([...expected()].sort());
    expect(body.total).toBe(expected().length);
  });

  test('pages hold every task once', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map((page) => get(`/v1/tasks?page_size=2&page=${page}`)));
    expect(pages.map(({ body }) => body.data.length)).toEqual([2, 2, 2, 1]);
    expect(new Set(pages.flatMap(({ body }) => idsOf(body))).size).toBe(7);
    expect((await get('/v1/tasks?page=1000000')).body).toMatchObject({ data: [], total: 7 });
  });

  test.each([
    'page=0',
    'page=1.5',
    'page=x',
    'page_size=51',
    'page_size=0',
    'status=PROCESSING',
    'type=tape',
    'model=%00',
    'page=1&page=2',
  ])('400 for %s, naming it', async (query) => {
    const { status, body } = await get(`/v1/tasks?${query}`);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code: 'invalid_request', param: query.split('=')[0] });
  });
});

describe('POST /v1/tasks/batch', () => {
  const batch = (task_ids: unknown, key?: string) =>
    troupe.call('POST', '/v1/tasks/batch', { body: { task_ids }, ...(key === undefined ? {} : { key }) });

  test('answers in the order asked, each as the query does; unknown, foreign and repeated ids are left out', async () => {
    const wanted = [ids.failed[0], ids.completed[1], ids.cancelled[0]] as string[];
    const { status, body } = await batch([...wanted, 'task-unified-0-none', wanted[0], 'nonsense', 'a\0b', '\ud800']);
    expect(status).toBe(200);
    expect(idsOf(body)).toEqual(wanted);
    for (const task of body.data) expect(task).toEqual((await get(`/v1/tasks/${task.id}`)).body);
    expect((await batch(wanted, stranger)).body).toEqual({ data: [] });
  });

  test.each([[[]], [Array(51).fill('task-unified-1-a')], ['text'], [[1]], [null]])('400 for %j', async (task_ids) => {
    const { status, body } = await batch(task_ids);
    expect([status, body.error.code]).toEqual([400, 'invalid_request']);
    expect(body.error.param).toMatch(/^task_ids/);
  });
});

test("GET /v1/credits tells the key's and the account's credits", async () => {
  const { body } = await get('/v1/credits');
  expect(body).toEqual({
    success: true,
    message: '',
    data: {
      token: { remaining_credits: 995, used_credits: 5, unlimited_credits: true },
      user: { remaining_credits: 995, used_credits: 3, reserved_credits: 2 },
    },
  });
  const limited = { account: 'tester', name: 'limited', total_limit_microcredits: 7_500_000 };
  const { key } = await troupe.grant(limited, 0);
  const other = await troupe.call('GET', '/v1/credits', { key });
  expect(other.body.data.token).toEqual({ remaining_credits: 7.5, used_credits: 0, unlimited_credits: false });
});

test.each([
  ['the rest of its total', { total_limit_microcredits: 4_000_000, daily_limit_microcredits: 9_000_000 }, 3],
  ["today's rest", { total_limit_microcredits: 9_000_000, daily_limit_microcredits: 4_000_000 }, 3],
  ["the account's rest", { total_limit_microcredits: 900_000_000, daily_limit_microcredits: 800_000_000 }, 19],
])('GET /v1/credits tells a limited key the least of its rests: %s', async (rest, limits, remaining_credits) => {
  const { key } = await troupe.grant({ account: `limited by ${rest}`, name: 'limited', ...limits }, 20);
  const body = imageRequest(origin.url('/duck.jpg'));
  expect((await troupe.call('POST', '/v1/videos/generations', { key, body })).status).toBe(200);
  const { data } = (await troupe.call('GET', '/v1/credits', { key })).body;
  expect(data.token).toEqual({ remaining_credits, used_credits: 1, unlimited_credits: false });
  expect(data.user.remaining_credits).toBe(19);
});

test('GET /v1/models lists what the key may use, with its price', async () => {
  const { body } = await get('/v1/models');
  expect(body.data.map((model: { id: string }) => model.id)).toEqual(listModels().map(({ id }) => id));
  expect(body.data[0]).toMatchObject({ id: 'kling-custom-element', billing_rule: 'per_call' });
  expect(body.data.find((model: { id: string }) => model.id === 'kling-v3-image-to-video')).toMatchObject({
    billing_rule: 'per_second',
    credits: 5.4,
    minimum_credits: 16.2,
    multipliers: { '720p': { off: 1, on: 1.5 }, '1080p': { off: 1.334, on: 2 }, '4k': { off: 5, on: 5 } },
  });
  const { key } = await troupe.grant({ account: 'tester', name: 'narrow', allowed_models: ['other'] }, 0);
  expect((await troupe.call('GET', '/v1/models', { key })).body.data).toEqual([]);
});

test('a task of a clip and one of pictures differ in nothing that a reader of results depends on', async () => {
  const answer = await troupe.submit(videoRequest(origin.url('/dog.mp4')));
  expect(Object.keys(answer.body).sort()).toEqual(Object.keys((await get(`/v1/tasks/${ids.pending[0]}`)).body).sort());
});

test('a line of a list names the element that its task has made, or the first that its video names', async () => {
  const made = (await get(`/v1/tasks/${ids.completed[0]}`)).body.result_data.element_id;
  const other = (await get(`/v1/tasks/${ids.completed[1]}`)).body.result_data.element_id;
  const element_list = [other, made].map((element_id) => ({ element_id }));
  const video = await troupe.submit({
    model: 'kling-o3-text-to-video',
    prompt: '<<<element_1>>> meets <<<element_2>>>',
    model_params: { element_list },
  });
  const { data } = (await get('/v1/tasks')).body;
  const find = (id: string | undefined) => data.find((line: { id: string }) => line.id === id);
  expect(find(ids.completed[0])).toMatchObject({ element_id: made });
  expect(find(video.body.id)).toMatchObject({ element_id: other });
  expect(find(ids.failed[0])).not.toHaveProperty('element_id');
  expect(find(ids.pending[0])).not.toHaveProperty('element_id');
});
