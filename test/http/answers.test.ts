import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let troupe: StartedTroupe;
beforeAll(async () => {
  troupe = await startTroupe({ environment: { TROUPE_BODIES_BYTES: '120000000' } });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
});

const body = imageRequest('https://example.com/a.jpg');
const submitText = (text: string, headers: Record<string, string> = {}) =>
  troupe.call('POST', '/v1/videos/generations', { body: text, headers });

describe('415', () => {
  test('for another content type', async () => {
    const answer = await submitText(JSON.stringify(body), { 'content-type': 'text/plain' });
    expect([answer.status, answer.body.error.param]).toEqual([415, 'Content-Type']);
  });

  test.each(['gzip', 'br', 'x'])('for a body in %s, before it is unpacked', async (encoding) => {
    const answer = await fetch(`${troupe.url}/v1/videos/generations`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${troupe.key.key}`,
        'content-type': 'application/json',
        'content-encoding': encoding,
      },
      body: gzipSync(JSON.stringify(body)),
    });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid_request' } });
  });
});

describe('400 for JSON that is none, or not one object', () => {
  const deep = `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`;
  const wide = `{${Array.from({ length: 201 }, (_, index) => `"k${index}":1`).join()}}`;
  test.each([
    ['nothing', ''],
    ['half an object', '{"model":'],
    ['two objects', '{}{}'],
    ['a comment', '{/* */}'],
    ['text', '"text"'],
    ['a number', '12'],
    ['null', 'null'],
    ['a list', '[]'],
    ['__proto__', '{"model":"kling-custom-element","__proto__":{"x":1}}'],
    ['constructor.prototype', '{"constructor":{"prototype":{"x":1}}}'],
    ['33 levels', deep],
    ['20,000 levels', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['201 keys', wide],
    ['a NUL in a name', JSON.stringify(body).replace('My Character', 'a\\u0000b')],
    ['half a surrogate pair', JSON.stringify(body).replace('My Character', 'a\\ud800b')],
  ])('%s', async (_, text) => {
    const answer = await submitText(text);
    expect([answer.status, answer.body.error?.code]).toEqual([400, 'invalid_request']);
    expect(answer.body.error.param).toBeTruthy();
  });

  test('of a key that stands twice the last one counts, as JSON.parse has it', async () => {
    const answer = await submitText(JSON.stringify(body).replace('{', '{"model":"other",'));
    expect(answer.status).toBe(200);
  });
});

describe('404 and 405 in the documented body', () => {
  test.each(['/', '/v1', '/v1/nothing', '/v2/tasks', '/v1/tasks/a/b', '/v1/tasks/%zz', `/${'x'.repeat(5000)}`])(
    '404 for %s',
    async (path) => {
      const { status, body: answer, headers } = await troupe.call('GET', path);
      expect(status).toBe(404);
      expect(answer.error).toMatchObject({ code: 'not_found', type: 'invalid_request_error' });
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    },
  );

  test.each([
    ['GET', '/v1/videos/generations', 'POST'],
    ['DELETE', '/v1/tasks', 'GET, HEAD'],
    ['PATCH', '/v1/tasks/task-unified-1-a', 'GET, HEAD'],
    ['OPTIONS', '/v1/credits', 'GET, HEAD'],
    ['PUT', '/v1/tasks/task-unified-1-a/cancel', 'POST'],
  ])('405 for %s %s, allowed are %s', async (method, path, allow) => {
    const answer = await troupe.call(method, path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
    expect(answer.body.error.code).toBe('method_not_allowed');
  });

  test('HEAD answers as GET does, without a body', async () => {
    const answer = await troupe.call('HEAD', '/v1/credits');
    expect([answer.status, answer.body]).toEqual([200, '']);
  });
});

test('every answer carries its id and the security headers, and none says what made it', async () => {
  for (const path of ['/healthz', '/v1/credits', '/none', '/docs/', '/openapi.json']) {
    const { headers } = await troupe.call('GET', path);
    expect(headers.get('x-request-id'), path).toMatch(/^req_/);
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
    expect(headers.get('x-powered-by'), path).toBeNull();
    expect(headers.get('server'), path).toBeNull();
    expect(headers.get('access-control-allow-origin'), path).toBeNull();
  }
});

test('thirty cancels at once without a body are not taken for large ones', async () => {
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => troupe.call('POST', '/v1/tasks/task-unified-1-a/cancel')),
  );
  expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([404]));
});

test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded'])(
  'what takes no body takes none of type %s as well',
  async (type) => {
    const headers = { 'content-type': type };
    const cancelled = await troupe.call('POST', '/v1/tasks/task-unified-1-a/cancel', { body: '', headers });
    expect(cancelled.body.error.code).toBe('task_not_found');
    const deleted = await troupe.call('DELETE', '/v1/elements/4810293847561029', { body: '', headers });
    expect(deleted.body.error.code).toBe('element_not_found');
  },
);

test('neither a key nor a signing secret nor the password of the database is ever logged', async () => {
  await troupe.call('GET', '/v1/credits');
  await troupe.call('GET', `/v1/tasks/${troupe.key.key}`);
  await troupe.call('GET', `/none?key=${troupe.key.key}`);
  await submitText('{', { 'idempotency-key': troupe.key.key });
  const log = troupe.log.join('');
  const password = new URL(troupe.database.url).password;
  for (const secret of [troupe.key.key, troupe.key.callback_secret, password]) expect(log).not.toContain(secret);
});
