import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disableKey } from '../../src/accounts/index.ts';
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
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid_request', param: 'Content-Encoding' } });
  });

  test.each([
    ['/v1/videos/generations', 'application/json'],
    ['/v1/videos', 'application/json or multipart/form-data'],
    ['/v1/videos/characters', 'multipart/form-data'],
    ['/v1/elements/import', 'application/zip'],
    ['/api/v1/files/upload/stream', 'multipart/form-data'],
  ])('%s names the type that it takes: %s', async (path, types) => {
    for (const type of ['image/jpeg', 'text/plain', '']) {
      const answer = await troupe.call('POST', path, { body: 'abc', headers: { 'content-type': type } });
      const { status, body } = answer;
      expect([status, body.error.param]).toEqual([415, 'Content-Type']);
      expect(body.error.message).toContain(`Content-Type: must be ${types}`);
    }
  });
});

describe('a body that is no UTF-8', () => {
  const post = (path: string, bytes: Buffer, type = 'application/json') =>
    fetch(`${troupe.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${troupe.key.key}`, 'content-type': type },
      body: new Uint8Array(bytes),
    });
  const text = JSON.stringify(body);
  const at = text.indexOf('My Character') + 2;
  const put = (...bytes: number[]) =>
    Buffer.concat([Buffer.from(text.slice(0, at)), Buffer.from(bytes), Buffer.from(text.slice(at))]);

  test.each([
    ['Latin-1', [0xe9]],
    ['GBK', [0xc4, 0xe3]],
    ['a surrogate (CESU-8)', [0xed, 0xa0, 0x80]],
    ['an overlong form', [0xc0, 0xaf]],
    ['half a character', [0xef, 0xbf]],
    ['more than Unicode has', [0xf4, 0x90, 0x80, 0x80]],
  ])('%s: 400 that names the place, and nothing is charged', async (_, bytes) => {
    for (const path of ['/v1/videos/generations', '/v1/tasks/batch', '/v1/tasks/task-unified-1-a/cancel']) {
      const answer = await post(path, put(...bytes));
      expect([path, answer.status]).toEqual([path, 400]);
      expect(await answer.json()).toMatchObject({
        error: { param: 'body', message: `body: must be UTF-8, byte ${at} (counted from 0) is not` },
      });
    }
  });

  test.each(['iso-8859-1', 'latin1', '"windows-1252"', 'utf-16', 'gbk'])('charset=%s: 415', async (charset) => {
    for (const path of ['/v1/videos/generations', '/v1/tasks/batch']) {
      const answer = await post(path, Buffer.from(text), `application/json; charset=${charset}`);
      expect(answer.status).toBe(415);
      expect(await answer.json()).toMatchObject({ error: { param: 'Content-Type' } });
    }
  });

  test.each(['utf-8', 'UTF-8', '"utf-8"', 'utf8', 'us-ascii'])('charset=%s is taken', async (charset) => {
    const answer = await post(
      '/v1/tasks/batch',
      Buffer.from('{"task_ids":["a"]}'),
      `application/json;charset=${charset}`,
    );
    expect(answer.status).toBe(200);
  });
});

describe('a key is taken as it comes', () => {
  test.each([
    ['Bearer twice', (key: string) => ({ authorization: `Bearer Bearer ${key}` })],
    ['without Bearer', (key: string) => ({ authorization: key })],
    ['with a colon', (key: string) => ({ authorization: `Bearer: ${key}` })],
    ['in quotes', (key: string) => ({ authorization: `Bearer "${key}"` })],
    ['all in quotes', (key: string) => ({ authorization: `'Bearer ${key}'` })],
    ['in angle brackets', (key: string) => ({ authorization: `bearer <${key}>` })],
    ['in x-api-key', (key: string) => ({ 'x-api-key': key })],
    ['in x-api-key in quotes', (key: string) => ({ 'x-api-key': `"${key}"` })],
  ])('%s', async (_, headers) => {
    const answer = await troupe.call('GET', '/v1/models', { key: null, headers: headers(troupe.key.key) });
    expect(answer.status).toBe(200);
  });

  test.each([
    ['Basic dXNlcjpwYXNz', /scheme is Basic/],
    ['Bearer', /no key follows/],
    ['Bearer ""', /no key follows/],
    ['Bearer sk-troupe abc', /white space/],
    ['Hmac sk-secret', /scheme is not Bearer/],
  ])('401 that says what is wrong with %j', async (authorization, words) => {
    const { status, body: answer } = await troupe.call('GET', '/v1/models', { key: null, headers: { authorization } });
    expect([status, answer.error.param]).toEqual([401, 'Authorization']);
    expect(answer.error.message).toMatch(words);
  });
});

describe('Idempotency-Key', () => {
  const key = '8e03978e-40d5-43dd-bc93-6894a57f9324';

  test('in quotes, as the draft standard writes it, is the same key', async () => {
    const first = await submitText(JSON.stringify(body), { 'idempotency-key': `"${key}"` });
    const second = await submitText(JSON.stringify(body), { 'idempotency-key': key });
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body.id).toBe(first.body.id);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
  });

  test.each([
    [`${key}:a`, "holds ':'"],
    [`${key} a`, "holds ' '"],
    [`"${key}`, "holds '\"'"],
    ['short', 'has 5 characters'],
    [`"${'x'.repeat(97)}"`, 'has 97 characters'],
    ['""', 'has 0 characters'],
  ])('400 for %s, with what is wrong with it', async (header, words) => {
    const answer = await submitText(JSON.stringify(body), { 'idempotency-key': header });
    expect([answer.status, answer.body.error.param]).toEqual([400, 'Idempotency-Key']);
    expect(answer.body.error.message).toContain(words);
  });
});

test.each([
  ['POST', '//v1/videos/generations'],
  ['POST', '/v1/videos/generations/'],
  ['POST', '//v1//videos///generations//'],
  ['GET', '//v1/credits'],
])('slashes too many are none: %s %s', async (method, path) => {
  const answer = await troupe.call(method, path, method === 'POST' ? { body } : {});
  expect(answer.status).toBe(200);
});

test('402 of a disabled key has the type of what is wrong with it, and no quota', async () => {
  const { key, key_id } = await troupe.grant({ account: 'off', name: 'off' }, 0);
  await disableKey(troupe.database.db, key_id, new Date());
  const { status, body } = await troupe.call('GET', '/v1/models', { key });
  expect([status, body.error.code, body.error.type]).toEqual([402, 'key_disabled', 'authentication_error']);
});

test('the document names each refusal of a body for every route that takes one', async () => {
  const { body: document } = await troupe.call('GET', '/openapi.json', { key: null });
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path as object));
  // The official form has the vendor's statuses, which know 400 alone.
  const taking = operations.filter(
    ({ requestBody, tags }) => requestBody !== undefined && !tags.includes('Official Kling form'),
  );
  expect(taking.length).toBeGreaterThan(1);
  for (const { responses } of taking) expect(Object.keys(responses)).toEqual(expect.arrayContaining(['413', '415']));
});

test('the refusals of /v1/credits have the status as their code, as its page says', async () => {
  const answer = await troupe.call('GET', '/v1/credits', { key: 'sk-wrong' });
  expect(answer.status).toBe(401);
  expect(answer.body.error).toMatchObject({ code: 401, type: 'authentication_error', reason: 'unauthorized' });
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
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
