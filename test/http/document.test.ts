import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { type AnswerChecker, createAnswerChecker } from '../helpers/check-answers.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let origin: MediaOrigin;
let troupe: StartedTroupe;
let checker: AnswerChecker;
// biome-ignore lint/suspicious/noExplicitAny: the document is walked by its paths
let document: any;

beforeAll(async () => {
  origin = await startOrigin();
  troupe = await startTroupe({ worker: true });
  document = (await troupe.call('GET', '/openapi.json', { key: null })).body;
  checker = createAnswerChecker(document);
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

/** Not for callers of the API: its pages, and what the Kling API calls; and the second place of the official form's routes. */
const ownRoutes = ['/console', '/docs', '/openapi.json', '/v1/kling/callbacks', '/kling'];

test('every route is in the document, and the document names no other', async () => {
  const routes: string[] = [];
  const app = await createApp(troupe.context, troupe.config);
  await app.ready();
  const above: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', step = '', methods = ''] = /^(.*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?/.exec(line) ?? [];
    const depth = indent.length / 4;
    const path = (above[depth] ?? '') + step;
    above[depth + 1] = path;
    if (methods === '' || ownRoutes.some((own) => path.startsWith(own))) continue;
    const name = path.replace(/:(\w+)/g, '{$1}').replace(/(.)\/$/, '$1');
    routes.push(
      ...methods
        .split(', ')
        .filter((method) => method !== 'HEAD')
        .map((method) => `${method} ${name}`),
    );
  }
  await app.close();
  expect([...new Set(routes)].sort()).toEqual([...checker.operations].sort());
});

test('every operation has a name of its own, says what it does and lists its refusals', () => {
  const names = new Set<string>();
  for (const methods of Object.values<Record<string, Record<string, unknown>>>(document.paths)) {
    for (const operation of Object.values(methods)) {
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(names.has(operation.operationId as string)).toBe(false);
      names.add(operation.operationId as string);
      expect(operation.summary).toBeTruthy();
      expect(Object.keys(operation.responses as object)).toEqual(expect.arrayContaining(['200', '500', '503']));
    }
  }
});

test('the reference page is served', async () => {
  const { status, body, headers } = await troupe.call('GET', '/docs/', { key: null });
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(body).toContain('<title>Troupe');
});

describe('answers are as the document says', () => {
  const checked = async (method: string, path: string, template: string, options = {}) => {
    const answer = await troupe.call(method, path, options);
    expect(checker.check(method, template, answer)).toBe('');
    return answer;
  };

  test('of a task in every state, of lists, account and server', async () => {
    const generations = '/v1/videos/generations';
    const submit = (image: string) =>
      checked('POST', generations, generations, { body: imageRequest(origin.url(image), [origin.url('/duck.jpg')]) });
    const read = (id: string) => checked('GET', `/v1/tasks/${id}`, '/v1/tasks/{task_id}');
    const states = new Set<string>();
    const gate = origin.gate('/held.jpg', '/duck.jpg');
    const held = (await submit('/held.jpg')).body.id;
    await gate.asked;
    states.add((await read(held)).body.status);
    const cancel = () => checked('POST', `/v1/tasks/${held}/cancel`, '/v1/tasks/{task_id}/cancel');
    expect((await cancel()).status).toBe(200);
    expect((await cancel()).status).toBe(409);
    gate.open();
    const ids = [held, (await submit('/duck.jpg')).body.id, (await submit('/none.jpg')).body.id];
    for (const id of ids) {
      await troupe.waitForEnd(id);
      states.add((await read(id)).body.status);
    }
    expect([...states].sort()).toEqual(['cancelled', 'completed', 'failed', 'processing']);
    await checked('POST', '/v1/tasks/batch', '/v1/tasks/batch', { body: { task_ids: ids } });
    await checked('POST', '/v1/tasks/batch', '/v1/tasks/batch', { body: {} });
    for (const path of ['/v1/tasks', '/v1/credits', '/v1/models', '/healthz', '/readyz'])
      await checked('GET', path, path);
    for (const path of ['/v1/tasks', '/v1/credits', '/v1/models']) await checked('GET', path, path, { key: null });
    await checked('GET', '/v1/tasks?page=0', '/v1/tasks');
    await read('nonsense');
    await read('task-unified-1-none');
    for (const body of [{}, 'text', '{']) await checked('POST', generations, generations, { body });
    await checked('POST', generations, generations, { body: '<a/>', headers: { 'content-type': 'text/xml' } });
  });
});
