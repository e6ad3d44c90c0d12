import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { countRows, listKinds, loadBooks } from '../helpers/load-books.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type DatabaseProxy, startProxy } from '../helpers/start-proxy.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
let proxy: DatabaseProxy;
let receiver: CallbackReceiver;
let troupe: StartedTroupe;
const inline = Buffer.from('bytes of a picture').toString('base64');

beforeAll(async () => {
  origin = await startOrigin();
  receiver = await startReceiver();
  proxy = await startProxy();
  troupe = await startTroupe({ databaseUrl: (url) => proxy.through(url) });
});
afterAll(async () => {
  proxy.mend();
  await troupe[Symbol.asyncDispose]();
  await proxy[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const inputsOf = async (id: string) => {
  const keys = [];
  for await (const file of troupe.context.storage.list(`inputs/${id}`)) keys.push(file.key);
  return keys;
};
const body = () => imageRequest(inline, [origin.url('/duck.jpg')]);
const tasks = () => countRows(troupe.database.db, 'tasks');

test('a connection cut before COMMIT arrived: 503 with Retry-After, and no task, charge or file', async () => {
  const before = await loadBooks(troupe.database.db, troupe.key.account_id);
  proxy.cutAtCommit('before');
  const answer = await troupe.submit(body());
  expect(answer.status).toBe(503);
  expect(answer.body.error).toMatchObject({ code: 'service_unavailable', type: 'api_error' });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await tasks()).toBe(0);
  expect(await loadBooks(troupe.database.db, troupe.key.account_id)).toEqual(before);
  expect(await inputsOf('')).toEqual([]);
});

test('a connection cut after COMMIT took effect: 200 with the task, charged once', async () => {
  proxy.cutAtCommit('after');
  const answer = await troupe.submit(body());
  expect(answer.status).toBe(200);
  expect(await tasks()).toBe(1);
  expect((await troupe.call('GET', `/v1/tasks/${answer.body.id}`)).body.status).toBe('pending');
  expect(await listKinds(troupe.database.db, troupe.key.account_id, answer.body.id)).toEqual(['reserve']);
  expect(await inputsOf(answer.body.id)).toHaveLength(1);
});

test('a database that is away for seconds: 503, nothing crashes, and everything goes on by itself', async () => {
  const worker = troupe.startWorker();
  const gate = origin.gate('/held.jpg', '/duck.jpg');
  const callback_url = receiver.url('/after-outage');
  const { body: running } = await troupe.submit(
    imageRequest(origin.url('/held.jpg'), [origin.url('/duck.jpg')], { callback_url }),
  );
  await gate.asked;
  const before = troupe.log.length;
  proxy.cut();
  for (const path of ['/readyz', '/v1/credits', `/v1/tasks/${running.id}`]) {
    const { status, headers, body: refused } = await troupe.call('GET', path);
    // The page of credits documents a number as `code`; the word stands in `reason` there.
    const word = refused.error.reason ?? refused.error.code;
    expect([path, status, word]).toEqual([path, 503, 'service_unavailable']);
    expect(headers.get('retry-after')).not.toBeNull();
  }
  expect((await troupe.submit(body())).status).toBe(503);
  expect((await troupe.call('GET', '/healthz')).status).toBe(200);
  gate.open();
  // biome-ignore lint/plugin/waits: the work ends while the database is away, and nothing can tell of it.
  await new Promise((done) => setTimeout(done, 1500));
  proxy.mend();
  await until('readiness', async () => (await troupe.call('GET', '/readyz')).status === 200);
  expect((await troupe.waitForEnd(running.id)).status).toBe('completed');
  const { body: next } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  expect((await troupe.waitForEnd(next.id)).status).toBe('completed');
  await until('the callback', () => receiver.received('/after-outage').length > 0);
  expect(await listKinds(troupe.database.db, troupe.key.account_id, running.id)).toEqual(['reserve', 'settle']);
  await worker.close();
  const lines = troupe.log
    .slice(before)
    .map((line) => JSON.parse(line) as { level: number; msg: string; err?: object });
  // An outage is expected: it is told when it begins and when it's over, without stacks, and not with each look at a queue.
  expect(lines.filter(({ err }) => err !== undefined)).toEqual([]);
  const told = lines.map(({ msg }) => msg).filter((msg) => /^(no work can be taken|work is taken again)/.test(msg));
  expect(told.slice(0, 2)).toEqual(['no work can be taken for the moment', 'work is taken again']);
  expect(told.length).toBeLessThan(8);
});
