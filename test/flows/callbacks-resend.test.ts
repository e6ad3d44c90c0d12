import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Client,
  createClient,
  getTask,
  getTaskCallbacks,
  resendCallback,
  type TroupeError,
  testCallback,
} from '../../client/index.ts';
import { verifyCallback } from '../../client/verify-callback.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

const picture = Buffer.from('bytes of a picture').toString('base64');
let receiver: CallbackReceiver;
let troupe: StartedTroupe;
let client: Client;
let strangers: Client;
/** Where nobody listens. */
let nowhere: string;

beforeAll(async () => {
  receiver = await startReceiver();
  nowhere = `https://127.0.0.1:${await findFreePort()}`;
  troupe = await startTroupe({ worker: true, environment: { TROUPE_CALLBACK_RETRY_SECONDS: '1' } });
  client = createClient({ baseUrl: troupe.url, key: troupe.key.key, retriesMax: 0 });
  const other = await troupe.grant({ account: 'stranger', name: 'other' }, 10);
  strangers = createClient({ baseUrl: troupe.url, key: other.key, retriesMax: 0 });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

const refusalOf = async (work: Promise<unknown>) => {
  const error = (await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )) as TroupeError;
  return { status: error.status, code: error.code, message: error.message };
};

/** A task that ends at once, since its picture comes with the request; its callback goes to `path`. */
async function makeTask(path: string | null): Promise<string> {
  const rest = path === null ? {} : { callback_url: receiver.url(path) };
  const { body } = await troupe.submit(imageRequest(picture, undefined, rest));
  return body.id;
}

const reached = (id: string, state: string, attempts: number) =>
  until(`${attempts} attempts, ${state}`, async () => {
    const callbacks = await getTaskCallbacks(client, id);
    return callbacks.state === state && callbacks.attempts.length === attempts && callbacks;
  });

describe("GET /v1/tasks/{task_id}/callbacks and the callback's further rounds", () => {
  test('tells each attempt with exactly the documented fields; a resend is a new round under the same id', async () => {
    receiver.answer('/rounds', (call) => ({ status: call <= 3 ? 503 : 204 }));
    const id = await makeTask('/rounds');
    const first = await reached(id, 'given_up', 2);
    expect(first).toEqual({
      state: 'given_up',
      url: receiver.url('/rounds'),
      webhook_id: `msg_${id}`,
      attempts: [1, 2].map((attempt) => ({
        attempt,
        started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        duration_ms: expect.any(Number),
        outcome: 'bad_status',
        status_code: 503,
        detail: 'the answer has to be a status of 2xx',
      })),
    });
    const answer = await resendCallback(client, id);
    expect(answer.webhook_id).toBe(`msg_${id}`);
    // One failure more, and the retry of the new round is accepted: its schedule begins anew.
    const second = await reached(id, 'delivered', 4);
    expect(second.attempts.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, 'bad_status'],
      [2, 'bad_status'],
      [3, 'bad_status'],
      [4, 'accepted'],
    ]);
    expect(second.attempts[3]).toMatchObject({ status_code: 204, detail: null });
    const sent = receiver.received('/rounds');
    expect(new Set(sent.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([`msg_${id}`]));
    expect(sent.at(-1)?.task).toEqual(await getTask(client, id));
    const last = sent.at(-1) as (typeof sent)[number];
    verifyCallback({ secret: troupe.key.callback_secret, headers: last.headers, body: last.body });
  });

  test('a delivered callback can be sent again too, any number of times', async () => {
    const id = await makeTask('/again');
    for (const count of [1, 2, 3, 4, 5, 6]) {
      await reached(id, 'delivered', count);
      if (count < 6) await resendCallback(client, id);
    }
    expect(receiver.received('/again')).toHaveLength(6);
  });

  test('resends that come at once, before the first of them is tried, make one round', async () => {
    const id = await makeTask('/at-once');
    await reached(id, 'delivered', 1);
    await troupe.stopWorkers();
    for (const answer of await Promise.all(Array.from({ length: 5 }, () => resendCallback(client, id)))) {
      expect(answer.state).toBe('due');
    }
    troupe.startWorker();
    await reached(id, 'delivered', 2);
    expect(receiver.received('/at-once')).toHaveLength(2);
  });

  test('of a task without callback_url: state none, and a resend is refused', async () => {
    const id = await makeTask(null);
    await troupe.waitForEnd(id);
    expect(await getTaskCallbacks(client, id)).toEqual({ state: 'none', url: null, webhook_id: null, attempts: [] });
    expect(await refusalOf(resendCallback(client, id))).toEqual({
      status: 409,
      code: 'callback_not_resendable',
      message: 'task_id: the task named no callback_url; nothing was sent',
    });
  });

  test('of an unfinished task: state waiting, and a resend is refused', async () => {
    await troupe.stopWorkers();
    const id = await makeTask('/waiting');
    const url = receiver.url('/waiting');
    expect(await getTaskCallbacks(client, id)).toEqual({
      state: 'waiting',
      url,
      webhook_id: `msg_${id}`,
      attempts: [],
    });
    expect(await refusalOf(resendCallback(client, id))).toMatchObject({
      status: 409,
      message: 'task_id: the task is still pending; nothing was sent',
    });
    troupe.startWorker();
    await reached(id, 'delivered', 1);
  });

  test("404 for somebody else's task as for one that never existed, 400 for what is no id", async () => {
    const id = await makeTask('/mine');
    await reached(id, 'delivered', 1);
    for (const act of [getTaskCallbacks, resendCallback]) {
      const foreign = await refusalOf(act(strangers, id));
      expect(foreign).toMatchObject({ status: 404, code: 'task_not_found' });
      expect(await refusalOf(act(strangers, 'task-unified-1-never'))).toEqual(foreign);
      expect(await refusalOf(act(client, 'x'))).toMatchObject({ status: 400, code: 'invalid_task_id' });
    }
    expect(receiver.received('/mine')).toHaveLength(1);
  });

  test('an attempt of the round before that ends late neither ends the new round nor plans another attempt', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    receiver.answer('/late', async (call) => {
      if (call === 1) await held;
      return { status: call === 1 ? 204 : 500 };
    });
    const id = await makeTask('/late');
    await until('the first attempt', () => receiver.received('/late').length === 1);
    await resendCallback(client, id);
    release();
    const ended = await reached(id, 'given_up', 3);
    expect(ended.attempts.map(({ outcome }) => outcome)).toEqual(['accepted', 'bad_status', 'bad_status']);
  });
});

