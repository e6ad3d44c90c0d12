import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient, createElement, parseDryRunResult, waitForTask } from '../../client/index.ts';
import { checkLedger } from '../../src/credits/index.ts';
import { imageRequest, videoRequest } from '../helpers/flow-bodies.ts';
import { countRows, loadBooks } from '../helpers/load-books.ts';
import { makeZeroPng } from '../helpers/make-hostile-files.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
let standIn: StandIn;
let receiver: CallbackReceiver;
let troupe: StartedTroupe;
/** An element of the library, made for real, and one that was deleted. */
let elementId: string;
let deletedId: string;

beforeAll(async () => {
  origin = await startOrigin();
  receiver = await startReceiver();
  standIn = await startStandIn({ taskMs: 50 });
  troupe = await startTroupe({
    worker: true,
    environment: {
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_ACCOUNT: 'studio',
      TROUPE_ELEMENT_ENGINE: 'kling',
    },
  });
  for (const [path, width, height] of [
    ['/small.png', 200, 200],
    ['/long.png', 1000, 310],
  ] as const) {
    origin.serve(path, (_, response) => response.end(makeZeroPng(width, height, 'rgb')));
  }
  origin.serve('/text.jpg', (_, response) => response.end('<html>no picture</html>'));
  origin.serve('/away.jpg', (_, response) => response.writeHead(410).end());
  elementId = await makeElement();
  deletedId = await makeElement();
  await troupe.call('DELETE', `/v1/elements/${deletedId}`);
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await standIn[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function makeElement(): Promise<string> {
  const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  return (await troupe.waitForEnd(body.id)).result_data.element_id;
}

const rows = async () => {
  const { db } = troupe.database;
  const { count } = (
    await sql<{ count: number }>`select count(*)::int as count from transfers where task_id is not null`.execute(db)
  ).rows[0] as { count: number };
  return {
    elements: await countRows(db, 'elements'),
    transfers: count,
    books: await loadBooks(db, troupe.key.account_id),
  };
};

const duck = () => imageRequest(origin.url('/duck.jpg'), [origin.url('/bear.jpg')]);

describe('a dry run', () => {
  test('of an element ends with what the real request would do, and reserves, charges, makes and calls nothing', async () => {
    const before = await rows();
    const creates = standIn.creates('/v1/general/advanced-custom-elements').length;
    const { status, body } = await troupe.submit({ ...duck(), dry_run: true });
    expect([status, body.dry_run, body.usage.credits_reserved]).toEqual([200, true, 0]);
    const task = await troupe.waitForEnd(body.id);
    expect(task).toMatchObject({ dry_run: true, status: 'completed', results: [], usage: { credits_used: 0 } });
    const { result_data } = task;
    expect(Object.keys(result_data).sort()).toEqual(
      ['dry_run', 'estimated_seconds', 'preview', 'report', 'sources', 'would_reserve_credits'].sort(),
    );
    expect(result_data).toMatchObject({
      dry_run: true,
      would_reserve_credits: 1,
      preview: { sheet_url: expect.any(String) },
    });
    expect(result_data.sources.map((one: { role: string }) => one.role)).toEqual(['frontal_image', 'refer_image']);
    expect(result_data.report.length).toBeGreaterThan(0);
    const sheet = await fetch(result_data.preview.sheet_url.replace(/^http:\/\/[^/]+/, troupe.url));
    expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(await rows()).toEqual(before);
    expect(standIn.creates('/v1/general/advanced-custom-elements')).toHaveLength(creates);
    const list = await troupe.call('GET', '/v1/tasks?limit=1');
    expect(list.body.data[0]).toMatchObject({ id: body.id, dry_run: true });
    expect(await checkLedger(troupe.database.db)).toEqual([]);
  });

  test('of a video looks into cast and sources, and sends nothing to the service that would make it', async () => {
    const before = await rows();
    const sent = standIn.creates('/v1/videos/omni-video').length;
    const { body } = await troupe.submit({
      model: 'kling-o3-image-to-video',
      prompt: '<<<element_1>>> swims',
      image_start: origin.url('/duck.jpg'),
      duration: 3,
      model_params: { element_list: [{ element_id: elementId }] },
      dry_run: true,
    });
    const { result_data, status } = await troupe.waitForEnd(body.id);
    expect(status).toBe('completed');
    expect(result_data).toMatchObject({ dry_run: true, would_reserve_credits: expect.any(Number), report: [] });
    expect(result_data.sources).toMatchObject([
      { role: 'image_start', param: 'image_start', facts: { kind: 'image' } },
    ]);
    expect(result_data).not.toHaveProperty('preview');
    expect(standIn.creates('/v1/videos/omni-video')).toHaveLength(sent);
    expect(await rows()).toEqual(before);
  });

  test('needs no credits, and says what the real request would need', async () => {
    const poor = await troupe.grant({ account: 'poor', name: 'poor' }, 0);
    const call = (body: object) => troupe.call('POST', '/v1/videos/generations', { body, key: poor.key });
    expect((await call(duck())).status).toBe(402);
    expect((await call({ ...duck(), dry_run: true })).status).toBe(200);
  });

  test('with an idempotency key is answered again as itself, and the real request under it is a conflict', async () => {
    const headers = { 'idempotency-key': 'dry-run-key-0000001' };
    const first = await troupe.submit({ ...duck(), dry_run: true }, headers);
    const again = await troupe.submit({ ...duck(), dry_run: true }, headers);
    expect([again.body.id, again.body.dry_run]).toEqual([first.body.id, true]);
    expect((await troupe.submit(duck(), headers)).body.error.code).toBe('idempotency_conflict');
    await troupe.waitForEnd(first.body.id);
  });

  test('can be cancelled; nothing is refunded, for nothing was reserved', async () => {
    const gate = origin.gate('/gated.jpg', 'duck.jpg');
    const { body } = await troupe.submit({ ...imageRequest(origin.url('/gated.jpg')), dry_run: true });
    await gate.asked;
    const before = await rows();
    const cancelled = await troupe.call('POST', `/v1/tasks/${body.id}/cancel`);
    expect(cancelled.body).toMatchObject({ status: 'cancelled', dry_run: true, usage: { credits_used: 0 } });
    gate.open();
    expect(await rows()).toEqual(before);
  });

  test('is told to callback_url only if it names one, and says that it was one', async () => {
    const callback_url = receiver.url('/dry');
    await troupe.submit({ ...duck(), dry_run: true, callback_url });
    const [callback] = await until(
      'the callback',
      () => receiver.received('/dry').length > 0 && receiver.received('/dry'),
    );
    expect(callback?.task).toMatchObject({ dry_run: true, status: 'completed', result_data: { dry_run: true } });
  });

  test('counts among the unfinished tasks of its key', async () => {
    await using small = await startTroupe({ environment: { TROUPE_KEY_UNFINISHED_TASKS: '1' } });
    const { status } = await small.submit({ ...imageRequest('https://example.com/a.jpg'), dry_run: true });
    expect(status).toBe(200);
    expect((await small.submit(imageRequest('https://example.com/a.jpg'))).status).toBe(429);
  });

  test('counts in the rate of its key', async () => {
    const environment = { TROUPE_KEY_REQUESTS_PER_MINUTE: '1', TROUPE_KEY_REQUESTS_BURST: '1' };
    await using small = await startTroupe({ environment });
    const dry = { ...imageRequest('https://example.com/a.jpg'), dry_run: true };
    expect((await small.submit(dry)).status).toBe(200);
    expect((await small.submit(dry)).status).toBe(429);
  });

  test('does not count in the usual duration of real tasks', async () => {
    const { db } = troupe.database;
    await sql`update tasks set finished_at = created_at + interval '9 hours' where dry_run and status = 'completed'`.execute(
      db,
    );
    const { findUsualDuration } = await import('../../src/tasks/queries.ts');
    expect(await findUsualDuration(db, 'kling-custom-element', 'kling')).toBeLessThan(3600);
  });

  test('is asked for and read by the typed client', async () => {
    const client = createClient({ baseUrl: troupe.url, key: troupe.key.key });
    const { id } = await createElement(client, { ...duck(), dry_run: true } as never);
    const found = parseDryRunResult(await waitForTask(client, id));
    expect(found?.would_reserve_credits).toBe(1);
  });
});

describe('what is nearly dry_run is refused rather than charged', () => {
  test.each([
    [{ dry_run: 'true' }, 'dry_run'],
    [{ dry_run: 1 }, 'dry_run'],
    [{ dry_run: 'yes' }, 'dry_run'],
    [{ dryRun: true }, 'dryRun'],
    [{ 'dry-run': true }, 'dry-run'],
    [{ model_params: { ...plainParams(), dry_run: true } }, 'model_params.dry_run'],
  ])('%j', async (fields, param) => {
    const before = await countRows(troupe.database.db, 'tasks');
    const { status, body } = await troupe.submit({ ...imageRequest('https://example.com/a.jpg'), ...fields });
    expect([status, body.error.code, body.error.param]).toEqual([400, 'invalid_request', param]);
    expect(await countRows(troupe.database.db, 'tasks')).toBe(before);
  });

  test('false and null ask for the real thing', async () => {
    for (const dry_run of [false, null]) {
      const { body } = await troupe.submit({ ...imageRequest(origin.url('/away.jpg')), dry_run });
      expect([body.dry_run, body.usage.credits_reserved]).toEqual([undefined, 1]);
    }
  });
});

function plainParams() {
  return imageRequest('https://example.com/a.jpg').model_params;
}

/** Bodies that are refused or fail, as functions, since the addresses are known only later. */
const wrong: Readonly<Record<string, () => object>> = {
  'no model_params': () => ({ model: 'kling-custom-element' }),
  'a name that is too long': () => ({
    ...duck(),
    model_params: { ...duck().model_params, element_name: 'x'.repeat(21) },
  }),
  'no second picture': () => imageRequest(origin.url('/duck.jpg'), []),
  'five pictures': () => imageRequest(origin.url('/duck.jpg'), Array(4).fill(origin.url('/duck.jpg'))),
  'a voice with pictures': () => ({ ...duck(), model_params: { ...duck().model_params, element_voice_id: '1' } }),
  'an internal address': () => imageRequest('http://10.0.0.1/a.jpg'),
  'a file address': () => imageRequest('file:///etc/passwd'),
  'broken base64': () => imageRequest('data:image/png;base64,@@@'),
  'a callback over http': () => ({ ...duck(), callback_url: 'http://example.com/' }),
  'a callback to an internal address': () => ({ ...duck(), callback_url: 'https://10.0.0.1/' }),
  'a clip while nobody can fetch it': () => videoRequest(origin.url('/dog.mp4')),
  'a video without a prompt': () => ({ model: 'kling-o3-text-to-video', duration: 3 }),
  'a video of 99 s': () => ({ model: 'kling-o3-text-to-video', prompt: 'a', duration: 99 }),
  'shots that add up to something else': () => ({
    model: 'kling-o3-text-to-video',
    duration: 5,
    model_params: {
      multi_shot: true,
      shot_type: 'customize',
      multi_prompt: [{ index: 1, prompt: 'a', duration: '3' }],
    },
  }),
  'a mark without an element': () => ({ model: 'kling-o3-text-to-video', prompt: '<<<element_1>>>', duration: 3 }),
  'an unknown element': () => ofElement('4129876500123456'),
  'a deleted element': () => ofElement(deletedId),
  // One wrong picture each: of two that fail at once, either may be named.
  'a picture that is not there': () => imageRequest(origin.url('/none.jpg'), [origin.url('/duck.jpg')]),
  'a picture that is gone': () => imageRequest(origin.url('/away.jpg'), [origin.url('/duck.jpg')]),
  'a second picture that is not there': () => imageRequest(origin.url('/duck.jpg'), [origin.url('/none.jpg')]),
  'a page in place of a picture': () => imageRequest(origin.url('/text.jpg')),
  'a clip in place of a picture': () => imageRequest(origin.url('/dog.mp4')),
  'a picture that is too small': () => imageRequest(origin.url('/small.png')),
  'a picture that is too long': () => imageRequest(origin.url('/long.png')),
  'a start picture that is too small': () => ({
    ...ofElement(elementId),
    model: 'kling-o3-image-to-video',
    image_start: origin.url('/small.png'),
  }),
  'a start picture that is none': () => ({
    ...ofElement(elementId),
    model: 'kling-o3-image-to-video',
    image_start: origin.url('/text.jpg'),
  }),
  'a video to edit that is no video': () => ({
    model: 'kling-o1-video-edit',
    prompt: 'at night',
    video_urls: [origin.url('/text.jpg')],
  }),
};

function ofElement(element_id: string) {
  const model_params = { element_list: [{ element_id }] };
  return { model: 'kling-o3-text-to-video', prompt: '<<<element_1>>> waits', duration: 3, model_params };
}

/** The refusal, or the error that the task ended with. */
async function fail(body: object) {
  const answer = await troupe.submit(body);
  if (answer.status !== 200) {
    const { request_id: _, ...error } = answer.body.error;
    return { status: answer.status, error };
  }
  const { status, error } = await troupe.waitForEnd(answer.body.id);
  return { status, error };
}

describe.concurrent('a dry run fails with the error of the real request', () => {
  test.each(Object.keys(wrong))('%s', async (name) => {
    const body = (wrong[name] as () => object)();
    const [real, dry] = await Promise.all([fail(body), fail({ ...body, dry_run: true })]);
    expect(real.error, JSON.stringify(real)).toBeDefined();
    expect(dry).toEqual(real);
  });
});
