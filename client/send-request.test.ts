import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { until } from '../test/helpers/until.ts';
import {
  cancelTask,
  createClient,
  createElement,
  type ElementRequest,
  getTask,
  TroupeError,
  waitForTask,
} from './index.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const accepted = { id: 'task-unified-1-aaaaaaaa', status: 'pending', progress: 0 };
const request: Omit<ElementRequest, 'model'> = {
  model_params: {
    element_name: 'a',
    element_description: 'b',
    reference_type: 'video_refer',
    element_video_list: { refer_videos: [{ video_url: 'https://example.com/a.mp4' }] },
  },
};

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
const refuse = (status: number, code: string, headers: Record<string, string> = {}) =>
  json(status, { error: { code, message: `no: ${code}`, type: 't', param: 'model' } }, headers);
const hangUp: Answer = (_, { socket }) => socket.destroy();

/** A server that gives the answers in turn, the last one for ever, and notes what it was sent. */
async function startFlaky(...answers: Answer[]) {
  const requests: { headers: IncomingMessage['headers']; body: string; at: number }[] = [];
  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    requests.push({ headers: incoming.headers, body, at: performance.now() });
    (answers[requests.length - 1] ?? (answers.at(-1) as Answer))(response, incoming);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  const { port } = server.address() as AddressInfo;
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}/`, key: 'sk-x', retriesMax: 3, retryDelayMs: 10 });
  return { requests, client };
}

async function catchTroupeError(work: Promise<unknown>): Promise<TroupeError> {
  const error = await work.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TroupeError);
  return error as TroupeError;
}

test('a submission is repeated with the same idempotency key and body after a lost connection, 429, 502 and 503', async () => {
  for (const failure of [
    hangUp,
    refuse(429, 'rate_limit_exceeded'),
    json(502, null),
    refuse(503, 'service_unavailable'),
  ]) {
    const { requests, client } = await startFlaky(failure, json(200, accepted));
    expect((await createElement(client, request)).id).toBe(accepted.id);
    expect(requests).toHaveLength(2);
    expect(requests[0]?.headers['idempotency-key']).toMatch(/^[\w.-]{16,96}$/);
    expect(requests[1]?.headers['idempotency-key']).toBe(requests[0]?.headers['idempotency-key']);
    expect(requests[1]?.body).toBe(requests[0]?.body);
  }
});

test('two calls have different idempotency keys, and a given one is sent as it is', async () => {
  const { requests, client } = await startFlaky(json(200, accepted));
  await createElement(client, request);
  await createElement(client, request);
  await createElement(client, request, { idempotencyKey: 'mine-0123456789abcdef' });
  const [first, second, third] = requests.map(({ headers }) => headers['idempotency-key']);
  expect(first).not.toBe(second);
  expect(third).toBe('mine-0123456789abcdef');
});

test('a Retry-After is waited for', async () => {
  const busy = refuse(429, 'rate_limit_exceeded', { 'retry-after': '1' });
  const { requests, client } = await startFlaky(busy, json(200, accepted));
  await createElement(client, request);
  expect((requests[1]?.at ?? 0) - (requests[0]?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
});

test('a Retry-After of more than a minute is told at once', async () => {
  const { requests, client } = await startFlaky(refuse(503, 'service_unavailable', { 'retry-after': '61' }));
  const error = await catchTroupeError(createElement(client, request));
  expect(error).toMatchObject({ code: 'service_unavailable', status: 503, retryAfterSeconds: 61 });
  expect(requests).toHaveLength(1);
});

test('a refusal is never repeated and carries code, status, param and request id', async () => {
  for (const status of [400, 401, 402, 403, 404, 409, 500]) {
    const { requests, client } = await startFlaky(refuse(status, 'some_code', { 'x-request-id': 'req_1' }));
    const error = await catchTroupeError(createElement(client, request));
    expect(error).toMatchObject({
      code: 'some_code',
      status,
      param: 'model',
      requestId: 'req_1',
      message: 'no: some_code',
    });
    expect(requests).toHaveLength(1);
  }
});

test('no server at all is told after the last repetition, with its address and the reason', async () => {
  const client = createClient({ baseUrl: 'http://127.0.0.1:4', key: 'sk-x', retriesMax: 1, retryDelayMs: 1 });
  const error = await catchTroupeError(getTask(client, 'task-unified-1'));
  expect(error).toMatchObject({ code: 'server_unreachable', status: undefined });
  expect(error.message).toContain('http://127.0.0.1:4');
  expect(error.message).toContain('ECONNREFUSED');
});

test("a page that isn't of a Troupe server is told as such", async () => {
  const { client } = await startFlaky((response) => response.writeHead(200).end('<html>'));
  expect(await catchTroupeError(getTask(client, 'task-unified-1'))).toMatchObject({ code: 'unexpected_answer' });
});

test('an abort ends the waiting between two attempts at once, with its own reason', async () => {
  const { requests, client } = await startFlaky(refuse(503, 'service_unavailable', { 'retry-after': '30' }));
  const stop = new AbortController();
  const work = createElement(client, request, { signal: stop.signal });
  await until('the first attempt', () => requests.length > 0);
  stop.abort(new Error('enough'));
  await expect(work).rejects.toThrow('enough');
});

test('waiting for a task at a server without events tells every state and returns the final one, a failed one too', async () => {
  const failed = { ...accepted, status: 'failed', error: { code: 'x' } };
  const { client } = await startFlaky(
    refuse(404, 'not_found'),
    json(200, accepted),
    json(200, { ...accepted, status: 'processing' }),
    json(200, failed),
  );
  const states: string[] = [];
  const onProgress = ({ status }: { status: string }) => void states.push(status);
  expect(await waitForTask(client, accepted.id, { onProgress, firstPauseMs: 1 })).toMatchObject({ status: 'failed' });
  expect(states).toEqual(['pending', 'processing', 'failed']);
});

test('cancelling a task that is cancelled already succeeds, and one that completed is refused', async () => {
  const tooLate = refuse(409, 'task_not_cancellable');
  const twice = await startFlaky(tooLate, json(200, { ...accepted, status: 'cancelled' }));
  expect(await cancelTask(twice.client, accepted.id)).toMatchObject({ status: 'cancelled' });
  const late = await startFlaky(tooLate, json(200, { ...accepted, status: 'completed' }));
  expect(await catchTroupeError(cancelTask(late.client, accepted.id))).toMatchObject({ code: 'task_not_cancellable' });
});

test('options that can be no server or key are refused at once', () => {
  expect(() => createClient({ baseUrl: 'ftp://x', key: 'sk-x' })).toThrow(/http or https/);
  expect(() => createClient({ baseUrl: 'http://x', key: 'sk x' })).toThrow(/key/);
});
