import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { listKinds } from '../helpers/load-books.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** What stands in the way of one product at the Kling API is no trouble of those who ask for another, and fails nobody. */
let origin: MediaOrigin;
let standIn: StandIn;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  standIn = await startStandIn({ parallelMax: 1 });
  troupe = await startTroupe({
    worker: true,
    environment: {
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_ACCOUNT: 'studio',
      TROUPE_KLING_PARALLEL_VIDEOS: '1',
      TROUPE_ELEMENT_ENGINE: 'kling',
      TROUPE_UPSTREAM_SLOTS: '2',
    },
  });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await standIn[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});
beforeEach(() => standIn.configure({ taskMs: 100 }));
afterEach(() => standIn.refuse(() => null));

const v3 = 'kling-v3-text-to-video';
const o3 = 'kling-o3-text-to-video';
const submit = (model: string, prompt = 'a dog') => troupe.submit({ model, prompt, duration: 3 });
async function accept(model: string, prompt?: string): Promise<string> {
  const { status, body } = await submit(model, prompt);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.id;
}
const get = async (id: string) => (await troupe.call('GET', `/v1/tasks/${id}`)).body;
const isHeld = async (id: string) => (await get(id)).task_info.step === 'held';
/** As if the operator had mended it and the time of the stop were over. */
async function mend(): Promise<void> {
  standIn.refuse(() => null);
  await sql`update kling_accounts set stopped_until = now()`.execute(troupe.database.db);
}

test('a model that the account has no right to is held and told so; other models are made, and accepted', async () => {
  standIn.refuse((body) => (body.model_name === 'kling-v3' ? 1103 : null));
  const held = await accept(v3);
  await until('it to be held', () => isHeld(held));
  expect((await troupe.waitForEnd(await accept(o3))).status).toBe('completed');
  const refused = await until('a refusal', async () => {
    const answer = await submit(v3);
    return answer.status === 503 && answer;
  });
  expect(refused.body.error.code).toBe('service_unavailable');
  expect((await submit(o3)).status).toBe(200);
  expect(troupe.log.filter((line) => line.includes('are held until'))).toHaveLength(1);
  expect(troupe.log.some((line) => line.includes('video/kling-v3') && line.includes('1103'))).toBe(true);
  await mend();
  expect((await troupe.waitForEnd(held)).status).toBe('completed');
});

test('a used-up pack fails nobody: videos are held with an estimate, elements are made, and all goes on when it is mended', async () => {
  // What the process of the requests remembers of the last stop is over.
  await until('a request to be taken', async () => (await submit(v3)).status === 200);
  standIn.refuse((body) => (body.model_name === undefined ? null : 1102));
  const ids = await Promise.all([accept(v3), accept(v3), accept(v3)]);
  const [first = ''] = ids;
  for (const id of ids) await until('each to be held', () => isHeld(id));
  const { task_info } = await get(first);
  expect(task_info).toMatchObject({ can_cancel: true, step: 'held' });
  expect(task_info.estimated_time).toBeGreaterThan(5);
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  expect((await troupe.waitForEnd(body.id)).status).toBe('completed');
  await mend();
  for (const id of ids) {
    expect((await troupe.waitForEnd(id)).status).toBe('completed');
    expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'settle']);
  }
});

test('slots are counted by model: one that waits for its own keeps no other waiting', async () => {
  await until('a request to be taken', async () => (await submit(v3)).status === 200);
  await until('it to be made', () => standIn.countRunning() === 0);
  standIn.configure({ taskMs: 100_000 });
  const running = await accept(v3);
  await until('it upstream', () => standIn.countRunning() === 1);
  const waiting = await accept(v3);
  const other = await accept(o3);
  await until('the other upstream', () => standIn.countRunning() === 2);
  expect((await get(waiting)).status).not.toBe('completed');
  standIn.configure({ taskMs: 100 });
  standIn.finishAll();
  for (const id of [running, waiting, other]) expect((await troupe.waitForEnd(id)).status).toBe('completed');
});

test('what only waits takes no place of a worker: an element passes more waiting videos than there are places', async () => {
  standIn.configure({ taskMs: 100_000 });
  const ids = await Promise.all(Array.from({ length: 6 }, (_, at) => accept(v3, `waiting ${at}`)));
  await until('one upstream', () => standIn.countRunning() === 1);
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  const made = await until('the element upstream', () =>
    standIn.tasks().find((task) => task.madeId !== null && !task.deleted && task.endsAt > performance.now()),
  );
  made.endsAt = performance.now();
  expect((await troupe.waitForEnd(body.id)).status).toBe('completed');
  for (const id of ids) expect(['pending', 'processing']).toContain((await get(id)).status);
  standIn.configure({ taskMs: 100 });
  standIn.finishAll();
  for (const id of ids) expect((await troupe.waitForEnd(id)).status).toBe('completed');
});
