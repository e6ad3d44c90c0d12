import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resistSlowClients } from '../faults/slow-clients.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { sendRaw } from '../helpers/send-raw.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let troupe: StartedTroupe;
const body = JSON.stringify(imageRequest('https://example.com/a.jpg'));

beforeAll(async () => {
  troupe = await startTroupe({
    environment: {
      TROUPE_HTTP_CONNECTIONS: '30',
      TROUPE_WRITE_SECONDS: '2',
      TROUPE_BODY_BYTES: '1000000',
      TROUPE_BODIES_BYTES: '4000000',
    },
  });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
});

const head = (lines: readonly string[]) => `${lines.join('\r\n')}\r\n\r\n`;
const postHead = (lines: readonly string[], path = '/v1/videos/generations') =>
  head([`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...lines]);
const bearer = () => `Authorization: Bearer ${troupe.key.key}`;
const large = head(['GET /docs/static/swagger-ui-bundle.js HTTP/1.1', 'Host: x']);

/** Connections from another address of this machine that send `text` and never read. */
async function openSilent(count: number, text: string): Promise<{ sockets: Socket[]; closed: () => number }> {
  let closed = 0;
  const sockets = Array.from({ length: count }, () => connect({ port: troupe.port, host: '127.0.0.1' }));
  for (const socket of sockets) {
    socket
      .on('error', () => undefined)
      .once('close', () => {
        closed += 1;
      });
    await new Promise((done) => socket.once('connect', done).once('close', done));
    socket.pause().write(text);
  }
  return { sockets, closed: () => closed };
}

/** A request on a connection of its own. */
const ask = (text = head(['GET /healthz HTTP/1.1', 'Host: x', 'Connection: close'])) => sendRaw(troupe.port, [text]);

describe('connections that cost the others theirs', () => {
  test.each([
    ['pipeline 25 large files and never read', large.repeat(25)],
    ['send nothing', ''],
    ['send half a header', 'GET / HT'],
    ['announce a body and send a byte', `${postHead(['Content-Length: 900000'])}{`],
  ])('every place taken by clients that %s: others are answered all the same', async (_, text) => {
    const { sockets } = await openSilent(30, text);
    for (let at = 0; at < 5; at += 1) expect((await ask()).statuses).toEqual([200]);
    for (const socket of sockets) socket.destroy();
  });

  test('who takes nothing of an answer is cut off after TROUPE_WRITE_SECONDS', async () => {
    const logged = troupe.log.length;
    const { sockets } = await openSilent(3, large.repeat(25));
    const isCutOff = (line: string) => line.includes('"cut_off":true') && line.includes('/docs/static');
    await until('the server has let go', () => troupe.log.slice(logged).filter(isCutOff).length >= 3);
    for (const socket of sockets) socket.destroy();
  });

  test.runIf(process.platform === 'linux')(
    "all attacks at once, in vain: the other client's requests all succeed",
    async () => {
      const { key: attackersKey } = await troupe.grant({ account: 'attacker', name: 'attacker' }, 1);
      const { key } = await troupe.grant({ account: 'customer', name: 'customer' }, 1_000_000);
      const options = { port: troupe.port, key, attackersKey, durationMs: 5_000, connectionsEach: 6 };
      const { violations, requests } = await resistSlowClients(options);
      expect(violations).toEqual([]);
      expect(requests).toBeGreaterThan(10);
    },
    60_000,
  );
});

describe('bodies', () => {
  test('forty small chunked ones at once are all answered', async () => {
    const chunks = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const text = postHead(['Transfer-Encoding: chunked', 'Connection: close', bearer()]) + chunks;
    const answers = await Promise.all(Array.from({ length: 40 }, () => ask(text)));
    // The server under test has 30 places and lets in a few more.
    expect(answers.flatMap((answer) => answer.statuses).filter((status) => status !== 200)).toEqual([]);
  });

  test('what is announced and not sent takes nothing from others', async () => {
    const { sockets } = await openSilent(20, `${postHead(['Content-Length: 900000', bearer()])}{`);
    expect((await troupe.submit(JSON.parse(body))).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });

  test('one key holds half of the room at most: 503, and another key has the other half', async () => {
    const part = `${postHead(['Content-Length: 900000', bearer()])}${' '.repeat(800_000)}`;
    const held = await openSilent(3, part);
    const statuses = () =>
      sendRaw(troupe.port, [part], { answers: 1, limitMs: 20_000 }).then((answer) => answer.statuses);
    await until('the share is used up', async () => ((await statuses())[0] === 503 ? true : null));
    for (const socket of held.sockets) socket.destroy();
  });

  test.each([
    ['without a key', () => []],
    ['with a wrong key', () => ['Authorization: Bearer sk-wrong']],
    ['to an address that is none', () => [bearer()], '/v1/nothing'],
    ['to an address of another method', () => [bearer()], '/v1/credits'],
  ])('none is asked for or read %s', async (_, lines, path?: string) => {
    const text = postHead(['Expect: 100-continue', 'Content-Length: 900000', ...lines()], path);
    const answer = await sendRaw(troupe.port, [text], { answers: 1 });
    expect(answer.statuses).not.toContain(100);
    expect(answer.statuses).toHaveLength(1);
    expect(answer.text).toMatch(/connection: close/i);
  });

  test.each([413, 401])(
    'who sends all of a body before reading gets the %i, not a broken connection',
    async (status) => {
      const bytes = status === 413 ? 1_500_000 : 900_000;
      const key = status === 413 ? [bearer()] : [];
      const parts = [
        postHead([`Content-Length: ${bytes}`, ...key]),
        ...Array(bytes / 100_000).fill(' '.repeat(100_000)),
      ];
      const answer = await sendRaw(troupe.port, parts, { pauseMs: 20 });
      expect(answer.statuses).toEqual([status]);
      expect(answer.closed).toBe(true);
      if (status === 413) expect(answer.text).toContain('1000000 bytes');
    },
  );
});

describe('strangers', () => {
  test.each([
    '/docs/static/../x',
    '/docs/static/..%2fx',
    '/docs/static/%2e%2e/x',
    '/docs/static/../../../package.json',
    '/docs/static/%00',
    '/docs/static/none.js',
    '/docs/static/',
    '/%zz',
    '/v1/tasks/%ff%fe',
    `/files/1/${'x'.repeat(2000)}/a`,
  ])('404 for %s', async (path) => {
    const answer = await ask(head([`GET ${path} HTTP/1.1`, 'Host: x', 'Connection: close']));
    expect(answer.statuses).toEqual([404]);
    expect(answer.text).toContain('"code":"not_found"');
  });

  test('the address for callbacks of the Kling API is there only with a Kling account', async () => {
    const answer = await ask(`${postHead(['Content-Length: 2', 'Connection: close'], '/v1/kling/callbacks')}{}`);
    expect(answer.statuses).toEqual([404]);
  });

  test('429 for the wrong keys of an address, while a right key from there goes on working', async () => {
    await using limited = await startTroupe({ environment: { TROUPE_WRONG_KEYS_PER_MINUTE: '10' } });
    const statuses = new Set<number>();
    for (let at = 0; at < 15; at += 1)
      statuses.add((await limited.call('GET', '/v1/tasks', { key: `sk-${at}` })).status);
    expect(statuses).toContain(429);
    const { headers, body: answer } = await limited.call('GET', '/v1/tasks', { key: 'sk-wrong' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.error).toMatchObject({ code: 'rate_limit_exceeded', type: 'rate_limit_error' });
    expect((await limited.call('GET', '/v1/models')).status).toBe(200);
  });

  test('429 for more queries than TROUPE_KEY_QUERIES_PER_MINUTE, while tasks are still taken', async () => {
    await using limited = await startTroupe({ environment: { TROUPE_KEY_QUERIES_PER_MINUTE: '60' } });
    const { key } = await limited.grant({ account: 'curious', name: 'curious' }, 10);
    const answers = await Promise.all(Array.from({ length: 25 }, () => limited.call('GET', '/v1/tasks', { key })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
    const submitted = await limited.call('POST', '/v1/videos/generations', { key, body });
    expect(submitted.status).toBe(200);
  });

  test('no request of theirs makes an error line', () => {
    expect(troupe.log.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  });
});
