import type { Socket } from 'node:net';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { verifyCallback } from '../../client/verify-callback.ts';
import { createLocalAuthority, createSelfSigned } from '../../test/helpers/local-tls.ts';
import { startDeafServer } from '../../test/helpers/start-deaf-server.ts';
import { type StartedServer, startHttps, startTcp, startTls } from '../../test/helpers/start-server.ts';
import { createCallbackSecret } from '../accounts/key-text.ts';
import { createNetwork, parseAddressRange } from '../lib/safe-fetch/index.ts';
import { attemptCallback } from './index.ts';

const authority = createLocalAuthority();
const certificate = authority.issue({ names: ['localhost'] });
const network = createNetwork({ allowAddresses: [parseAddressRange('127.0.0.0/8')], ca: [authority.ca] });
const secret = createCallbackSecret();
const body = JSON.stringify({ id: 'task-unified-1757169743-8dxnm6yz', status: 'completed', name: 'Jürgen' });

afterAll(() => network.close());

function attempt(server: { port: number }, timeLimitMs = 5_000, host = 'localhost') {
  const callback = { id: 'cb_1', url: `https://${host}:${server.port}/hook`, body };
  return attemptCallback(network, callback, { secrets: [secret], sentAt: new Date(), timeLimitMs });
}

/** Answers every request with raw text after the TLS handshake. */
function startRaw(answer: string, next: (socket: Socket) => void = () => {}): Promise<StartedServer> {
  return startTls(certificate, (socket) => socket.once('data', () => socket.write(answer, () => next(socket))));
}

