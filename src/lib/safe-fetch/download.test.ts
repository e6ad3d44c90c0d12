import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createLocalAuthority } from '../../../test/helpers/local-tls.ts';
import { type StartedServer, startHttp, startHttps, startTcp } from '../../../test/helpers/start-server.ts';
import { AppError } from '../errors.ts';
import { createNetwork, type DownloadOptions, downloadCodes, type Network, parseAddressRange } from './index.ts';

const authority = createLocalAuthority();
const bomb = brotliCompressSync(Buffer.alloc(10_000_000));
const zeros = Buffer.alloc(64 * 1024);
let network: Network;
let folder: string;
let path: string;
let count = 0;

beforeAll(async () => {
  network = createNetwork({
    allowAddresses: [parseAddressRange('127.0.0.0/8')],
    ca: [authority.ca],
    userAgent: 'tester',
  });
  folder = await mkdtemp(join(tmpdir(), 'safe-fetch-'));
});

beforeEach(() => {
  count += 1;
  path = join(folder, String(count));
});

afterAll(async () => {
  await network.close();
  await rm(folder, { recursive: true });
});

function fetchFrom(server: StartedServer, options: Partial<DownloadOptions> = {}, scheme = 'http') {
  const request = { path, bytesMax: 1_000_000, timeoutMs: 5_000, ...options };
  return network.download(`${scheme}://localhost:${server.port}/`, request);
}