describe('POST /v1/callbacks/test', () => {
  test('posts one signed example now, marked as a test, and answers its outcome', async () => {
    const answer = await testCallback(client, receiver.url('/test'));
    expect(answer).toEqual({
      webhook_id: expect.stringMatching(/^msg_test_[a-z0-9]{12}$/),
      attempt: 1,
      started_at: expect.any(String),
      duration_ms: expect.any(Number),
      outcome: 'accepted',
      status_code: 200,
      detail: null,
    });
    const [sent, ...others] = receiver.received('/test');
    expect(others).toEqual([]);
    const { headers = {}, body = '', task } = sent ?? {};
    expect(verifyCallback({ secret: troupe.key.callback_secret, headers, body }).id).toBe(answer.webhook_id);
    expect(task).toMatchObject({ test: true, status: 'completed', object: 'video.generation.task' });
    expect(await refusalOf(getTask(client, task.id))).toMatchObject({ status: 404 });
  });

  test('a receiver that fails is an answer, sent once, without an address of this network in it', async () => {
    receiver.answer('/test-fails', () => ({ status: 302, headers: { location: 'https://127.0.0.1/' } }));
    expect(await testCallback(client, receiver.url('/test-fails'))).toMatchObject({
      outcome: 'bad_status',
      status_code: 302,
      detail: 'the answer has to be a status of 2xx; redirects are not followed',
    });
    expect(receiver.received('/test-fails')).toHaveLength(1);
    const unreachable = await testCallback(client, `${nowhere}/`);
    expect(unreachable).toMatchObject({
      outcome: 'connect_failed',
      status_code: null,
      detail: 'no connection could be made (ECONNREFUSED)',
    });
  });

  test.each([
    ['http://example.com/hook', 'callback_url: must use https, uses http'],
    ['https://10.0.0.1/hook', 'callback_url: must not point to an internal address'],
    ['https://user:secret@example.com/', undefined],
    [`https://example.com/${'a'.repeat(2048)}`, undefined],
    ['hook', undefined],
  ])('refuses %s as a request does, and sends nothing', async (url, message) => {
    const refusal = await refusalOf(testCallback(client, url));
    expect(refusal).toMatchObject({ status: 400, code: 'invalid_request' });
    if (message !== undefined) expect(refusal.message).toBe(message);
    const asRequest = await troupe.submit(imageRequest('https://example.com/a.jpg', undefined, { callback_url: url }));
    expect(asRequest.body.error.message).toBe(refusal.message);
  });

  test.each([
    ['nothing', undefined],
    ['no URL', {}],
    ['a number', { callback_url: 1 }],
  ])('400 for a body with %s', async (_, body) => {
    const answer = await troupe.call('POST', '/v1/callbacks/test', body === undefined ? {} : { body });
    expect(answer.status).toBe(400);
  });
});

test('resends and tests have a rate of their own for each key: 429 with Retry-After, and nothing is sent', async () => {
  await using small = await startTroupe({ environment: { TROUPE_KEY_CALLBACKS_PER_MINUTE: '6' } });
  const url = receiver.url('/limited');
  const post = () => small.call('POST', '/v1/callbacks/test', { body: { callback_url: url } });
  expect((await post()).status).toBe(200);
  const second = await post();
  expect([second.status, second.body.error.code]).toEqual([429, 'rate_limit_exceeded']);
  expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
  const resend = await small.call('POST', '/v1/tasks/task-unified-1-a/callbacks/resend');
  expect(resend.status).toBe(429);
  expect((await small.call('GET', '/v1/tasks')).status).toBe(200);
  expect(receiver.received('/limited')).toHaveLength(1);
});

test('of tests to one host that hangs, at most four are under way: the next is refused, others are not', async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((done) => {
    release = done;
  });
  receiver.answer('/hang', async () => {
    await held;
    return { status: 200 };
  });
  const hanging = Array.from({ length: 4 }, () => testCallback(client, receiver.url('/hang')));
  await until('four at the receiver', () => receiver.received('/hang').length === 4);
  expect(await refusalOf(testCallback(client, receiver.url('/hang')))).toMatchObject({ status: 429 });
  expect(await testCallback(client, `${nowhere}/`)).toMatchObject({ outcome: 'connect_failed' });
  release();
  for (const { outcome } of await Promise.all(hanging)) expect(outcome).toBe('accepted');
});
