import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { expire } from '../../src/flow/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { loadBooks } from '../helpers/load-books.ts';
import { runTroupe } from '../helpers/run-command-line.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/** Further views of an element by a whole server and the vendor, and the element that is made of one set of them. */
const path = '/v1/general/ai-multi-shot';
let standIn: StandIn;
let origin: MediaOrigin;
let troupe: StartedTroupe;
let elementId: string;

beforeAll(async () => {
  standIn = await startStandIn({ parallelMax: 9, taskMs: 50 });
  origin = await startOrigin();
  troupe = await startTroupe({
    worker: true,
    environment: {
      TROUPE_ELEMENT_ENGINE: 'local',
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_ACCOUNT: 'angles',
    },
  });
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  elementId = (await troupe.waitForEnd(body.id, 120_000)).result_data.element_id;
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
  await standIn?.[Symbol.asyncDispose]();
});
afterEach(() => {
  standIn.plan({});
  standIn.configure({ taskMs: 50 });
});

const ask = (body: object | null = {}, headers: Record<string, string> = {}, element = elementId) =>
  troupe.call('POST', `/v1/elements/${element}/angles`, { ...(body === null ? {} : { body }), headers });
const choose = (taskId: string, body: object, headers: Record<string, string> = {}, element = elementId) =>
  troupe.call('POST', `/v1/elements/${element}/angles/${taskId}/choose`, { body, headers });
const make = async () => {
  const { status, body } = await ask();
  expect(status, JSON.stringify(body)).toBe(200);
  return await troupe.waitForEnd(body.id, 60_000);
};
const books = () => loadBooks(troupe.database.db, troupe.key.account_id);
const refusal = ({ status, body }: { status: number; body: { error: { code: string; param?: string } } }) => [
  status,
  body.error.code,
  body.error.param,
];

