import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { sendRaw } from '../helpers/send-raw.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let troupe: StartedTroupe;
beforeAll(async () => {
  troupe = await startTroupe();
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
});

/** The one line of a request, which is written once its answer is out. */
async function findLine(id: string | null): Promise<Record<string, unknown>> {
  const read = () => troupe.log.map((line) => JSON.parse(line)).filter((line) => line.request_id === id);
  await until(`the line of ${id}`, () => read().length > 0);
  expect(read()).toHaveLength(1);
  return read()[0];
}

const body = imageRequest('https://example.com/secret-picture.jpg');

test('one line at info for a request, with who, what, how long, the task and the id of the answer', async () => {
  const made = await troupe.call('POST', '/v1/videos/generations?password=hush', { body });
  const line = await findLine(made.headers.get('x-request-id'));
  expect(line).toMatchObject({
    level: 30,
    method: 'POST',
    route: '/v1/videos/generations',
    status: 200,
    ms: expect.any(Number),
    key_id: troupe.key.key_id,
    account_id: troupe.key.account_id,
    account: 'tester',
    address: '127.0.0.1',
    task_id: made.body.id,
  });
  const asked = await troupe.call('GET', `/v1/tasks/${made.body.id}`);
  expect(await findLine(asked.headers.get('x-request-id'))).toMatchObject({
    route: '/v1/tasks/:task_id',
    task_id: made.body.id,
  });
});

test.each([
  ['GET', '/nothing', 404, null],
  ['PUT', '/v1/credits', 405, null],
  ['GET', '/%zz', 404, null],
  ['GET', '/v1/models', 401, '/v1/models'],
  ['GET', '/healthz', 200, '/healthz'],
])('refusals have theirs: %s %s', async (method, path, status, route) => {
  const answer = await troupe.call(method, path, { key: null });
  const line = await findLine(answer.headers.get('x-request-id'));
  expect(line).toMatchObject({ method, status });
  if (route !== null) expect(line.route).toBe(route);
  expect(line.key_id).toBeUndefined();
});

test('and what is no request at all', async () => {
  const answer = await sendRaw(troupe.port, ['nonsense\r\n\r\n']);
  const id = /x-request-id: (req_\w+)/.exec(answer.text)?.[1] ?? null;
  expect(await findLine(id)).toMatchObject({ level: 30, status: 400, address: '127.0.0.1' });
});

test('no line holds a query string, a header, a body or a key', async () => {
  await troupe.call('GET', `/v1/tasks?key=${troupe.key.key}`);
  await troupe.call('GET', `/v1/tasks/${troupe.key.key}`);
  await troupe.call('GET', `/v1/tasks/task-unified-${troupe.key.key}`);
  const last = await troupe.call('GET', `/files/1/${troupe.key.key}/name`);
  await findLine(last.headers.get('x-request-id'));
  const log = troupe.log.join('');
  for (const secret of [troupe.key.key, 'hush', 'secret-picture']) expect(log).not.toContain(secret);
});
