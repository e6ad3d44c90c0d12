import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countRows } from '../helpers/load-books.ts';
import { type RawAnswer, sendRaw } from '../helpers/send-raw.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let troupe: StartedTroupe;
let authorization: string;

beforeAll(async () => {
  troupe = await startTroupe({ environment: { TROUPE_REQUEST_SECONDS: '1', TROUPE_BODY_BYTES: '10000' } });
  authorization = `Authorization: Bearer ${troupe.key.key}`;
});
afterAll(async () => {
  expect((await troupe.call('GET', '/healthz')).status).toBe(200);
  expect(await countRows(troupe.database.db, 'tasks')).toBe(0);
  await troupe[Symbol.asyncDispose]();
});

const request = (lines: readonly string[], body = '') => `${lines.join('\r\n')}\r\n\r\n${body}`;
const post = (lines: readonly string[], body = '') =>
  request(
    ['POST /v1/videos/generations HTTP/1.1', 'Host: x', authorization, 'Content-Type: application/json', ...lines],
    body,
  );
const send = (text: string, options = {}) => sendRaw(troupe.port, [text], options);

/** The last answer's body, which must be the documented one. */
function errorOf(answer: RawAnswer): { code: string; message: string; type: string; request_id: string } {
  const { error } = JSON.parse(answer.text.slice(answer.text.lastIndexOf('\r\n\r\n') + 4));
  expect(error).toMatchObject({ code: expect.any(String), message: expect.any(String), type: expect.any(String) });
  expect(answer.text).toMatch(/content-type: application\/json; charset=utf-8/i);
  expect(answer.text).toMatch(/x-request-id: req_[0-9a-f]{32}/i);
  return error;
}

test('two keys in one request: 401, whichever of them stands first; one that stands twice is one', async () => {
  const other = 'Authorization: Bearer sk-troupe-of-somebody-else';
  for (const lines of [
    [authorization, other],
    [other, authorization],
  ]) {
    const answer = await send(request(['GET /v1/me HTTP/1.1', 'Host: x', 'Connection: close', ...lines]));
    expect(answer.statuses).toEqual([401]);
    expect(errorOf(answer).message).toContain('Authorization: stands twice');
  }
  const twice = ['GET /v1/me HTTP/1.1', 'Host: x', 'Connection: close', authorization, authorization];
  expect((await send(request(twice))).statuses).toEqual([200]);
});

