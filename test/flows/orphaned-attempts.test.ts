import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deliverQueue, finishAttempts, listAttempts } from '../../src/callbacks/index.ts';
import {
  attemptsExhausted,
  type ClaimedCallback,
  type ClaimedTask,
  claimBuilds,
  claimCallbacks,
  concludeFailed,
  createDelivery,
} from '../../src/flow/index.ts';
import { workQueues } from '../../src/tasks/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { countRows } from '../helpers/load-books.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let receiver: CallbackReceiver;
let troupe: StartedTroupe;

beforeAll(async () => {
  receiver = await startReceiver();
  troupe = await startTroupe();
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

/** A failed task whose callback is due and taken by nobody. */
async function makeDue(path: string): Promise<string> {
  const { context, database } = troupe;
  const callback_url = receiver.url(path);
  const { body } = await troupe.submit(imageRequest('https://example.com/a.jpg', undefined, { callback_url }));
  const [claimed] = await database.db.transaction().execute(async (tx) => {
    return await claimBuilds(context, tx, workQueues.local, await context.jobs.fetch(tx, workQueues.local, 1));
  });
  await concludeFailed(context, claimed as ClaimedTask, attemptsExhausted(3));
  return body.id;
}

/** Fetches and opens one attempt, as a worker does, and then nothing: its process has died. */
async function openAttempt() {
  const { context, database } = troupe;
  const claims = await database.db.transaction().execute(async (tx) => {
    return await claimCallbacks(context, tx, await context.jobs.fetch(tx, deliverQueue, 1));
  });
  return claims[0];
}

const loadCallback = (id: string) =>
  troupe.database.db.selectFrom('callbacks').selectAll().where('task_id', '=', id).executeTakeFirstOrThrow();

test('an attempt whose process died before its outcome was stored is used up: 3 are left, under the same id', async () => {
  const id = await makeDue('/orphan');
  expect((await openAttempt())?.open.attempt).toBe(1);
  receiver.answer('/orphan', () => ({ status: 500 }));
  await troupe.context.jobs.send(troupe.database.db, deliverQueue, { task_id: id });
  const worker = troupe.startWorker();
  await until('the callback to be given up', async () => (await loadCallback(id)).state === 'given_up');
  await worker.close();
  expect(receiver.received('/orphan').map((callback) => callback.headers['webhook-id'])).toEqual(
    Array(3).fill(`msg_${id}`),
  );
  const attempts = await listAttempts(troupe.database.db, id);
  expect(attempts.map(({ outcome }) => outcome)).toEqual([null, 'bad_status', 'bad_status', 'bad_status']);
});

test('a callback all of whose attempts died is given up and never sent again', async () => {
  const id = await makeDue('/all-lost');
  await troupe.database.db.updateTable('callbacks').set({ attempts: 4 }).where('task_id', '=', id).execute();
  expect(await openAttempt()).toBeUndefined();
  expect(await loadCallback(id)).toMatchObject({ state: 'given_up', attempts: 4 });
  expect(receiver.received('/all-lost')).toEqual([]);
});

test('an outcome that comes after the next attempt was opened decides nothing', async () => {
  const { db } = troupe.database;
  const id = await makeDue('/late');
  const outcome = { task_id: id, status_code: 500, detail: null, duration_ms: 1 };
  await openAttempt();
  await troupe.context.jobs.send(db, deliverQueue, { task_id: id });
  expect((await openAttempt())?.open.attempt).toBe(2);
  const late = { ...outcome, attempt: 1, outcome: 'bad_status', state: 'due' as const };
  expect(await finishAttempts(db, [late])).toEqual(new Set());
  const current = { ...outcome, attempt: 2, outcome: 'accepted', state: 'delivered' as const };
  expect(await finishAttempts(db, [current])).toEqual(new Set([id]));
  expect(await finishAttempts(db, [{ ...late, outcome: 'accepted', state: 'delivered' }])).toEqual(new Set());
  expect((await listAttempts(db, id)).map((attempt) => attempt.outcome)).toEqual(['bad_status', 'accepted']);
  expect(await loadCallback(id)).toMatchObject({ state: 'delivered', attempts: 2 });
});

test('an attempt that ends after the next one was opened plans no further one', async () => {
  const { context, database } = troupe;
  const id = await makeDue('/slow');
  receiver.answer('/slow', () => ({ status: 500 }));
  const listJobs = async () =>
    (
      await sql<{ id: string }>`select id from jobs.job where name = 'deliver' and data->>'task_id' = ${id}`.execute(
        database.db,
      )
    ).rows.map((row) => row.id);
  const late = (await openAttempt()) as ClaimedCallback;
  await context.jobs.send(database.db, deliverQueue, { task_id: id });
  const current = (await openAttempt()) as ClaimedCallback;
  expect([late.open.attempt, current.open.attempt]).toEqual([1, 2]);
  const { deliver } = createDelivery(context, () => undefined);
  await deliver(late, new AbortController().signal);
  expect(receiver.received('/slow')).toHaveLength(1);
  expect(await listJobs()).toEqual([current.job.id]);
  await deliver(current, new AbortController().signal);
  expect(await listJobs()).toHaveLength(1);
  expect(await listJobs()).not.toContain(current.job.id);
  expect(await loadCallback(id)).toMatchObject({ state: 'due', attempts: 2 });
  await sql`delete from jobs.job where name = 'deliver' and data->>'task_id' = ${id}`.execute(database.db);
});

test('a detail that can not be stored as it is does not undo the outcomes of others', async () => {
  const { db } = troupe.database;
  const ids = [await makeDue('/strange'), await makeDue('/plain')];
  await openAttempt();
  await openAttempt();
  const line = { attempt: 1, outcome: 'tls_failed', status_code: null, duration_ms: 1, state: 'due' as const };
  const details = ['altnames: DNS:a\0b \ud800', 'plain'];
  const kept = await finishAttempts(
    db,
    ids.map((task_id, at) => ({ ...line, task_id, detail: details[at] ?? null })),
  );
  expect(kept).toEqual(new Set(ids));
  expect((await listAttempts(db, ids[0] as string))[0]?.detail).toBe('altnames: DNS:a\ufffdb \ufffd');
  expect(await countRows(db, 'callbacks')).toBeGreaterThan(1);
});
