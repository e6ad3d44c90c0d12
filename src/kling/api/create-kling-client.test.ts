import { mkdtempDisposable } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openKlingWay } from '../../../test/helpers/open-kling-way.ts';
import { startForwardProxy } from '../../../test/helpers/start-forward-proxy.ts';
import { type StartedServer, startHttp } from '../../../test/helpers/start-server.ts';
import { parseProxies } from '../../lib/safe-fetch/index.ts';
import { deleteKlingElement } from '../elements/kling-elements.ts';
import { createKlingClient, type KlingClient } from './create-kling-client.ts';

import { KlingNoAnswer } from './refusal.ts';

/** What a gateway, a relay or a bad day makes of an answer: never taken for one, never waited for without end. */
let server: StartedServer;
let client: KlingClient;
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = await startHttp((_, response) => answer(response));
  const credential = { fingerprint: 'one', authorize: () => 'Bearer key', renew: () => false };
  client = createKlingClient({ ...openKlingWay(`http://127.0.0.1:${server.port}`), credential, timeoutMs: 60_000 });
});
afterAll(async () => {
  await client.close();
  await server[Symbol.asyncDispose]();
});

const refusal = (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error) => error,
  );

const page = '<html>welcome</html>';
const task = '{"task_id":"1","task_status":"submitted"}';

test.each([
  ['a page', (response: ServerResponse) => response.end(page)],
  ['an empty object', (response: ServerResponse) => response.end('{}')],
  ['a list', (response: ServerResponse) => response.end('[]')],
  ['nothing', (response: ServerResponse) => response.end()],
  ['half an answer', (response: ServerResponse) => response.end('{"code":0,"data":{"task_id":')],
  [
    'a cut connection',
    (response: ServerResponse) => {
      response.writeHead(200, { 'content-length': 1000 }).write('{"code":0');
      setTimeout(() => response.destroy(), 20);
    },
  ],
  [
    'more than anybody would keep',
    (response: ServerResponse) => {
      const chunk = Buffer.alloc(2 ** 20, 32);
      const pour = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on('drain', pour);
      pour();
    },
  ],
])('%s is no answer, and says nothing about what was done', async (_, say) => {
  answer = say;
  const error = await refusal(client.call('/v1/videos/omni-video', { body: {} }));
  expect(error).toBeInstanceOf(KlingNoAnswer);
  expect(error.sent).toBe(true);
});

test('a drip that goes on for ever is no answer either, and is hung up on', async () => {
  const closed = Promise.withResolvers<void>();
  answer = (response) => {
    const drip = setInterval(() => response.write(' '), 50);
    response.on('close', () => {
      clearInterval(drip);
      closed.resolve();
    });
  };
  const credential = { fingerprint: 'one', authorize: () => 'Bearer key', renew: () => false };
  const hasty = createKlingClient({ ...openKlingWay(`http://127.0.0.1:${server.port}`), credential, timeoutMs: 500 });
  const error = await refusal(hasty.call('/v1/videos/omni-video', { body: {} }));
  expect(error).toBeInstanceOf(KlingNoAnswer);
  // On a machine so slow that it had not begun within that time, nothing was sent.
  if (error.sent) await closed.promise;
  await hasty.close();
});

test.each([
  [301, 'configuration'],
  [404, 'configuration'],
  [413, 'caller'],
  [429, 'capacity'],
  [502, 'transient'],
])('a page with status %i is %s', async (status, kind) => {
  answer = (response) => response.writeHead(status, { location: '/elsewhere' }).end(page);
  expect(await refusal(client.call('/v1/videos/omni-video', { body: {} }))).toMatchObject({ kind, code: null });
});

test('a code in quotes is a code', async () => {
  answer = (response) => response.end(`{"code":"0","data":${task}}`);
  expect((await client.call('/v1/videos/omni-video', { body: {} })).data).toEqual(JSON.parse(task));
  answer = (response) => response.writeHead(429).end('{"code":"1102"}');
  expect(await refusal(client.call('/v1/videos/omni-video'))).toMatchObject({ kind: 'configuration', code: 1102 });
});

