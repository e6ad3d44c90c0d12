import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedServer, startHttp } from '../../../test/helpers/start-server.ts';
import { deleteKlingElement } from '../elements/manage-elements.ts';
import { createKlingClient, type KlingClient } from './call-kling.ts';
import { KlingNoAnswer } from './refusal.ts';

/** What a gateway, a relay or a bad day makes of an answer: never taken for one, never waited for without end. */
let server: StartedServer;
let client: KlingClient;
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = await startHttp((_, response) => answer(response));
  const credential = { fingerprint: 'one', authorize: () => 'Bearer key', renew: () => false };
  client = createKlingClient({ baseUrl: `http://127.0.0.1:${server.port}`, credential, timeoutMs: 500 });
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
    'a drip that goes on for ever',
    (response: ServerResponse) => {
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
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