describe('an accepted callback', () => {
  test('is one signed POST of exactly the given JSON', async () => {
    const requests: object[] = [];
    await using server = await startHttps(certificate, async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const verified = verifyCallback({ secret, headers: request.headers, body: bytes });
      requests.push({
        method: request.method,
        url: request.url,
        type: request.headers['content-type'],
        text: bytes.toString(),
        id: verified.id,
      });
      response.end('thank you');
    });
    expect(await attempt(server)).toEqual({
      outcome: 'accepted',
      status_code: 200,
      detail: null,
      duration_ms: expect.any(Number),
    });
    expect(requests).toEqual([{ method: 'POST', url: '/hook', type: 'application/json', text: body, id: 'cb_1' }]);
  });

  test.each([200, 201, 202, 204, 299])('may be answered with %i', async (status) => {
    await using server = await startHttps(certificate, (_, response) => response.writeHead(status).end());
    expect(await attempt(server)).toMatchObject({ outcome: 'accepted', status_code: status });
  });

  test('with an endless body is accepted, and the body is cut after 16 KiB', async () => {
    let written = 0;
    await using server = await startHttps(certificate, (_, response) => {
      const chunk = Buffer.alloc(16 * 1024);
      const push = () => {
        while (!response.destroyed && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', push);
      push();
    });
    // Who waited for the end of the body would wait for an hour.
    const result = await attempt(server, 3_600_000);
    expect(result).toMatchObject({ outcome: 'accepted', status_code: 200 });
    expect(written).toBeLessThan(10_000_000);
  });

  test('with a body of one byte now and then is accepted within about a second', async () => {
    await using server = await startRaw('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n', (socket) => {
      const timer = setInterval(() => socket.write('x'), 100);
      socket.once('close', () => clearInterval(timer));
    });
    const result = await attempt(server, 3_600_000);
    expect(result).toMatchObject({ outcome: 'accepted', status_code: 200 });
  });

  test('is accepted by its head alone, even if the connection breaks inside the body', async () => {
    await using server = await startRaw('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n', (socket) =>
      socket.destroy(),
    );
    expect(await attempt(server)).toMatchObject({ outcome: 'accepted', status_code: 200 });
  });
});

describe('a status other than 2xx is bad_status', () => {
  test.each([300, 304, 400, 401, 404, 410, 429, 500, 503])('%i', async (status) => {
    await using server = await startHttps(certificate, (_, response) => response.writeHead(status).end());
    expect(await attempt(server)).toMatchObject({ outcome: 'bad_status', status_code: status });
  });

  test.each([301, 302, 303, 307, 308])('%i, and its target is never visited', async (status) => {
    await using target = await startHttps(certificate, (_, response) => response.end());
    await using server = await startHttps(certificate, (_, response) => {
      response.writeHead(status, { location: `https://localhost:${target.port}/` }).end();
    });
    expect(await attempt(server)).toMatchObject({ outcome: 'bad_status', status_code: status });
    expect(target.accepted()).toBe(0);
  });
});

describe('a receiver that hangs is timed_out, and the log says where', () => {
  test('before accepting the connection', async () => {
    await using deaf = await startDeafServer();
    expect(await attempt(deaf, 200)).toMatchObject({
      outcome: 'timed_out',
      status_code: null,
      detail: 'no answer within 200 ms, waited for the TCP connection',
    });
  });

  test('after accepting the connection, in the TLS handshake', async () => {
    await using server = await startTcp(() => {});
    expect(await attempt(server, 200)).toMatchObject({
      outcome: 'timed_out',
      status_code: null,
      detail: 'no answer within 200 ms, waited for the TLS handshake',
    });
  });

  test('in the middle of the TLS handshake', async () => {
    // The head of a handshake record that promises 64 bytes and brings one.
    await using server = await startTcp((socket) => {
      socket.once('data', () => socket.write(Buffer.from([0x16, 3, 3, 0, 64, 2])));
    });
    expect(await attempt(server, 200)).toMatchObject({ outcome: 'timed_out' });
  });

  test.each([
    ['after the request', ''],
    ['after the status line', 'HTTP/1.1 200 OK\r\n'],
    ['after an informational answer', 'HTTP/1.1 102 Processing\r\n\r\n'],
  ])('%s', async (_, answer) => {
    await using server = await startRaw(answer);
    expect(await attempt(server, 200)).toMatchObject({
      outcome: 'timed_out',
      status_code: null,
      detail: 'no answer within 200 ms, waited for the head of the answer',
    });
  });

  test('with a head that comes byte by byte', async () => {
    await using server = await startRaw('HTTP/1.1 200 OK\r\nx: ', (socket) => {
      const timer = setInterval(() => socket.write('y'), 20);
      socket.once('close', () => clearInterval(timer));
    });
    expect(await attempt(server, 300)).toMatchObject({ outcome: 'timed_out' });
  });

  test("with the contract's limit, after 10 s", async () => {
    await using server = await startHttps(certificate, () => {});
    const callback = { id: 'cb_1', url: `https://localhost:${server.port}/`, body };
    const result = await attemptCallback(network, callback, { secrets: [secret], sentAt: new Date() });
    expect(result.outcome).toBe('timed_out');
    expect(result.duration_ms).toBeGreaterThanOrEqual(9_990);
  });
});

describe("a receiver that can't be trusted or reached is named by its cause", () => {
  test.each([
    ['for another host', authority.issue({ names: ['other.example'] })],
    [
      'that has expired',
      authority.issue({ names: ['localhost'], validFrom: new Date('2020-01-01'), validUntil: new Date('2021-01-01') }),
    ],
    [
      "that isn't valid yet",
      authority.issue({ names: ['localhost'], validFrom: new Date('2045-01-01'), validUntil: new Date('2046-01-01') }),
    ],
    ['that vouches for itself', createSelfSigned({ names: ['localhost'] })],
    ['of an unknown authority', createLocalAuthority().issue({ names: ['localhost'] })],
  ])('tls_failed: a certificate %s, and nothing is sent', async (_, wrong) => {
    let requests = 0;
    await using server = await startHttps(wrong, () => {
      requests += 1;
    });
    expect(await attempt(server)).toMatchObject({ outcome: 'tls_failed', status_code: null });
    expect(requests).toBe(0);
  });

  test('tls_failed: no TLS there at all', async () => {
    await using server = await startTcp((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await attempt(server)).toMatchObject({ outcome: 'tls_failed' });
  });

  test('connect_failed: nobody listens', async () => {
    const gone = await startTcp(() => {});
    await gone[Symbol.asyncDispose]();
    expect(await attempt(gone)).toMatchObject({ outcome: 'connect_failed', status_code: null });
  });

  test('connection_lost: reset or closed after the request', async () => {
    await using resetting = await startTls(certificate, (socket) => socket.once('data', () => socket.destroy()));
    expect(await attempt(resetting)).toMatchObject({ outcome: 'connection_lost', status_code: null });
    await using closing = await startRaw('', (socket) => socket.end());
    expect(await attempt(closing)).toMatchObject({ outcome: 'connection_lost', status_code: null });
  });

  test('bad_answer: something else than HTTP, or a head over 16 KiB', async () => {
    await using mail = await startRaw('220 mail.example ESMTP\r\n');
    expect(await attempt(mail)).toMatchObject({ outcome: 'bad_answer' });
    const headers = Array.from({ length: 5_000 }, (_, index) => `x-${index}: y\r\n`).join('');
    await using many = await startRaw(`HTTP/1.1 200 OK\r\n${headers}\r\n`);
    expect(await attempt(many)).toMatchObject({ outcome: 'bad_answer', status_code: null });
  });

  test.each([
    ['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
    ['a status below 100', 'HTTP/1.1 000 X\r\ncontent-length: 0\r\n\r\n'],
  ])('bad_answer, and no lost connection: %s', async (_, text) => {
    await using server = await startRaw(text);
    expect(await attempt(server, 3_600_000)).toMatchObject({ outcome: 'bad_answer', status_code: null });
  });

  test('bad_answer: hints without end are cut off at a hundred, a few are read over', async () => {
    const hint = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';
    const written = { bytes: 0 };
    await using flooding = await startRaw(hint, (socket) => {
      const push = () => {
        while (!socket.destroyed && socket.write(hint.repeat(50))) written.bytes += hint.length * 50;
      };
      socket.on('drain', push);
      push();
    });
    const result = await attempt(flooding, 3_600_000);
    expect(result).toMatchObject({ outcome: 'bad_answer', detail: 'over 100 answers of 1xx came before any other' });
    expect(written.bytes).toBeLessThan(10_000_000);
    await using polite = await startRaw(`${hint.repeat(20)}HTTP/1.1 204 No Content\r\n\r\n`);
    expect(await attempt(polite)).toMatchObject({ outcome: 'accepted', status_code: 204 });
  });

  test('refused_address: the name points inward by the time of the attempt, and nothing is sent', async () => {
    await using server = await startHttps(certificate, (_, response) => response.end());
    const closed = createNetwork({ allowAddresses: [], resolver: async () => ['127.0.0.1'] });
    const callback = { id: 'cb_1', url: `https://receiver.example:${server.port}/`, body };
    const result = await attemptCallback(closed, callback, { secrets: [secret], sentAt: new Date() });
    await closed.close();
    expect(result).toMatchObject({
      outcome: 'refused_address',
      status_code: null,
      detail: expect.stringMatching(/^receiver\.example: 127\.0\.0\.1 /),
    });
    expect(server.accepted()).toBe(0);
  });
});

test("stopping the program rejects with the signal's reason instead of counting as an outcome", async () => {
  await using server = await startHttps(certificate, () => {});
  const controller = new AbortController();
  const callback = { id: 'cb_1', url: `https://localhost:${server.port}/`, body };
  const attempting = attemptCallback(network, callback, {
    secrets: [secret],
    sentAt: new Date(),
    signal: controller.signal,
  });
  await vi.waitUntil(() => server.accepted() === 1);
  controller.abort(new Error('stopping'));
  await expect(attempting).rejects.toThrow('stopping');
});