describe('what no parser may read in two ways is refused, and the connection closed', () => {
  test.each([
    ['two Content-Length', () => post(['Content-Length: 2', 'Content-Length: 3'], '{}')],
    [
      'Content-Length and Transfer-Encoding',
      () => post(['Content-Length: 2', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
    ],
    ['an unknown transfer coding', () => post(['Transfer-Encoding: gzip, chunked, x'], '0\r\n\r\n')],
    ['a folded header', () => request(['GET /healthz HTTP/1.1', 'Host: x', 'X-A: 1', '  folded'])],
    ['a space before the colon', () => request(['GET /healthz HTTP/1.1', 'Host: x', 'X-A : 1'])],
    ['bare line feeds', () => 'GET /healthz HTTP/1.1\nHost: x\nX-A: 1\n\n'],
    ['NUL in a header', () => request(['GET /healthz HTTP/1.1', 'Host: x', 'X-A: a\0b'])],
    ['a bad chunk size', () => post(['Transfer-Encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n')],
    ['no host', () => request(['GET /healthz HTTP/1.1'])],
    ['two hosts', () => request(['GET /healthz HTTP/1.1', 'Host: x', 'Host: y'])],
    ['no HTTP at all', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ])('%s', async (_, text) => {
    const answer = await send(text());
    expect(answer.statuses).toEqual([400]);
    expect(answer.closed).toBe(true);
    expect(errorOf(answer).code).toBe('invalid_request');
  });

  test('17 KB of headers: 431', async () => {
    const answer = await send(request(['GET /healthz HTTP/1.1', 'Host: x', `X-A: ${'a'.repeat(17_000)}`]));
    expect([answer.statuses, answer.closed]).toEqual([[431], true]);
    expect(errorOf(answer).message).toContain('16384');
  });

  test('CONNECT: 405', async () => {
    const answer = await send(request(['CONNECT example.com:443 HTTP/1.1', 'Host: example.com:443']));
    expect([answer.statuses, answer.closed]).toEqual([[405], true]);
    expect(errorOf(answer).code).toBe('method_not_allowed');
  });

  test('an expectation that nobody can meet: 417', async () => {
    const answer = await send(post(['Expect: wonders', 'Content-Length: 2'], '{}'), { answers: 1 });
    expect(answer.statuses).toEqual([417]);
    expect(errorOf(answer).message).toContain('100-continue');
  });

  test.each(['/%zz', '/v1/tasks/%e0%a4%a', '//'])('a malformed URL (%j): 404', async (path) => {
    const answer = await send(request([`GET ${path} HTTP/1.1`, 'Host: x']), { answers: 1 });
    expect(answer.statuses).toEqual([404]);
    expect(errorOf(answer).code).toBe('not_found');
    for (const name of ['x-content-type-options: nosniff', 'cache-control: no-store'])
      expect(answer.text).toContain(name);
  });
});

describe('what is allowed', () => {
  test('an absolute target is read as its path', async () => {
    const answer = await send(request(['GET http://elsewhere.example/healthz HTTP/1.1', 'Host: x']), { answers: 1 });
    expect(answer.statuses).toEqual([200]);
  });

  test('Expect: 100-continue gets its go-ahead, then the answer', async () => {
    const answer = await send(post(['Expect: 100-continue', 'Content-Length: 2'], '{}'), { answers: 2 });
    expect(answer.statuses).toEqual([100, 400]);
  });

  test('pipelined requests are answered in their order', async () => {
    const one = (path: string) => request([`GET ${path} HTTP/1.1`, 'Host: x']);
    const answer = await send(one('/healthz') + one('/none') + one('/readyz'), { answers: 3 });
    expect(answer.statuses).toEqual([200, 404, 200]);
  });

  test('a client that ends its side after the request still gets the answer', async () => {
    const answer = await send(request(['GET /healthz HTTP/1.1', 'Host: x']), { half: true });
    expect(answer.statuses).toEqual([200]);
  });

  test('an upgrade to a WebSocket is ignored', async () => {
    const lines = ['GET /healthz HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket'];
    expect((await send(request(lines), { answers: 1 })).statuses).toEqual([200]);
    const withKey = ['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];
    expect((await send(request([...lines, ...withKey]), { answers: 1 })).statuses).toEqual([200]);
  });

  test('an upgrade to h2c is ignored', async () => {
    const lines = [
      'GET /healthz HTTP/1.1',
      'Host: x',
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA',
    ];
    expect((await send(request(lines), { answers: 1 })).statuses).toEqual([200]);
  });
});

describe.concurrent('who sends too slowly is cut off with 408', () => {
  test('dripping headers', async () => {
    const drips = ['GET /healthz HTTP/1.1\r\nHost: x\r\n', ...Array(30).fill('X-A: 1\r\n')];
    const answer = await sendRaw(troupe.port, drips, { pauseMs: 150 });
    expect([answer.statuses, answer.closed]).toEqual([[408], true]);
    expect(errorOf(answer).message).toMatch(/in time: its header within 1 s, all of it within 1 s/);
  });

  test('a dripping body', async () => {
    const drips = [post(['Content-Length: 1000'], '{'), ...Array(30).fill(' ')];
    const answer = await sendRaw(troupe.port, drips, { pauseMs: 150 });
    expect([answer.statuses, answer.closed]).toEqual([[408], true]);
  });
});

describe('too large a body: 413 and the connection closed', () => {
  test('announced, before it is sent', async () => {
    const answer = await send(post(['Content-Length: 10001'], '{'));
    expect([answer.statuses, answer.closed]).toEqual([[413], true]);
    expect(errorOf(answer).message).toContain('10000');
  });

  test('not announced, once the limit is passed', async () => {
    const answer = await send(post(['Transfer-Encoding: chunked'], `2711\r\n${'x'.repeat(10_001)}\r\n`));
    expect([answer.statuses, answer.closed]).toEqual([[413], true]);
  });
});

test('a client that hangs up while sending is not logged as a lost database', async () => {
  const logged = troupe.log.length;
  await sendRaw(troupe.port, [post(['Content-Length: 500'], '{"model":')], { limitMs: 200 });
  expect((await troupe.call('GET', '/readyz')).status).toBe(200);
  expect(troupe.log.slice(logged).join('')).not.toContain('database');
});
