import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseSince } from '../../cli/callbacks-resend.ts';
import {
  createClient,
  getTaskCallbacks,
  listCallbackSecrets,
  listGivenUpCallbacks,
  rotateCallbackSecret,
  type TroupeError,
  testCallback,
  verifyCallback,
} from '../../client/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { runTroupe } from '../helpers/run-command-line.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { startHttp } from '../helpers/start-server.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** Comes with the request: its task ends at once. */
const picture = Buffer.from('bytes of a picture').toString('base64');
let receiver: CallbackReceiver;
let troupe: StartedTroupe;

beforeAll(async () => {
  receiver = await startReceiver();
  troupe = await startTroupe({ worker: true, environment: { TROUPE_CALLBACK_RETRY_SECONDS: '1' } });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function openAccount(account: string) {
  const caller = await troupe.grant({ account, name: 'caller' }, 100);
  const manager = await troupe.grant({ account, name: 'manager', role: 'manager' }, 0);
  const clientOf = (key: string) => createClient({ baseUrl: troupe.url, key, retriesMax: 0 });
  const make = async (path: string) => {
    const body = imageRequest(picture, undefined, { callback_url: receiver.url(path) });
    return (await troupe.call('POST', '/v1/videos/generations', { body, key: caller.key })).body.id as string;
  };
  return { caller, manager, make, asCaller: clientOf(caller.key), asManager: clientOf(manager.key) };
}

test('a manager reads and rotates the secrets; the old one is valid for 24 h and both sign', async () => {
  const { caller, asManager } = await openAccount('rotating');
  const before = await listCallbackSecrets(asManager);
  expect(before).toEqual([
    { secret: caller.callback_secret, created_at: expect.stringMatching(/Z$/), expires_at: null },
  ]);
  const after = await rotateCallbackSecret(asManager);
  expect(after.map(({ expires_at }) => expires_at === null)).toEqual([true, false]);
  expect(after[1]?.secret).toBe(caller.callback_secret);
  const leftMs = Date.parse(after[1]?.expires_at as string) - Date.parse(after[0]?.created_at as string);
  expect(leftMs).toBe(24 * 3_600_000);
  await testCallback(asManager, receiver.url('/rotated'));
  const [sent] = receiver.received('/rotated');
  const { headers = {}, body = '' } = sent ?? {};
  for (const { secret } of after) verifyCallback({ secret, headers, body });
  expect(await listCallbackSecrets(asManager)).toEqual(after);
});

test('secrets in use at a time are limited: 409, and nothing is changed', async () => {
  const { asManager } = await openAccount('rotating much');
  for (let at = 1; at < 8; at += 1) await rotateCallbackSecret(asManager);
  const before = await listCallbackSecrets(asManager);
  expect(before).toHaveLength(8);
  const error = (await rotateCallbackSecret(asManager).catch((reason) => reason)) as TroupeError;
  expect([error.status, error.code]).toEqual([409, 'too_many_secrets']);
  expect(await listCallbackSecrets(asManager)).toEqual(before);
});

test.each(['0000-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '2026-01-01T25:00:00Z'])(
  'given up since %s, which no calendar has: 400',
  async (since) => {
    const { status, body } = await troupe.call('GET', `/v1/callbacks/given-up?since=${since}`);
    expect([status, body.error.param]).toEqual([400, 'since']);
  },
);

test('callbacks that were given up are listed in cursor pages, and --since sends all of them again', async () => {
  const { caller, make, asCaller } = await openAccount('given up');
  const stranger = await openAccount('given up elsewhere');
  let isBack = false;
  receiver.answer('/down', () => ({ status: isBack ? 200 : 503 }));
  const ids = [await make('/down'), await make('/down'), await make('/down')];
  await stranger.make('/down');
  const list = async () => (await listGivenUpCallbacks(asCaller)).data;
  await until('three given up', async () => (await list()).length === 3);
  const first = await listGivenUpCallbacks(asCaller, { limit: 2 });
  const second = await listGivenUpCallbacks(asCaller, { limit: 2, cursor: first.next_cursor as string });
  const all = [...first.data, ...second.data];
  expect([all.length, second.next_cursor]).toEqual([3, null]);
  expect(all.map(({ task_id }) => task_id).toSorted()).toEqual(ids.toSorted());
  expect(all[0]).toEqual({
    task_id: expect.any(String),
    url: receiver.url('/down'),
    webhook_id: expect.stringMatching(/^msg_task-unified-/),
    attempts: 2,
    given_up_at: expect.stringMatching(/Z$/),
  });
  expect((await listGivenUpCallbacks(asCaller, { since: '2100-01-01T00:00:00Z' })).data).toEqual([]);
  isBack = true;
  const environment = { TROUPE_URL: troupe.url, TROUPE_API_KEY: caller.key };
  const resent = await runTroupe(['callbacks', 'resend', '--since', '1h', '--json'], environment);
  expect([resent.code, JSON.parse(resent.stdout)]).toEqual([0, { resent: 3 }]);
  for (const id of ids) {
    await until('delivered', async () => (await getTaskCallbacks(asCaller, id)).state === 'delivered');
  }
  expect(await list()).toEqual([]);
});

test.each(['yesterday', '2026-13-45T00:00:00Z', '2026-11-27', 'x'])('400 for since=%s', async (since) => {
  const { status, body } = await troupe.call('GET', `/v1/callbacks/given-up?since=${since}`);
  expect([status, body.error.param]).toEqual([400, 'since']);
});

test('--since takes an age or a time', () => {
  const now = new Date('2026-11-27T12:00:00Z');
  expect(parseSince('2h', now).toISOString()).toBe('2026-11-27T10:00:00.000Z');
  expect(parseSince('30m', now).toISOString()).toBe('2026-11-27T11:30:00.000Z');
  expect(parseSince('3d', now).toISOString()).toBe('2026-11-24T12:00:00.000Z');
  expect(parseSince('2026-11-27T10:00Z', now).toISOString()).toBe('2026-11-27T10:00:00.000Z');
  for (const text of ['soon', '2', '2w', '2026-13-01']) expect(() => parseSince(text, now)).toThrow('--since must be');
});

test('troupe listen posts a task that ends to a local address, body and signature as a callback has them', async () => {
  const { caller, make } = await openAccount('listening');
  const posts: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  await using local = await startHttp(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    posts.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    response.writeHead(204).end();
  });
  const { listenCommand } = await import('../../cli/listen.ts');
  const environment = { TROUPE_URL: troupe.url, TROUPE_API_KEY: caller.key };
  const values = { 'forward-to': `http://127.0.0.1:${local.port}/hook`, secret: caller.callback_secret };
  const running = listenCommand.run(values, environment, []);
  // A task may end before the stream has begun; one that is made later is told.
  await until('a post', async () => {
    await make('/listened');
    return posts.length > 0;
  });
  process.emit('SIGINT');
  expect(await running).toBe(0);
  const [post] = posts as [(typeof posts)[number]];
  const { id } = verifyCallback({ secret: caller.callback_secret, headers: post.headers as never, body: post.body });
  const task = JSON.parse(post.body);
  expect(id).toBe(`msg_${task.id}`);
  const sent = await until('its callback', () => receiver.received('/listened').find((one) => one.task.id === task.id));
  expect(task).toEqual(sent.task);
});