test('an element is not taken for deleted where a web page knows no such path', async () => {
  answer = (response) => response.writeHead(404).end(page);
  expect(await refusal(deleteKlingElement(client, '160'))).toMatchObject({ kind: 'configuration', status: 404 });
  answer = (response) => response.writeHead(404).end('{"code":1203,"message":"no such element"}');
  await deleteKlingElement(client, '160');
});

test('a call is sent through the proxy of the network, and one that the proxy refuses was not sent', async () => {
  const hosts = { 'kling.example': server.port };
  await using proxy = await startForwardProxy({ hosts });
  const credential = { fingerprint: 'one', authorize: () => 'Bearer key', renew: () => false };
  const open = (baseUrl: string) =>
    createKlingClient({
      ...openKlingWay(baseUrl, { proxies: parseProxies({ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url }) }),
      credential,
      timeoutMs: 20_000,
    });
  answer = (response) => response.end('{"code":0,"data":{"a":1}}');
  const through = open('http://kling.example');
  expect(await through.call('/v1/x', { body: {} })).toMatchObject({ data: { a: 1 } });
  await through.close();
  const refused = open('https://elsewhere.example');
  const error = await refusal(refused.call('/v1/x', { body: {} }));
  await refused.close();
  expect(error).toBeInstanceOf(KlingNoAnswer);
  expect(error).toMatchObject({ sent: false, message: expect.stringContaining('answered CONNECT with 502') });
  expect(proxy.asked).toEqual(['POST http://kling.example/v1/x', 'CONNECT elsewhere.example:443']);
});

test.each([
  ['a name that nobody knows', 'https://nobody.invalid'],
  ['a port that nobody listens on', 'http://127.0.0.1:4'],
])('a call to %s was not sent', async (_, baseUrl) => {
  const credential = { fingerprint: 'one', authorize: () => 'Bearer key', renew: () => false };
  const nobody = createKlingClient({ ...openKlingWay(baseUrl), credential, timeoutMs: 30_000 });
  expect(await refusal(nobody.call('/v1/x', { body: {} }))).toMatchObject({ sent: false });
  await nobody.close();
});

test("links of the vendor's own domains are fetched wherever they lead, others are judged", async () => {
  await using origin = await startHttp((_, response) => response.end('video'));
  await using folder = await mkdtempDisposable(join(tmpdir(), 'troupe-kling-'));
  const resolver = async () => ['127.0.0.1'];
  const { network } = openKlingWay('https://api-singapore.klingai.com', { resolver });
  const fetched = (host: string) =>
    network
      .download(`http://${host}:${origin.port}/v.mp4`, {
        path: join(folder.path, 'v'),
        bytesMax: 10,
        timeoutMs: 20_000,
      })
      .then(
        ({ bytes }) => bytes,
        (error) => error.code,
      );
  for (const host of ['v15-kling.klingai.com', 'v1-fdl.kechuangai.com', 'api-singapore.klingai.com']) {
    expect(await fetched(host)).toBe(5);
  }
  for (const host of ['klingai.com.example', 'evil-klingai.com', 'a.example', '127.0.0.1']) {
    expect(await fetched(host)).toBe('unreachable');
  }
  await network.close();
});

test('the time for a call grows with its body, so that a slow line can carry many pictures', async () => {
  const credential = { fingerprint: 'one', authorize: () => 'Bearer key', renew: () => false };
  const way = openKlingWay(`http://127.0.0.1:${server.port}`);
  const hasty = createKlingClient({ ...way, credential, timeoutMs: 300 });
  answer = (response) => setTimeout(() => response.end(`{"code":0,"data":${task}}`), 1_000);
  expect(await refusal(hasty.call('/v1/videos/omni-video', { body: { image: '' } }))).toBeInstanceOf(KlingNoAnswer);
  const pictures = { image: 'x'.repeat(50_000_000) };
  expect((await hasty.call('/v1/videos/omni-video', { body: pictures })).data).toMatchObject({ task_id: '1' });
  await hasty.close();
});