/** The error of a download that must fail, without a file left behind. */
async function failFrom(
  server: StartedServer,
  options: Partial<DownloadOptions> = {},
  scheme = 'http',
): Promise<AppError> {
  const error = await fetchFrom(server, options, scheme).then(
    () => 'downloaded',
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  expect(downloadCodes).toContain(error.code);
  expect(existsSync(path)).toBe(false);
  return error;
}

/** A server that answers each request with these raw bytes and then does what `next` says. */
function startRaw(head: string, next: (socket: Socket) => void = () => {}): Promise<StartedServer> {
  return startTcp((socket) => socket.once('data', () => socket.write(head, () => next(socket))));
}

describe('a download that succeeds', () => {
  test('leaves exactly the served bytes in the file and tells their number, hash and host', async () => {
    const body = Buffer.from('served bytes '.repeat(10_000));
    await using server = await startHttp((_, response) =>
      response.writeHead(200, { 'content-length': body.length }).end(body),
    );
    const seen: [number, number | null][] = [];
    expect(await fetchFrom(server, { onBytes: (...progress) => seen.push(progress) })).toEqual({
      bytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
      final_host: `localhost:${server.port}`,
    });
    expect(await readFile(path)).toEqual(body);
    expect(seen.at(-1)).toEqual([body.length, body.length]);
  });

  test('a body of exactly the limit passes, announced or not', async () => {
    await using server = await startHttp((_, response) => {
      response.write(zeros.subarray(0, 50));
      response.end(zeros.subarray(0, 50));
    });
    expect(await fetchFrom(server, { bytesMax: 100 })).toMatchObject({ bytes: 100 });
  });

  test('asks for plain bytes and sends no credentials, cookies or referrer', async () => {
    let headers: IncomingHttpHeaders = {};
    await using server = await startHttp((request, response) => {
      headers = request.headers;
      response.end();
    });
    await fetchFrom(server);
    expect(headers).toEqual({
      host: `localhost:${server.port}`,
      connection: 'keep-alive',
      accept: '*/*',
      'accept-encoding': 'identity',
      'user-agent': 'tester',
    });
  });

  test('a few hints before the answer are read over; hints without end are given up at a hundred', async () => {
    const hint = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';
    await using polite = await startRaw(`${hint.repeat(20)}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok`);
    expect(await fetchFrom(polite)).toMatchObject({ bytes: 2 });
    await rm(path);
    await using flooding = await startRaw(hint.repeat(101));
    const error = await failFrom(flooding, { idleTimeoutMs: 3_600_000, timeoutMs: 3_600_000 });
    expect(error.message).toContain('over 100 answers of 1xx came before any other');
  });

  test('bytes that are compressed without saying so are stored as they are', async () => {
    await using server = await startHttp((_, response) => response.end(bomb));
    expect(await fetchFrom(server)).toMatchObject({ bytes: bomb.length });
  });

  test('replaces a file that is there', async () => {
    await using server = await startHttp((_, response) => response.end('short'));
    await using longer = await startHttp((_, response) => response.end('something longer'));
    await fetchFrom(longer);
    await fetchFrom(server);
    expect(await readFile(path, 'utf8')).toBe('short');
  });
});

describe('redirects', () => {
  test('three are followed, relative ones and http to https among them', async () => {
    const certificate = authority.issue({ names: ['localhost'] });
    await using secure = await startHttps(certificate, (_, response) => response.end('there'));
    const hops: Record<string, string> = {
      '/': '/a?x=1',
      '/a?x=1': 'b',
      '/b': `https://localhost:${secure.port}/#part`,
    };
    await using server = await startHttp((request, response) => {
      response.writeHead(302, { location: hops[request.url ?? ''] }).end('ignored'.repeat(1_000));
    });
    expect(await fetchFrom(server)).toMatchObject({ bytes: 5, final_host: `localhost:${secure.port}` });
  });

  test('https to http is refused', async () => {
    await using plain = await startHttp((_, response) => response.end('there'));
    const listener: RequestListener = (_, response) => {
      response.writeHead(302, { location: `http://localhost:${plain.port}/` }).end();
    };
    await using secure = await startHttps(authority.issue({ names: ['localhost'] }), listener);
    expect((await failFrom(secure, {}, 'https')).detail).toBe('refused_url: redirects from https to http');
    expect(plain.accepted()).toBe(0);
  });

  test.each([
    ['in a circle', (url: string) => (url === '/' ? '/a' : '/'), 'its address redirects in a circle'],
    ['to itself', () => '', 'its address redirects in a circle'],
    ['four times', (url: string) => `${url}x`, 'its address redirects more than 3 times'],
    [
      'to a data: URL',
      () => 'data:image/png;base64,AAAA',
      'its address redirects to a data: address, must be one with http or https',
    ],
    [
      'to a file',
      () => 'file:///etc/passwd',
      'its address redirects to a file: address, must be one with http or https',
    ],
    ['nowhere', () => undefined, 'its address redirects without saying where to'],
    ['inward', () => 'http://10.0.0.1/', 'no usable answer from its address'],
  ])('a redirect %s is refused, in words that tell nothing of the network here', async (_, choose, words) => {
    await using server = await startHttp((request, response) => {
      const location = choose(request.url ?? '');
      response.writeHead(302, location === undefined ? {} : { location }).end();
    });
    expect(await failFrom(server)).toMatchObject({
      code: 'unreachable',
      retryable: false,
      message: `could not be fetched: ${words}`,
    });
  });

  test('redirectsMax 0 follows none', async () => {
    await using server = await startHttp((_, response) => response.writeHead(302, { location: '/x' }).end());
    expect(await failFrom(server, { redirectsMax: 0 })).toMatchObject({ code: 'unreachable', retryable: false });
  });
});

describe('too many bytes', () => {
  test('an announced length over the limit is refused before any byte is read, with both numbers', async () => {
    await using server = await startRaw('HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n');
    expect(await failFrom(server)).toMatchObject({
      code: 'too_large',
      retryable: false,
      message: 'must have at most 1000000 bytes, has 1073741824',
      fields: { bytes: 1_073_741_824, bytes_max: 1_000_000 },
    });
  });

  test('an endless body of unknown length is cut at the limit, and the server stops sending', async () => {
    let written = 0;
    await using server = await startHttp((_, response) => {
      const push = () => {
        while (!response.destroyed && response.write(zeros)) written += zeros.length;
      };
      response.on('drain', push);
      push();
    });
    expect(await failFrom(server, { bytesMax: 10_000_000 })).toMatchObject({ code: 'too_large' });
    // What lies in socket buffers of both sides at the moment of the cut.
    expect(written).toBeLessThan(30_000_000);
  });

  test.each([
    ['gzip', gzipSync],
    ['identity, X-Gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('a body packed as %s is inflated, and ends at the limit of bytes', async (encoding, pack) => {
    let plain = Buffer.from('plain bytes');
    await using server = await startHttp((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(pack(plain));
    });
    expect(await fetchFrom(server)).toMatchObject({ bytes: 11 });
    expect(await readFile(path, 'utf8')).toBe('plain bytes');
    await rm(path);
    plain = Buffer.alloc(10_000_000);
    expect(await failFrom(server)).toMatchObject({ code: 'too_large', retryable: false });
  });

  test.each(['gzip', 'deflate', 'br'])('a body that only claims to be packed as %s is refused', async (encoding) => {
    await using server = await startHttp((_, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end('no such thing');
    });
    expect(await failFrom(server)).toMatchObject({ code: 'unreachable', retryable: false });
  });

  test('a compression that is not known here is refused by its name', async () => {
    await using server = await startHttp((_, response) => {
      response.writeHead(200, { 'content-encoding': 'zstd' }).end('x');
    });
    const error = await failFrom(server);
    expect(error).toMatchObject({ code: 'unsupported_encoding', retryable: false });
    expect(error.message).toContain("'zstd'");
  });

  test.each(['aws-chunked', 'utf-8', 'binary', 'none', 'identity, identity', '', 'aws-chunked,'])(
    'a content encoding that is no compression says nothing of the bytes: %j',
    async (encoding) => {
      await using server = await startHttp((_, response) => {
        response.writeHead(200, { 'content-encoding': encoding }).end('plain');
      });
      expect(await fetchFrom(server)).toMatchObject({ bytes: 5 });
    },
  );

  test('a redirect to a path in raw UTF-8 is followed, encoded once', async () => {
    let asked = '';
    await using server = await startHttp((request, response) => {
      if (request.url !== '/') asked = request.url ?? '';
      if (request.url === '/') response.writeHead(302, { location: Buffer.from('/böse.jpg').toString('latin1') });
      response.end('x');
    });
    await fetchFrom(server);
    expect(asked).toBe('/b%C3%B6se.jpg');
  });

  test('a compressed transfer encoding is refused', async () => {
    await using server = await startRaw('HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n');
    expect(await failFrom(server)).toMatchObject({ code: 'unsupported_encoding' });
  });

  test('bytes beyond the announced length are not taken', async () => {
    await using server = await startRaw('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst and more');
    expect(await fetchFrom(server)).toMatchObject({ bytes: 5 });
    expect(await readFile(path, 'utf8')).toBe('first');
  });
});

describe('servers that hang, break off or answer nonsense', () => {
  const drip = (socket: Socket) => {
    const timer = setInterval(() => socket.write('x'), 20);
    socket.once('close', () => clearInterval(timer));
  };

  test('a body that drips is ended by the total limit', async () => {
    await using server = await startRaw('HTTP/1.1 200 OK\r\n\r\n', drip);
    expect(await failFrom(server, { timeoutMs: 300 })).toMatchObject({
      code: 'timed_out',
      retryable: true,
      message: 'could not be fetched within 0.3 s',
    });
  });

  test('a body that drips is ended by the least rate, long before the total limit', async () => {
    await using server = await startRaw('HTTP/1.1 200 OK\r\n\r\n', drip);
    const rateMin = { bytesPerSecond: 1_000_000, windowMs: 100 };
    expect(await failFrom(server, { timeoutMs: 600_000, rateMin })).toMatchObject({
      code: 'timed_out',
      retryable: true,
      message: 'could not be fetched: its server sends less than 1000000 bytes per second',
    });
  });

  test.each([
    ['before the head', ''],
    ['inside the head', 'HTTP/1.1 200 OK\r\ncontent-'],
    ['inside the body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n123'],
  ])('silence %s is ended by the idle limit', async (_, head) => {
    await using server = await startRaw(head);
    expect(await failFrom(server, { idleTimeoutMs: 200 })).toMatchObject({ code: 'timed_out', retryable: true });
  });

  test('an endless head is ended at 16 KiB', async () => {
    await using server = await startRaw('HTTP/1.1 200 OK\r\n', (socket) => {
      const push = () => {
        while (!socket.destroyed && socket.write(`x-${'y'.repeat(100)}: z\r\n`));
      };
      socket.on('drain', push);
      push();
    });
    expect(await failFrom(server)).toMatchObject({
      code: 'unreachable',
      retryable: false,
      message: 'could not be fetched: the headers of its answer have over 16 kB',
    });
  });

  test.each([
    [
      'fewer bytes than announced',
      'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n123',
      (socket: Socket) => socket.end(),
    ],
    [
      'a reset inside the body',
      'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n123',
      (socket: Socket) => socket.resetAndDestroy(),
    ],
    [
      'a close inside a chunk',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n123',
      (socket: Socket) => socket.end(),
    ],
    ['a close before the head', '', (socket: Socket) => socket.end()],
  ])('%s may be tried again and leaves no file', async (_, head, next) => {
    await using server = await startRaw(head, next);
    expect(await failFrom(server)).toMatchObject({ code: 'unreachable', retryable: true });
  });

  test.each([
    'content-length: 5\r\ncontent-length: 5',
    'Content-Length: 5\r\nx: y\r\ncontent-length:5 ',
    'content-length: 5, 5',
    'content-length: 5,5\r\ncontent-length: 5',
  ])('equal lengths are taken as one: %j', async (lines) => {
    await using server = await startRaw(`HTTP/1.1 200 OK\r\n${lines}\r\n\r\nfirst and more`);
    expect(await fetchFrom(server)).toMatchObject({ bytes: 5 });
    expect(await readFile(path, 'utf8')).toBe('first');
  });

  test.each([
    ['content-length: 5\r\ncontent-length: 6', 'its answer tells two different lengths (Content-Length)'],
    ['content-length: 5, 6', 'its answer tells two different lengths (Content-Length)'],
    ['content-length: five', 'its answer is not valid HTTP (Invalid character in Content-Length)'],
    [
      'transfer-encoding: chunked\r\ncontent-length: 5',
      "its answer is not valid HTTP (Content-Length can't be present with Transfer-Encoding)",
    ],
  ])('an answer that breaks HTTP is told with the rule: %j', async (lines, words) => {
    await using server = await startRaw(`HTTP/1.1 200 OK\r\n${lines}\r\n\r\nfirst`);
    expect(await failFrom(server)).toMatchObject({
      code: 'unreachable',
      retryable: false,
      message: `could not be fetched: ${words}`,
    });
  });

  test('an answer that is not HTTP is told like an unreachable one', async () => {
    await using server = await startRaw('220 mail.example ESMTP\r\n');
    expect(await failFrom(server)).toMatchObject({ code: 'unreachable', retryable: false });
  });

  test.each([
    [404, false],
    [403, false],
    [204, false],
    [206, false],
    [304, false],
    [408, true],
    [429, true],
    [500, true],
    [503, true],
  ])('status %i is told with its number; retryable: %s', async (status, retryable) => {
    await using server = await startHttp((_, response) => response.writeHead(status).end());
    const error = await failFrom(server);
    expect(error).toMatchObject({ code: 'bad_status', retryable, fields: { status_code: status } });
    expect(error.message).toContain(String(status));
  });
});

describe('what the public learns', () => {
  test('a refused address, an unknown name, a closed port and a wrong certificate are told in the same words', async () => {
    await using wrongHost = await startHttps(authority.issue({ names: ['other.example'] }), (_, response) =>
      response.end(),
    );
    const gone = await startTcp(() => {});
    await gone[Symbol.asyncDispose]();
    const urls = [
      'http://10.0.0.1/',
      'http://name.invalid/',
      `http://localhost:${gone.port}/`,
      `https://localhost:${wrongHost.port}/`,
      'http://localhost:25/',
    ];
    const unknown = createNetwork({
      allowAddresses: [parseAddressRange('127.0.0.0/8')],
      ca: [authority.ca],
      resolver: () => Promise.reject(new Error('ENOTFOUND')),
    });
    const errors: AppError[] = [];
    for (const url of urls) {
      await unknown.download(url, { path, bytesMax: 10, timeoutMs: 2_000 }).catch((error) => errors.push(error));
    }
    await unknown.close();
    expect(errors).toHaveLength(urls.length);
    expect(new Set(errors.map(({ code, message, status }) => `${code} ${status} ${message}`)).size).toBe(1);
    expect(new Set(errors.map(({ detail }) => detail)).size).toBe(urls.length);
  });
});

describe('the other ways to end', () => {
  test("the caller's signal rejects with its own reason and leaves no file", async () => {
    await using server = await startRaw('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n123');
    const controller = new AbortController();
    const reason = new Error('the task was cancelled');
    const downloading = fetchFrom(server, { signal: controller.signal, onBytes: () => controller.abort(reason) });
    await expect(downloading).rejects.toBe(reason);
    expect(existsSync(path)).toBe(false);
    await expect(fetchFrom(server, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('an error of the file system passes as itself', async () => {
    await using server = await startHttp((_, response) => response.end('x'));
    await expect(fetchFrom(server, { path: join(folder, 'missing', 'x') })).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
