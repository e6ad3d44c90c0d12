import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { listKinds, loadBooks } from '../helpers/load-books.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** A video that was sent is paid for: nobody gets it for free by cancelling it, and nobody pays for one that wasn't. */
let standIn: StandIn;
let troupe: StartedTroupe;

beforeEach(async () => {
  standIn.configure({ taskMs: 100_000 });
  standIn.plan({});
  troupe.startWorker();
});
afterEach(async () => {
  await troupe.stopWorkers();
});
beforeAll(async () => {
  standIn = await startStandIn({ parallelMax: 10 });
  troupe = await startTroupe({
    environment: {
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_ACCOUNT: 'studio',
      TROUPE_KLING_PARALLEL_VIDEOS: '5',
    },
  });
  await troupe.grant({ account: 'tester', name: 'many videos' }, 10_000);
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await standIn[Symbol.asyncDispose]();
});

async function submit(prompt: string, duration = 3): Promise<string> {
  const { status, body } = await troupe.submit({ model: 'kling-o3-text-to-video', prompt, duration });
  expect(status, JSON.stringify(body)).toBe(200);
  return body.id;
}
const get = async (id: string) => (await troupe.call('GET', `/v1/tasks/${id}`)).body;
const cancel = (id: string) => troupe.call('POST', `/v1/tasks/${id}/cancel`);
const prompts = () => standIn.creates('/v1/videos/omni-video').map((one) => one.body.prompt);
const books = () => loadBooks(troupe.database.db, troupe.key.account_id);
const kinds = (id: string) => listKinds(troupe.database.db, troupe.key.account_id, id);

/** Lets everything upstream end, also what is yet to come. */
function finishUpstream(): void {
  standIn.configure({ taskMs: 50 });
  standIn.finishAll();
}

test('five videos of 15 s that are cancelled after they were sent: each 409, and the ledger charges what the vendor bills', async () => {
  const billed = standIn.billedSeconds();
  const { spent } = await books();
  const ids = await Promise.all(Array.from({ length: 5 }, (_, at) => submit(`rider ${at}`, 15)));
  const riders = () => prompts().filter((prompt) => prompt.startsWith('rider'));
  await until('all five upstream', () => riders().length === 5);
  const { credits_reserved: price } = (await get(ids[0] as string)).usage;
  for (const id of ids) {
    expect((await get(id)).task_info.can_cancel).toBe(false);
    const refused = await cancel(id);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'task_not_cancellable']);
    expect(refused.body.error.message).toContain('paid for');
    expect(await kinds(id)).toEqual(['reserve']);
  }
  const { body } = await troupe.call('POST', '/v1/tasks/batch', { body: { task_ids: ids } });
  expect(body.data.map((task: { task_info: { can_cancel: boolean } }) => task.task_info.can_cancel)).toEqual(
    ids.map(() => false),
  );
  finishUpstream();
  for (const id of ids) expect((await troupe.waitForEnd(id)).status).toBe('completed');
  expect(standIn.billedSeconds() - billed).toBe(5 * 15);
  expect((await books()).spent - spent).toBeCloseTo(5 * price, 6);
});

test('a video that is cancelled before it was sent is free, and nothing of it is sent', async () => {
  await troupe.stopWorkers();
  const { spent, available } = await books();
  const id = await submit('changed my mind');
  expect((await get(id)).task_info.can_cancel).toBe(true);
  expect((await cancel(id)).body).toMatchObject({ status: 'cancelled', usage: { credits_used: 0 } });
  expect(await kinds(id)).toEqual(['reserve', 'refund']);
  expect(await books()).toMatchObject({ spent, available });
  troupe.startWorker();
  const marker = await submit('marker');
  await until('the marker upstream', () => prompts().includes('marker'));
  finishUpstream();
  await troupe.waitForEnd(marker);
  expect(prompts()).not.toContain('changed my mind');
});

test('what the vendor refused for want of room waits again, and may be cancelled for free', async () => {
  standIn.plan({ creates: Array(200).fill(1303) });
  const id = await submit('no room');
  await until('a refusal', () => prompts().includes('no room'));
  await until('it to wait again', async () => (await get(id)).task_info.can_cancel);
  await until('a cancel between two tries', async () => (await cancel(id)).status === 200);
  expect(await kinds(id)).toEqual(['reserve', 'refund']);
  expect(standIn.tasks().some(({ body }) => body.prompt === 'no room')).toBe(false);
});

test('one whose answer was lost counts as sent until it is known that it did not arrive', async () => {
  standIn.plan({ creates: ['no_answer'] });
  const id = await submit('no answer');
  await until('the create', () => prompts().includes('no answer'));
  const refused = await cancel(id);
  expect([refused.status, refused.body.error.code]).toEqual([409, 'task_not_cancellable']);
  finishUpstream();
  // As if the call had ended: what was sent is looked up by the next process.
  await troupe.stopWorkers();
  await sql`update kling_tasks set sent_at = now() - interval '1 hour' where subject = ${id}`.execute(
    troupe.database.db,
  );
  troupe.startWorker();
  expect((await troupe.waitForEnd(id)).status).toBe('completed');
});

test('cancels at every moment of a video: cancelled and free is what was never sent, and the rest is charged', async () => {
  standIn.configure({ taskMs: 20 });
  const another = troupe.startWorker();
  const ids = await Promise.all(
    Array.from({ length: 40 }, async (_, at) => {
      const id = await submit(`race ${at}`);
      // Its worker has come a little further with each.
      for (let looks = 0; looks < at % 8; looks += 1) await get(id);
      const { status } = await cancel(id);
      expect([200, 409]).toContain(status);
      return { id, prompt: `race ${at}`, wasCancelled: status === 200 };
    }),
  );
  for (const { id, prompt, wasCancelled } of ids) {
    const { status } = await troupe.waitForEnd(id);
    expect(status).toBe(wasCancelled ? 'cancelled' : 'completed');
    expect(await kinds(id)).toEqual(['reserve', wasCancelled ? 'refund' : 'settle']);
    expect(prompts().includes(prompt)).toBe(!wasCancelled);
  }
  await another.close();
});