test('nine pictures in three sets are stored here and charged as one call; only the frontal picture is sent', async () => {
  const before = await books();
  const billed = standIn.billedUnits();
  const task = await make();
  expect(task).toMatchObject({
    status: 'completed',
    type: 'image',
    model: 'kling-image-angles',
    usage: { credits_used: 4.5 },
    result_data: { engine: 'kling', element_ids: [elementId], warnings: [] },
  });
  expect(task.result_data.images.map(({ set }: { set: number }) => set)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
  expect(task.results).toHaveLength(9);
  standIn.expireLinks();
  for (const url of task.results) expect((await fetch(url)).headers.get('content-type')).toBe('image/png');
  const { body } = standIn.creates(path).at(-1) ?? {};
  expect(body).toEqual({
    element_frontal_image: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
    external_task_id: expect.stringMatching(/^troupe-/),
  });
  // Half a unit, of which 0.6 are 5.4 credits; the element itself isn't made known for it.
  expect(standIn.billedUnits() - billed).toBeCloseTo(0.5, 6);
  expect((await books()).spent - before.spent).toBeCloseTo(4.5, 6);
  expect(standIn.creates('/v1/general/advanced-custom-elements')).toEqual([]);
});

test('a chosen set becomes a new element of the same frontal picture, and the first element stays as it is', async () => {
  const angles = await make();
  const old = (await troupe.call('GET', `/v1/elements/${elementId}`)).body;
  const { status, body } = await choose(angles.id, { set: 1, element_name: 'All around' });
  expect(status, JSON.stringify(body)).toBe(200);
  const made = await troupe.waitForEnd(body.id, 120_000);
  expect(made).toMatchObject({ status: 'completed', model: 'kling-custom-element', usage: { credits_used: 1 } });
  const { body: element } = await troupe.call('GET', `/v1/elements/${made.result_data.element_id}`);
  expect(element).toMatchObject({
    element_name: 'All around',
    element_description: old.element_description,
    reference_type: 'image_refer',
  });
  expect(element.sources).toHaveLength(4);
  expect((await troupe.call('GET', `/v1/elements/${elementId}`)).body).toEqual(old);
});

test('a lost answer is looked up by its name there: nothing is made or billed twice', async () => {
  const billed = standIn.billedUnits();
  standIn.plan({ creates: ['lost_answer', 'done_5001'] });
  const tasks = [await make(), await make()];
  expect(tasks.map(({ status }) => status)).toEqual(['completed', 'completed']);
  expect(standIn.billedUnits() - billed).toBeCloseTo(1, 6);
  expect(Math.max(...Object.values(standIn.made()))).toBe(1);
});

test('fewer pictures are charged by their share, and a set of which some came can still be chosen', async () => {
  standIn.plan({ tasks: [{ makes: { pictures: 5 } }] });
  const before = await books();
  const task = await make();
  expect(task).toMatchObject({
    usage: { credits_used: 2.5 },
    result_data: { warnings: [{ code: 'fewer_than_asked', message: '5 of 9 pictures' }] },
  });
  expect((await books()).spent - before.spent).toBeCloseTo(2.5, 6);
  const none = await choose(task.id, { set: 2 });
  expect(refusal(none)).toEqual([400, 'invalid_request', 'set']);
  expect(none.body.error.message).toBe('set: is 2, the task made 0, 1');
  const made = await troupe.waitForEnd((await choose(task.id, { set: 1 })).body.id, 120_000);
  const { body: element } = await troupe.call('GET', `/v1/elements/${made.result_data.element_id}`);
  expect(element.sources).toHaveLength(3);
});

test('the same key gives the first task back, of the angles and of the choice, and a dry run tells the price and makes nothing', async () => {
  const first = await ask({}, { 'idempotency-key': 'angles-of-the-duck' });
  const again = await ask({}, { 'idempotency-key': 'angles-of-the-duck' });
  expect([again.body.id, again.headers.get('idempotency-replayed')]).toEqual([first.body.id, 'true']);
  await troupe.waitForEnd(first.body.id, 60_000);
  const chosen = await choose(first.body.id, { set: 0 }, { 'idempotency-key': 'choice-of-the-duck' });
  const repeated = await choose(first.body.id, { set: 0 }, { 'idempotency-key': 'choice-of-the-duck' });
  expect(repeated.body.id).toBe(chosen.body.id);
  const other = await choose(first.body.id, { set: 2 }, { 'idempotency-key': 'choice-of-the-duck' });
  expect(refusal(other)).toEqual([409, 'idempotency_conflict', 'Idempotency-Key']);
  const sent = standIn.creates(path).length;
  const dry = await troupe.waitForEnd((await ask({ dry_run: true })).body.id, 60_000);
  expect(dry.result_data).toMatchObject({ dry_run: true, would_reserve_credits: 4.5 });
  expect(refusal(await choose(dry.id, { set: 0 }))).toEqual([404, 'file_not_found', 'task_id']);
  const dryChoice = await choose(first.body.id, { set: 0, dry_run: true });
  expect((await troupe.waitForEnd(dryChoice.body.id, 120_000)).result_data).toMatchObject({ would_reserve_credits: 1 });
  expect(standIn.creates(path)).toHaveLength(sent);
  await troupe.waitForEnd(chosen.body.id, 120_000);
});

test('one that was sent can not be cancelled, one that fails there is given back in full, and neither can be chosen from', async () => {
  standIn.configure({ taskMs: 100_000 });
  const before = await books();
  const { body: sent } = await ask(null);
  await until('its mark', async () => {
    const { body } = await troupe.call('GET', `/v1/tasks/${sent.id}`);
    return body.task_info.can_cancel === false || null;
  });
  expect(refusal(await troupe.call('POST', `/v1/tasks/${sent.id}/cancel`)).slice(0, 2)).toEqual([
    409,
    'task_not_cancellable',
  ]);
  const early = await choose(sent.id, { set: 0 });
  expect(refusal(early)).toEqual([404, 'file_not_found', 'task_id']);
  expect(early.body.error.message).toContain('which is processing');
  standIn.finishAll();
  await troupe.waitForEnd(sent.id, 60_000);
  standIn.configure({ taskMs: 50 });
  standIn.plan({ tasks: [{ fails: 'the server is overloaded' }] });
  const failed = await make();
  expect(failed).toMatchObject({ status: 'failed', usage: { credits_used: 0 } });
  expect(refusal(await choose(failed.id, { set: 0 }))).toEqual([404, 'file_not_found', 'task_id']);
  expect((await books()).spent - before.spent).toBeCloseTo(4.5, 6);
});

test('elements and tasks of others look like ones that never were, and what has no effect is refused before a credit is reserved', async () => {
  const angles = await make();
  const before = await books();
  expect(refusal(await ask({}, {}, '4129876500129999'))).toEqual([404, 'element_not_found', 'element_id']);
  expect(refusal(await choose(angles.id, { set: 0 }, {}, '4129876500129999'))).toEqual([
    404,
    'element_not_found',
    'element_id',
  ]);
  const stranger = await troupe.grant({ account: 'stranger', name: 'a key' }, 100);
  const theirs = await troupe.call('POST', `/v1/elements/${elementId}/angles`, { body: {}, key: stranger.key });
  expect(refusal(theirs)).toEqual([404, 'element_not_found', 'element_id']);
  const { body: pictures } = await troupe.call('POST', '/v1/images/generations', {
    body: { model: 'kling-image-o1', prompt: 'A yard', dry_run: true },
  });
  expect(refusal(await choose(pictures.id, { set: 0 }))).toEqual([404, 'task_not_found', 'task_id']);
  expect(refusal(await choose('nothing', { set: 0 }))).toEqual([400, 'invalid_task_id', 'task_id']);
  for (const [body, param] of [
    [{ dryRun: true }, 'dryRun'],
    [{ callback_url: 'ftp://example.com/' }, 'callback_url'],
  ] as const) {
    expect(refusal(await ask(body))).toEqual([400, 'invalid_request', param]);
  }
  for (const [body, param] of [
    [{}, 'set'],
    [{ set: -1 }, 'set'],
    [{ set: 0, element_name: 'a name of far too many letters' }, 'element_name'],
    [{ set: 0, name: 'Duck' }, 'name'],
  ] as const) {
    expect(refusal(await choose(angles.id, body))).toEqual([400, 'invalid_request', param]);
  }
  expect(await books()).toEqual(before);
});

test('410 once the time of the pictures is over, and nothing is charged', async () => {
  const angles = await make();
  const { now } = troupe.context.clock;
  troupe.context.clock.now = () => new Date(Date.now() + 26 * 3_600_000);
  await expire(troupe.context);
  troupe.context.clock.now = now;
  const before = await books();
  expect(refusal(await choose(angles.id, { set: 0 })).slice(0, 2)).toEqual([410, 'link_expired']);
  expect(await books()).toEqual(before);
});

test('a frontal picture without an element will do, and one thing at a time', async () => {
  const submit = (rest: object) =>
    troupe.call('POST', '/v1/images/generations', { body: { model: 'kling-image-angles', ...rest } });
  const model_params = { element_list: [{ element_id: elementId }] };
  const { body } = await submit({ image_urls: [origin.url('/duck.jpg')] });
  expect(await troupe.waitForEnd(body.id, 60_000)).toMatchObject({ status: 'completed', usage: { credits_used: 4.5 } });
  expect(refusal(await choose(body.id, { set: 0 }))).toEqual([404, 'task_not_found', 'task_id']);
  expect(refusal(await submit({}))).toEqual([400, 'invalid_request', 'model_params.element_list']);
  expect(refusal(await submit({ image_urls: [origin.url('/duck.jpg')], model_params }))).toEqual([
    400,
    'invalid_request',
    'image_urls',
  ]);
});

test("the command line makes them, saves each by its set and chooses one; the vendor's form has its own path", async () => {
  const environment = { TROUPE_URL: troupe.url, TROUPE_API_KEY: troupe.key.key };
  const folder = await mkdtemp(join(tmpdir(), 'troupe-angles-'));
  try {
    const file = join(folder, 'duck.png');
    const made = await runTroupe(['elements', 'angles', elementId, '--json', '-o', file], environment);
    expect(made.code, made.stderr).toBe(0);
    expect((await readdir(folder)).sort()).toEqual(
      [0, 1, 2].flatMap((set) => [1, 2, 3].map((nth) => `duck-${set}-${nth}.png`)),
    );
    const { id } = JSON.parse(made.stdout) as { id: string };
    const words = ['elements', 'choose', elementId, id];
    const chosen = await runTroupe([...words, '2', '--name', 'Duck about', '--wait'], environment);
    expect(chosen.code, chosen.stderr).toBe(0);
    expect(chosen.stdout).toContain('Duck about');
    const wrong = await runTroupe([...words, 'two'], environment);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('SET must be the number of a set')]);
    const none = await runTroupe([...words, '7'], environment);
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('the task made 0, 1, 2')]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const created = await troupe.call('POST', path, {
    body: { element_frontal_image: origin.url('/duck.jpg'), external_task_id: 'angles-7' },
  });
  expect(created.body, JSON.stringify(created.body)).toMatchObject({ code: 0 });
  await troupe.waitForEnd(created.body.data.task_id, 60_000);
  const { body } = await troupe.call('GET', `${path}/angles-7`);
  const set = (index: number) => ({
    index,
    url_1: expect.stringMatching(/^http/),
    url_2: expect.stringMatching(/^http/),
    url_3: expect.stringMatching(/^http/),
  });
  expect(body.data.task_result.images).toEqual([set(0), set(1), set(2)]);
  const missing = await troupe.call('POST', path, { body: {} });
  expect([missing.status, missing.body.code, missing.body.message]).toEqual([
    400,
    1201,
    expect.stringContaining('element_frontal_image'),
  ]);
});

test('without an account there nothing is drawn in their place: 404 names the engine', async () => {
  await using plain = await startTroupe({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
  const { body } = await plain.submit(imageRequest(origin.url('/duck.jpg')));
  const { result_data } = await plain.waitForEnd(body.id, 120_000);
  const before = await loadBooks(plain.database.db, plain.key.account_id);
  for (const dry_run of [false, true]) {
    const refused = await plain.call('POST', `/v1/elements/${result_data.element_id}/angles`, { body: { dry_run } });
    expect(refusal(refused).slice(0, 2)).toEqual([404, 'engine_not_available']);
    expect(refused.body.error.message).toContain('kling');
  }
  expect(await loadBooks(plain.database.db, plain.key.account_id)).toEqual(before);
});
