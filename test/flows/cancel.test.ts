import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { countRows, listKinds, loadBooks } from '../helpers/load-books.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
let receiver: CallbackReceiver;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  receiver = await startReceiver();
  troupe = await startTroupe();
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const cancel = (id: string, key?: string) =>
  troupe.call('POST', `/v1/tasks/${id}/cancel`, key === undefined ? {} : { key });
const kinds = (id: string) => listKinds(troupe.database.db, troupe.key.account_id, id);
const books = () => loadBooks(troupe.database.db, troupe.key.account_id);

test('a pending task is cancelled, refunded once, its pictures go, and a second cancel answers 409', async () => {
  const inline = Buffer.from('some bytes of a picture').toString('base64');
  const { body: task } = await troupe.submit(imageRequest(inline));
  const before = await books();
  const cancelled = await cancel(task.id);
  expect(cancelled.status).toBe(200);
  expect(cancelled.body).toMatchObject({
    id: task.id,
    status: 'cancelled',
    error: { code: 'request_cancelled', type: 'task_error' },
    task_info: { can_cancel: false },
    usage: { credits_used: 0 },
  });
  expect((await troupe.call('GET', `/v1/tasks/${task.id}`)).body).toEqual(cancelled.body);
  const again = await cancel(task.id);
  expect([again.status, again.body.error.code]).toEqual([409, 'task_not_cancellable']);
  expect(await kinds(task.id)).toEqual(['reserve', 'refund']);
  expect(await books()).toMatchObject({ available: before.available + 1, reserved: before.reserved - 1 });
  for await (const file of troupe.context.storage.list(`inputs/${task.id}/`)) throw new Error(`left: ${file.key}`);
});

test('sixteen cancels at once: one succeeds, one refund', async () => {
  const { body: task } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  const answers = await Promise.all(Array.from({ length: 16 }, () => cancel(task.id)));
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(15).fill(409)]);
  expect(await kinds(task.id)).toEqual(['reserve', 'refund']);
});

test("somebody else's task answers 404 exactly like one that never existed, and goes on", async () => {
  const { body: task } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  const other = await troupe.grant({ account: 'stranger', name: 'k' }, 1);
  const theirs = await cancel(task.id, other.key);
  const none = await cancel('task-unified-1757169743-8dxnm6yz', other.key);
  expect([theirs.status, none.status]).toEqual([404, 404]);
  expect({ ...theirs.body.error, request_id: '' }).toEqual({ ...none.body.error, request_id: '' });
  expect((await troupe.call('GET', `/v1/tasks/${task.id}`)).body.status).toBe('pending');
  expect((await cancel('nonsense')).body.error).toMatchObject({ code: 'invalid_task_id', param: 'task_id' });
});

test('a task in work is cancelled at once: its worker writes nothing, its draft goes, the callback says cancelled', async () => {
  await using real = await startTroupe({
    worker: true,
    environment: { TROUPE_ELEMENT_ENGINE: 'local', TROUPE_MEDIA_CHILDREN: '1' },
  });
  const { db } = real.database;
  const gate = origin.gate('/held.jpg', '/duck.jpg');
  const callback_url = receiver.url('/cancelled');
  const { body: task } = await real.submit(
    imageRequest(origin.url('/held.jpg'), [origin.url('/duck.jpg')], { callback_url }),
  );
  await gate.asked;
  expect((await real.call('GET', `/v1/tasks/${task.id}`)).body.status).toBe('processing');
  const cancelled = await real.call('POST', `/v1/tasks/${task.id}/cancel`);
  expect(cancelled.body.status).toBe('cancelled');
  gate.open();
  await until('the callback', () => receiver.received('/cancelled').length > 0);
  expect(receiver.received('/cancelled').map((callback) => callback.task)).toEqual([cancelled.body]);
  await until('the job to go', async () => (await countRows(db, 'jobs.job')) === 0);
  expect((await real.call('GET', `/v1/tasks/${task.id}`)).body).toEqual(cancelled.body);
  expect(await listKinds(db, real.key.account_id, task.id)).toEqual(['reserve', 'refund']);
  expect(await countRows(db, 'elements')).toBe(0);
  await until('the draft to go', async () => {
    for await (const _ of real.context.storage.list('elements/')) return false;
    return true;
  });
});

test('a finished task can not be cancelled: 409, and it stays settled', async () => {
  const worker = troupe.startWorker();
  const { body: task } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  const finished = await troupe.waitForEnd(task.id);
  expect(finished.status).toBe('completed');
  const refused = await cancel(task.id);
  expect([refused.status, refused.body.error.code]).toEqual([409, 'task_not_cancellable']);
  expect(refused.body.error.message).toContain('completed');
  expect(await kinds(task.id)).toEqual(['reserve', 'settle']);
  await worker.close();
});

test('cancel against completion, thirty times: each ends one way, with one resolution that fits its state', async () => {
  const worker = troupe.startWorker();
  const outcomes = await Promise.all(
    Array.from({ length: 30 }, async (_, index) => {
      const { body: task } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
      if (index % 2 === 1) await troupe.call('GET', `/v1/tasks/${task.id}`);
      await cancel(task.id);
      return await troupe.waitForEnd(task.id);
    }),
  );
  for (const task of outcomes) {
    const resolution = task.status === 'completed' ? 'settle' : 'refund';
    expect(await kinds(task.id)).toEqual(['reserve', resolution]);
  }
  await worker.close();
});
