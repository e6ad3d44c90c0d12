import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { listKinds } from '../helpers/load-books.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
beforeAll(async () => {
  origin = await startOrigin();
});
afterAll(async () => {
  await origin[Symbol.asyncDispose]();
});

test('a stopping worker lets running work end and takes no more', async () => {
  await using troupe = await startTroupe({ environment: { TROUPE_BUILD_SLOTS: '1' } });
  const worker = troupe.startWorker();
  const gate = origin.gate('/running.jpg', '/duck.jpg');
  const { body: running } = await troupe.submit(imageRequest(origin.url('/running.jpg'), [origin.url('/duck.jpg')]));
  await gate.asked;
  const { body: waiting } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  const closed = worker.close();
  gate.open();
  await closed;
  expect((await troupe.call('GET', `/v1/tasks/${running.id}`)).body.status).toBe('completed');
  expect((await troupe.call('GET', `/v1/tasks/${waiting.id}`)).body.status).toBe('pending');
});

test('work that outlasts the grace time is cut off, free for the next worker at once, and done there', async () => {
  await using troupe = await startTroupe({ environment: { TROUPE_STOP_SECONDS: '0' } });
  const first = troupe.startWorker();
  const gate = origin.gate('/cut-off.jpg', '/duck.jpg');
  const { body: task } = await troupe.submit(imageRequest(origin.url('/cut-off.jpg'), [origin.url('/duck.jpg')]));
  await gate.asked;
  await first.close();
  expect(await readdir(troupe.context.workFolder)).toEqual([]);
  gate.open();
  const startedAt = performance.now();
  const second = troupe.startWorker();
  expect((await troupe.waitForEnd(task.id)).status).toBe('completed');
  expect(performance.now() - startedAt).toBeLessThan(8_000);
  expect(await listKinds(troupe.database.db, troupe.key.account_id, task.id)).toEqual(['reserve', 'settle']);
  await second.close();
});

test('a stopping server answers the requests it has begun and leaves no connection behind', async () => {
  const troupe = await startTroupe({ worker: true });
  const answers = Promise.all(
    Array.from({ length: 20 }, () => troupe.submit(imageRequest('https://example.com/a.jpg'))),
  );
  await until('the first task', async () => (await troupe.call('GET', '/v1/tasks')).body.total > 0);
  await troupe.stop();
  for (const answer of await answers) expect(answer.status).toBe(200);
  await troupe[Symbol.asyncDispose]();
});
