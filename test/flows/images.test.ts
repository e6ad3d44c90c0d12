import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expire } from '../../src/flow/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { listKinds, loadBooks } from '../helpers/load-books.ts';
import { runTroupe } from '../helpers/run-command-line.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** Pictures of an element on a server without any account elsewhere: the whole way, with the real engines. */
let origin: MediaOrigin;
let receiver: CallbackReceiver;
let troupe: StartedTroupe;
let elementId: string;

beforeAll(async () => {
  origin = await startOrigin();
  receiver = await startReceiver();
  troupe = await startTroupe({
    worker: true,
    environment: { TROUPE_ELEMENT_ENGINE: 'local' },
  });
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  elementId = (await troupe.waitForEnd(body.id, 120_000)).result_data.element_id;
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

const bodyOf = (rest: object = {}) => ({
  model: 'kling-image-o1',
  prompt: '<<<element_1>>> on a meadow',
  aspect_ratio: '1:1',
  model_params: { element_list: [{ element_id: elementId }] },
  ...rest,
});
const submit = (body: object, headers: Record<string, string> = {}, key?: string) =>
  troupe.call('POST', '/v1/images/generations', { body, headers, ...(key === undefined ? {} : { key }) });
const books = () => loadBooks(troupe.database.db, troupe.key.account_id);
const refusal = ({ status, body }: { status: number; body: { error: { code: string; param?: string } } }) => [
  status,
  body.error.code,
  body.error.param,
];

test('two pictures of an element: an image task, links that need no key, charged for each, found in every list', async () => {
  const before = await books();
  const { status, body } = await submit(bodyOf({ n: 2 }));
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body).toMatchObject({
    object: 'image.generation.task',
    type: 'image',
    model: 'kling-image-o1',
    task_info: { can_cancel: true },
    usage: { billing_rule: 'per_call', credits_reserved: 3.6 },
  });
  const task = await troupe.waitForEnd(body.id, 120_000);
  expect(task).toMatchObject({
    status: 'completed',
    usage: { credits_used: 3.6 },
    result_data: {
      engine: 'animatic',
      kind: 'animatic',
      element_ids: [elementId],
      warnings: [],
      images: task.results.map((url: string) => ({ url, width: 1024, height: 1024 })),
    },
  });
  expect(task.results).toHaveLength(2);
  expect(task.result_data).not.toHaveProperty('video_url');
  for (const url of task.results) {
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toBe('image/png');
    const facts = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect([facts.format, facts.width, facts.height]).toEqual(['png', 1024, 1024]);
  }
  expect((await books()).spent).toBeCloseTo(before.spent + 3.6);
  const { body: lines } = await troupe.call('GET', '/v1/tasks?type=image');
  expect(lines.data[0]).toMatchObject({ id: body.id, type: 'image', title: '<<<element_1>>> on a meadow' });
  const { body: uses } = await troupe.call('GET', `/v1/elements/${elementId}/uses`);
  expect(JSON.stringify(uses)).toContain(body.id);
  const { body: asked } = await troupe.call('GET', `/v1/tasks/${body.id}/request`);
  expect(asked.request).toEqual({ ...bodyOf(), quality: '1k', n: 2 });
  const { body: videos } = await troupe.call('GET', '/v1/videos');
  expect(JSON.stringify(videos)).not.toContain(body.id);
});

test('the links end after 24 hours, and the files with them', async () => {
  const { body } = await submit(bodyOf());
  const task = await troupe.waitForEnd(body.id, 120_000);
  const { now } = troupe.context.clock;
  troupe.context.clock.now = () => new Date(Date.now() + 24 * 3_600_000 + 60_000);
  expect((await fetch(task.results[0])).status).toBe(410);
  troupe.context.clock.now = () => new Date(Date.now() + 26 * 3_600_000);
  await expire(troupe.context);
  troupe.context.clock.now = now;
  expect(await Array.fromAsync(troupe.context.storage.list(`results/${body.id}/`))).toEqual([]);
});

test('the same key gives the first task back and charges once; with another body it is 409', async () => {
  const key = { 'idempotency-key': 'pictures-of-a-duck-1' };
  const before = await books();
  const first = await submit(bodyOf(), key);
  const again = await submit(bodyOf(), key);
  expect([again.body.id, again.headers.get('idempotency-replayed')]).toEqual([first.body.id, 'true']);
  expect(refusal(await submit(bodyOf({ n: 2 }), key)).slice(0, 2)).toEqual([409, 'idempotency_conflict']);
  await troupe.waitForEnd(first.body.id, 120_000);
  expect((await books()).spent).toBeCloseTo(before.spent + 1.8);
});

test('a dry run says what it would cost, and neither charges nor makes anything', async () => {
  const before = await books();
  const { body } = await submit(bodyOf({ dry_run: true, n: 3, image_urls: [origin.url('/duck.jpg')] }));
  const task = await troupe.waitForEnd(body.id, 120_000);
  expect(task).toMatchObject({
    status: 'completed',
    dry_run: true,
    results: [],
    result_data: { dry_run: true, would_reserve_credits: 5.4, sources: [{ param: 'image_urls[0]' }] },
  });
  expect(await books()).toEqual(before);
  const broken = await submit(bodyOf({ dry_run: true, image_urls: [origin.url('/dog.mp4')] }));
  expect((await troupe.waitForEnd(broken.body.id, 120_000)).error).toMatchObject({ param: 'image_urls[0]' });
});

test('a callback comes with the body of the query once the credits are settled', async () => {
  const { body } = await submit(bodyOf({ callback_url: receiver.url('/pictures') }));
  const task = await troupe.waitForEnd(body.id, 120_000);
  const received = await until('the callback', () => receiver.received('/pictures')[0] ?? null);
  expect(received.task).toMatchObject({ id: body.id, type: 'image', usage: task.usage });
  expect(received.task.results).toHaveLength(1);
});

test('one that waits can be cancelled, for nothing', async () => {
  await troupe.stopWorkers();
  const before = await books();
  const { body } = await submit(bodyOf({ n: 9 }));
  const cancelled = await troupe.call('POST', `/v1/tasks/${body.id}/cancel`);
  expect([cancelled.status, cancelled.body.status]).toEqual([200, 'cancelled']);
  expect(await listKinds(troupe.database.db, troupe.key.account_id, body.id)).toEqual(['reserve', 'refund']);
  expect(await books()).toEqual(before);
  troupe.startWorker();
});

test('what is refused leaves no task: a model of videos, one of pictures elsewhere, rights, money, elements of others', async () => {
  const count = async () => (await troupe.call('GET', '/v1/tasks')).body.total;
  const before = await count();
  const video = { model: 'kling-o3-text-to-video', prompt: 'a' };
  expect(refusal(await submit(video))).toEqual([400, 'invalid_request', 'model']);
  expect(refusal(await troupe.submit(bodyOf()))).toEqual([400, 'invalid_request', 'model']);
  expect(refusal(await submit({ model: 'gpt-image-2', prompt: 'a' }))).toEqual([404, 'model_not_found', 'model']);
  expect(refusal(await submit(bodyOf({ n: 10 })))).toEqual([400, 'invalid_request', 'n']);
  const unknown = { model_params: { element_list: [{ element_id: '4810293847561029' }] } };
  expect(refusal(await submit(bodyOf(unknown)))).toEqual([
    400,
    'invalid_request',
    'model_params.element_list[0].element_id',
  ]);
  const other = await troupe.grant({ account: 'others', name: 'other' }, 100);
  expect(refusal(await submit(bodyOf(), {}, other.key)).slice(0, 2)).toEqual([400, 'invalid_request']);
  const limited = await troupe.grant(
    { account: 'tester', name: 'limited', allowed_models: ['kling-custom-element'] },
    0,
  );
  expect(refusal(await submit(bodyOf(), {}, limited.key)).slice(0, 2)).toEqual([403, 'model_access_denied']);
  const poor = await troupe.grant({ account: 'poor', name: 'poor' }, 1);
  const words = { model: 'kling-image-o1', prompt: 'A yard' };
  expect(refusal(await submit(words, {}, poor.key)).slice(0, 2)).toEqual([402, 'insufficient_quota']);
  expect((await troupe.call('POST', '/v1/images/generations', { body: words, key: null })).status).toBe(401);
  expect(await count()).toBe(before);
});

test('the command line makes pictures and saves them, several under numbered names', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-images-'));
  const environment = { TROUPE_URL: troupe.url, TROUPE_API_KEY: troupe.key.key };
  const words = ['images', 'create', elementId, '--prompt', '<<<element_1>>> waits', '--count', '2'];
  const ran = await runTroupe([...words, '-o', join(folder, 'duck.png')], environment);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toContain('engine animatic');
  expect((await readdir(folder)).sort()).toEqual(['duck-1.png', 'duck-2.png']);
  const refused = await runTroupe(['images', 'create', '--prompt', 'x', '--quality', '4k'], environment);
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringContaining("--quality (quality): is '4k', must be one of 1k, 2k"),
  ]);
  const wrong = await runTroupe(['images', 'create', '--prompt', 'x', '--count', 'many'], environment);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('--count must be a whole number')]);
  await rm(folder, { recursive: true, force: true });
});
