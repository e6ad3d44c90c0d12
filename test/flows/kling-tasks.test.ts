import { readdir } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expire } from '../../src/flow/index.ts';
import { bindElement } from '../../src/kling/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { listKinds } from '../helpers/load-books.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** What becomes of tasks and elements at the Kling API when their owner changes his mind. */
let origin: MediaOrigin;
let standIn: StandIn;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  standIn = await startStandIn({ taskMs: 100 });
  troupe = await startTroupe({
    worker: true,
    environment: {
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_ACCOUNT: 'studio',
      TROUPE_KLING_PARALLEL_VIDEOS: '1',
      TROUPE_ELEMENT_ENGINE: 'kling',
    },
  });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await standIn[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const submitVideo = async (prompt: string): Promise<string> =>
  (await troupe.submit({ model: 'kling-o3-text-to-video', prompt, duration: 3 })).body.id;
const cancel = (id: string) => troupe.call('POST', `/v1/tasks/${id}/cancel`);
const prompts = () => standIn.creates('/v1/videos/omni-video').map((one) => one.body.prompt);

test('a video that is cancelled while it waits for a slot is never sent, and those behind it are', async () => {
  standIn.configure({ taskMs: 100_000 });
  const first = await submitVideo('first');
  await until('the first upstream', () => prompts().length === 1);
  const second = await submitVideo('second');
  await until('the second to wait', async () => {
    const { body } = await troupe.call('GET', `/v1/tasks/${second}`);
    return body.task_info.step === 'waiting';
  });
  expect((await cancel(second)).body.status).toBe('cancelled');
  const third = await submitVideo('third');
  standIn.configure({ taskMs: 100 });
  standIn.finishAll();
  for (const id of [first, third]) expect((await troupe.waitForEnd(id)).status).toBe('completed');
  expect(prompts()).toEqual(['first', 'third']);
  const books = await listKinds(troupe.database.db, troupe.key.account_id, second);
  expect(books).toEqual(['reserve', 'refund']);
});

async function makeElement(): Promise<string> {
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  return (await troupe.waitForEnd(body.id)).result_data.element_id;
}

test('the tags of an element go upstream and stand in the library, and nothing of them where none were sent', async () => {
  const request = imageRequest(origin.url('/duck.jpg'));
  const tag_list = [{ tag_id: 'o_103' }, { tag_id: 'o_101' }];
  const model_params = { ...request.model_params, tag_list };
  const { body } = await troupe.submit({ ...request, model_params });
  const { element_id, elements } = (await troupe.waitForEnd(body.id)).result_data;
  expect(elements[0].tag_list).toEqual(tag_list);
  expect((await troupe.call('GET', `/v1/elements/${element_id}`)).body.tag_list).toEqual(tag_list);
  const creates = () => standIn.creates('/v1/general/advanced-custom-elements');
  expect(creates().at(-1)?.body.tag_list).toEqual(tag_list);
  const plain = await makeElement();
  expect(creates().at(-1)?.body).not.toHaveProperty('tag_list');
  expect((await troupe.call('GET', `/v1/elements/${plain}`)).body).not.toHaveProperty('tag_list');
  // Made known under another account, it has its tags there as well.
  await sql`update kling_elements set credential = 'former' where element_id = ${element_id}::bigint`.execute(
    troupe.database.db,
  );
  const video = { model: 'kling-o3-text-to-video', prompt: 'a', model_params: { element_list: [{ element_id }] } };
  await troupe.waitForEnd((await troupe.submit(video)).body.id);
  expect(creates().at(-1)?.body.tag_list).toEqual(tag_list);
});

const isDeletedUpstream = (upstreamId: string) =>
  standIn.tasks().find((task) => task.madeId === upstreamId)?.deleted ?? false;

test('an element is not deleted here while the Kling API can not be asked to, and is on the next try', async () => {
  const elementId = await makeElement();
  const upstreamId = standIn.tasks().at(-1)?.madeId ?? '';
  standIn.plan({ creates: [5001] });
  const refused = await troupe.call('DELETE', `/v1/elements/${elementId}`);
  expect([refused.status, refused.body.error.code]).toEqual([503, 'service_unavailable']);
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
  expect((await troupe.call('GET', `/v1/elements/${elementId}`)).status).toBe(200);
  expect(isDeletedUpstream(upstreamId)).toBe(false);
  expect((await troupe.call('DELETE', `/v1/elements/${elementId}`)).status).toBe(200);
  expect(isDeletedUpstream(upstreamId)).toBe(true);
});

test('what the Kling API refuses to delete for good is deleted here, and logged', async () => {
  const elementId = await makeElement();
  standIn.plan({ creates: [1200] });
  expect((await troupe.call('DELETE', `/v1/elements/${elementId}`)).status).toBe(200);
  expect(troupe.log.some((line) => line.includes('refuses to delete an element'))).toBe(true);
});

test('what a video makes of an element upstream while that is deleted is removed there an hour later', async () => {
  const elementId = await makeElement();
  expect((await troupe.call('DELETE', `/v1/elements/${elementId}`)).status).toBe(200);
  const late = standIn.addElement({ element_name: 'Late', element_description: 'd', reference_type: 'image_refer' });
  const binding = { element_id: elementId, credential: 'studio', upstream_element_id: late };
  await bindElement(troupe.database.db, { ...binding, origin: 'provisioned' });
  const { now } = troupe.context.clock;
  troupe.context.clock.now = () => new Date(Date.now() + 2 * 3_600_000);
  await expire(troupe.context);
  troupe.context.clock.now = now;
  expect(isDeletedUpstream(late)).toBe(true);
});

test('a video that is cancelled before it has begun upstream is never sent, however soon its worker goes on', async () => {
  const frame = origin.gate('/gated.jpg', '/duck.jpg');
  const before = prompts().length;
  const body = {
    model: 'kling-o3-image-to-video',
    prompt: 'gated',
    duration: 3,
    image_start: origin.url('/gated.jpg'),
  };
  const { body: task } = await troupe.submit(body);
  await frame.asked;
  expect((await cancel(task.id)).body.status).toBe('cancelled');
  frame.open();
  await until('its attempt to end', async () => {
    return !(await readdir(troupe.context.workFolder)).some((name) => name.startsWith(task.id));
  });
  const marker = await submitVideo('after the gated one');
  expect((await troupe.waitForEnd(marker)).status).toBe('completed');
  expect(prompts().slice(before)).toEqual(['after the gated one']);
});

const elementsPath = '/v1/general/advanced-custom-elements';

/** Lets the sweep look at once at what it would look at in a minute, and sweeps until `done`. */
async function sweepUntil(what: string, done: () => boolean): Promise<void> {
  await until(what, async () => {
    await sql`update kling_tasks set polled_at = now() - interval '1 hour', sent_at = sent_at - interval '1 hour'
      where unwanted_at is not null`.execute(troupe.database.db);
    await expire(troupe.context);
    return done();
  });
}

test.each([
  ['after its create was answered', null],
  ['although the answer of its create was lost', 'lost_answer'],
] as const)('the twin of a cancelled element is deleted upstream, %s', async (_, fault) => {
  const before = standIn.tasks().length;
  standIn.configure({ taskMs: 100_000 });
  standIn.plan({ creates: [fault] });
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  const twin = await until('the element upstream', () => standIn.tasks().slice(before)[0]);
  await until('its row', async () => {
    const { rows } = await sql<{ state: string }>`select state from kling_tasks where subject = ${body.id}`.execute(
      troupe.database.db,
    );
    return rows[0]?.state === (fault === null ? 'submitted' : 'sending');
  });
  expect((await cancel(body.id)).body.status).toBe('cancelled');
  // Whatever followed it is gone; another process sweeps.
  await troupe.stopWorkers();
  await expire(troupe.context);
  expect(twin.deleted).toBe(false);
  standIn.configure({ taskMs: 100 });
  standIn.finishAll();
  await sweepUntil('the twin to be deleted', () => twin.deleted);
  // What the account has left is asked now and then, whatever there is to do.
  const listCalls = () => standIn.received().filter(({ path }) => !path.startsWith('/account/costs'));
  const calls = listCalls().length;
  await sweepUntil('a sweep with nothing to do', () => true);
  expect(listCalls()).toHaveLength(calls);
  troupe.startWorker();
});

test('an element that is deleted here while a cancelled video has it made upstream is deleted there too', async () => {
  const { engines } = troupe.context;
  const { chooseElementEngine } = engines;
  engines.chooseElementEngine = () => engines.getElementEngine('local');
  const elementId = await makeElement();
  engines.chooseElementEngine = chooseElementEngine;
  standIn.configure({ taskMs: 100_000 });
  const before = standIn.creates(elementsPath).length;
  const { body } = await troupe.submit({
    model: 'kling-o3-text-to-video',
    prompt: '<<<element_1>>>',
    duration: 3,
    model_params: { element_list: [{ element_id: elementId }] },
  });
  await until('the element upstream', () => standIn.creates(elementsPath).length > before);
  const twin = standIn.tasks().at(-1);
  await cancel(body.id);
  expect((await troupe.call('DELETE', `/v1/elements/${elementId}`)).status).toBe(200);
  standIn.configure({ taskMs: 100 });
  standIn.finishAll();
  await sweepUntil('the twin to be deleted', () => twin?.deleted ?? false);
});
