import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLocalAuthority } from '../../../test/helpers/local-tls.ts';
import { startDns } from '../../../test/helpers/start-dns.ts';
import { startHttp, startHttps, startTcp } from '../../../test/helpers/start-server.ts';
import { createNetwork, createResolver, type Network, type NetworkOptions, parseAddressRange } from './index.ts';

const authority = createLocalAuthority();
const certificate = authority.issue({ names: ['localhost', '127.0.0.1', 'a.example', 'b.example'] });
const loopback = [parseAddressRange('127.0.0.0/8')];
const post = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"a":"ü"}',
  timeoutMs: 2_000,
} as const;

const open: Network[] = [];
afterEach(async () => {
  for (const network of open.splice(0)) await network.close();
});

function openNetwork(options: Partial<NetworkOptions> = {}): Network {
  const network = createNetwork({ allowAddresses: loopback, ca: [authority.ca], ...options });
  open.push(network);
  return network;
}

describe('an answer', () => {
  test.each([200, 204, 302, 404, 500])('with status %i is the outcome', async (status) => {
    await using server = await startHttps(certificate, (_, response) => response.writeHead(status).end());
    const sent = await openNetwork().send(`https://localhost:${server.port}/`, post);
    expect(sent).toMatchObject({ outcome: 'answered', status, detail: null });
    const { sent_ms, first_byte_ms, total_ms } = sent.timing;
    expect(sent_ms).toBeGreaterThan(0);
    expect(first_byte_ms).toBeGreaterThanOrEqual(sent_ms ?? Number.NaN);
    expect(total_ms).toBeGreaterThanOrEqual(first_byte_ms ?? Number.NaN);
  });

  test('the server gets exactly the method, path, headers and bytes that were given', async () => {
    let seen: unknown;
    await using server = await startHttps(certificate, async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      seen = {
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      response.end();
    });
    await openNetwork({ userAgent: 'tester' }).send(`https://localhost:${server.port}/a%20b?c=d#e`, post);
    expect(seen).toEqual({
      method: 'POST',
      url: '/a%20b?c=d',
      headers: {
        host: `localhost:${server.port}`,
        connection: 'keep-alive',
        'user-agent': 'tester',
        'accept-encoding': 'identity',
        'content-type': 'application/json',
        'content-length': '10',
      },
      body: post.body,
    });
  });

  test('informational answers before it are passed over', async () => {
    await using server = await startHttp((_, response) => {
      response.writeEarlyHints({ link: '</x>; rel=preload' });
      response.writeHead(204).end();
    });
    const sent = await openNetwork().send(`http://localhost:${server.port}/`, { ...post, schemes: ['http'] });
    expect(sent).toMatchObject({ outcome: 'answered', status: 204 });
  });
});

describe('local receivers, once their range is opened', () => {
  test('are reached by localhost, by address and by a name that resolves there', async () => {
    await using dns = await startDns(() => ['127.0.0.1']);
    await using server = await startHttps(certificate, (_, response) => response.end());
    const network = openNetwork({ resolver: createResolver({ timeoutMs: 1_000, servers: [dns.server] }) });
    for (const host of ['localhost', '127.0.0.1', 'a.example']) {
      const url = `https://${host}:${server.port}/`;
      expect(await network.send(url, post), host).toMatchObject({ outcome: 'answered' });
      expect(await network.checkHost(new URL(url), { timeoutMs: 1_000 }), host).toBe('allowed');
    }
  });

  test("a single-label name must lie in an opened range, a public address doesn't do", async () => {
    const network = openNetwork({ resolver: async () => ['1.1.1.1'] });
    expect(await network.send('https://intranet/', post)).toMatchObject({ outcome: 'refused_address' });
  });

  test('a private authority is trusted through NODE_EXTRA_CA_CERTS, and by nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'safe-fetch-'));
    await writeFile(join(folder, 'ca.pem'), authority.ca);
    await using server = await startHttps(certificate, (_, response) => response.end());
    const script = `
      const { createNetwork, parseAddressRange } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
      const network = createNetwork({ allowAddresses: [parseAddressRange('127.0.0.0/8')] });
      const sent = await network.send('https://localhost:${server.port}/', { method: 'POST', headers: {}, body: '', timeoutMs: 5000 });
      console.log(sent.outcome);
      await network.close();`;
    const run = (env: NodeJS.ProcessEnv) =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, ...env } });
    const [trusting, plain] = await Promise.all([run({ NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') }), run({})]);
    await rm(folder, { recursive: true });
    expect(trusting.stdout.trim()).toBe('answered');
    expect(plain.stdout.trim()).toBe('tls_failed');
  });
});

