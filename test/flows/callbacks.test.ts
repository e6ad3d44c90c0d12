import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyCallback } from '../../client/verify-callback.ts';
import { listAttempts } from '../../src/callbacks/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { loadBooks } from '../helpers/load-books.ts';
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
  troupe = await startTroupe({ worker: true });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function submit(path: string, image = '/duck.jpg'): Promise<string> {
  const callback_url = receiver.url(path);
  const { body } = await troupe.submit(imageRequest(origin.url(image), [origin.url('/duck.jpg')], { callback_url }));
  return body.id;
}

const received = (path: string, count: number) =>
  until(`${count} callbacks at ${path}`, () => {
    const all = receiver.received(path);
    return all.length >= count && all;
  });

const stateOf = (id: string, wanted: string) =>
  until(`callback ${wanted}`, async () => {
    const row = await troupe.database.db
      .selectFrom('callbacks')
      .selectAll()
      .where('task_id', '=', id)
      .executeTakeFirst();
    return row?.state === wanted && row;
  });

describe.concurrent('a callback', () => {
  test('is sent once after billing, its body is the answer of the query, and its signature verifies', async () => {
    receiver.answer('/good', async () => {
      // While it arrives the books must be closed already.
      const rows = await troupe.database.db
        .selectFrom('tasks')
        .select('status')
        .where('callback_url', 'like', '%/good')
        .execute();
      expect(rows.map((row) => row.status)).toEqual(['completed']);
      return { status: 204 };
    });
    const id = await submit('/good');
    const [callback] = await received('/good', 1);
    if (callback === undefined) throw new Error('none');
    expect(callback.task).toEqual((await troupe.call('GET', `/v1/tasks/${id}`)).body);
    expect(callback.task).toMatchObject({ id, status: 'completed', usage: { credits_used: 1 } });
    expect(callback.headers['content-type']).toBe('application/json');
    expect(callback.headers).not.toHaveProperty('authorization');
    const verified = verifyCallback({
      secret: troupe.key.callback_secret,
      headers: callback.headers,
      body: callback.body,
    });
    expect(verified.id).toBe(`msg_${id}`);
    await stateOf(id, 'delivered');
    expect(await listAttempts(troupe.database.db, id)).toMatchObject([
      { attempt: 1, outcome: 'accepted', status_code: 204 },
    ]);
  });

  test('tells of a failed task as well', async () => {
    const id = await submit('/of-failed', '/none.jpg');
    const [callback] = await received('/of-failed', 1);
    expect(callback?.task).toMatchObject({
      id,
      status: 'failed',
      error: { type: 'task_error' },
      usage: { credits_used: 0 },
    });
    expect(callback?.task).toEqual((await troupe.call('GET', `/v1/tasks/${id}`)).body);
  });

  test('that fails is sent 4 times, 1, 2 and 4 s after each failure ended, with one id, then given up', async () => {
    const endedAt: number[] = [];
    receiver.answer('/failing', async (call) => {
      // biome-ignore lint/plugin/waits: so that start and end of a failure differ.
      await new Promise((done) => setTimeout(done, 150));
      endedAt.push(performance.now());
      return call === 3 ? null : { status: call === 1 ? 500 : 404 };
    });
    const id = await submit('/failing');
    const all = await received('/failing', 4);
    const gaps = all.slice(1).map((callback, index) => callback.at - (endedAt[index] as number));
    for (const [index, gapMs] of [1000, 2000, 4000].entries()) {
      // Not before; how much later is the machine's business.
      expect(gaps[index]).toBeGreaterThanOrEqual(gapMs - 5);
    }
    expect(new Set(all.map((callback) => callback.headers['webhook-id']))).toEqual(new Set([`msg_${id}`]));
    expect(new Set(all.map((callback) => callback.body)).size).toBe(1);
    const row = await stateOf(id, 'given_up');
    expect(row.attempts).toBe(4);
    expect(await listAttempts(troupe.database.db, id)).toMatchObject([
      { outcome: 'bad_status', status_code: 500 },
      { outcome: 'bad_status', status_code: 404 },
      { outcome: 'connection_lost', status_code: null },
      { outcome: 'bad_status', status_code: 404 },
    ]);
    const told = () => troupe.log.filter((line) => line.includes(id) && line.includes('a callback was given up'));
    await until('the line in the log', () => told().length > 0);
    expect(told()).toEqual([expect.stringMatching(/"attempt":4[^\n]*"status_code":404[^\n]*"given_up":\d/)]);
    expect(told()[0]).not.toContain('/failing');
    const books = await loadBooks(troupe.database.db, troupe.key.account_id);
    expect(books.available + books.reserved + books.spent).toBe(1000);
    expect(receiver.received('/failing')).toHaveLength(4);
  });

  test('answered with a redirect is a failure; where it points is never asked', async () => {
    receiver.answer('/moved', (call) =>
      call === 1 ? { status: 307, headers: { location: receiver.url('/elsewhere') } } : { status: 200 },
    );
    const id = await submit('/moved');
    await stateOf(id, 'delivered');
    expect(receiver.received('/moved')).toHaveLength(2);
    expect(receiver.received('/elsewhere')).toEqual([]);
    const attempts = await listAttempts(troupe.database.db, id);
    expect(attempts).toMatchObject([
      { outcome: 'bad_status', status_code: 307 },
      { outcome: 'accepted', status_code: 200 },
    ]);
  });

  test('of a task without callback_url is never due', async () => {
    const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
    await troupe.waitForEnd(body.id);
    const rows = await troupe.database.db.selectFrom('callbacks').selectAll().where('task_id', '=', body.id).execute();
    expect(rows).toEqual([]);
  });
});