describe('connections', () => {
  test('are kept: 200 requests one after the other need two at most', async () => {
    await using server = await startHttps(certificate, (_, response) => response.end('{}'));
    const network = openNetwork();
    for (let count = 0; count < 200; count += 1) {
      expect((await network.send(`https://localhost:${server.port}/`, post)).outcome).toBe('answered');
    }
    expect(server.accepted()).toBeLessThanOrEqual(2);
  });

  test('of one origin stay within their limit, and everything is sent in the end', async () => {
    await using server = await startHttps(certificate, (_, response) => setImmediate(() => response.end()));
    const network = openNetwork({ connectionsPerOriginMax: 4 });
    const all = Array.from({ length: 100 }, () => network.send(`https://localhost:${server.port}/`, post));
    const outcomes = (await Promise.all(all)).map((sent) => sent.outcome);
    expect(new Set(outcomes)).toEqual(new Set(['answered']));
    expect(server.accepted()).toBeLessThanOrEqual(4);
  });

  test('that are new resume the TLS session of an earlier one to the same host, never that of another', async () => {
    const reused: boolean[] = [];
    await using server = await startHttps(certificate, (request, response) => {
      reused.push((request.socket as TLSSocket).isSessionReused());
      response.setHeader('connection', 'close').end();
    });
    const network = openNetwork({ resolver: async () => ['127.0.0.1'] });
    for (const host of ['a.example', 'a.example', 'b.example', 'a.example']) {
      await network.send(`https://${host}:${server.port}/`, post);
    }
    expect(reused).toEqual([false, true, false, true]);
  });

  test('fall over to the next address of a name when the first one refuses', async () => {
    await using server = await startHttps(certificate, (_, response) => response.end());
    const network = openNetwork({ resolver: async () => ['127.0.0.3', '127.0.0.1'] });
    expect(await network.send(`https://a.example:${server.port}/`, post)).toMatchObject({ outcome: 'answered' });
  });
});

describe('giving up', () => {
  test('what waits for a free connection when its time is over is never sent', async () => {
    const bodies: string[] = [];
    let release = () => {};
    await using server = await startHttp((request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk)));
      release = () => response.end();
    });
    const network = openNetwork({ connectionsPerOriginMax: 1 });
    const url = `http://localhost:${server.port}/`;
    const first = network.send(url, { ...post, body: 'first', schemes: ['http'] });
    await vi.waitUntil(() => bodies.length === 1);
    expect(await network.send(url, { ...post, body: 'late', schemes: ['http'], timeoutMs: 50 })).toMatchObject({
      outcome: 'timed_out',
      detail: 'no answer within 50 ms, waited for a free connection',
      timing: { sent_ms: null, first_byte_ms: null },
    });
    release();
    expect(await first).toMatchObject({ outcome: 'answered' });
    const third = network.send(url, { ...post, body: 'third', schemes: ['http'] });
    await vi.waitUntil(() => bodies.length === 2);
    release();
    await third;
    expect(bodies).toEqual(['first', 'third']);
  });

  test('a name server that never answers ends as dns_failed when its own limit is over, as timed_out before', async () => {
    await using dns = await startDns(() => null);
    const network = openNetwork({ resolver: createResolver({ timeoutMs: 300, servers: [dns.server] }) });
    expect(await network.send('https://slow.example/', post)).toMatchObject({ outcome: 'dns_failed' });
    expect(await network.send('https://slow.example/', { ...post, timeoutMs: 100 })).toMatchObject({
      outcome: 'timed_out',
      detail: 'no answer within 100 ms, waited for the name lookup',
    });
    expect(await network.checkHost(new URL('https://slow.example/'), { timeoutMs: 50 })).toBe('unknown');
  });

  test("the caller's signal rejects with its own reason", async () => {
    await using server = await startTcp(() => {});
    const controller = new AbortController();
    const reason = new Error('stopping');
    const sending = openNetwork().send(`https://localhost:${server.port}/`, { ...post, signal: controller.signal });
    await vi.waitUntil(() => server.accepted() === 1);
    controller.abort(reason);
    await expect(sending).rejects.toBe(reason);
    await expect(openNetwork().send('https://localhost/', { ...post, signal: controller.signal })).rejects.toBe(reason);
  });

  test('close ends what is under way, connected or not, and nothing can be sent afterwards', async () => {
    await using silent = await startHttps(certificate, () => {});
    let isDropped = false;
    await using deaf = await startTcp((socket) => {
      socket.resume().once('close', () => {
        isDropped = true;
      });
    });
    const network = openNetwork();
    const sending = [silent, deaf].map((server) => network.send(`https://localhost:${server.port}/`, post));
    await vi.waitUntil(() => silent.accepted() + deaf.accepted() === 2);
    await network.close();
    for (const sent of await Promise.all(sending)) expect(sent.outcome).toBe('connection_lost');
    // The half-made connection too, long before its own time limit, or it would keep the process alive.
    await vi.waitUntil(() => isDropped, { timeout: 600_000 });
    expect(await network.send(`https://localhost:${silent.port}/`, post)).toMatchObject({ outcome: 'connection_lost' });
  });
});
