import { SignJWT } from 'jose';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyCallback } from '../../client/index.ts';
import type { Answer } from '../helpers/call.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { listKinds } from '../helpers/load-books.ts';
import { type ScriptedEngine, scriptVideoEngine } from '../helpers/script-video-engine.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';
import { drawJpeg } from '../helpers/upload.ts';

let origin: MediaOrigin;
let receiver: CallbackReceiver;
let engine: ScriptedEngine;
let troupe: StartedTroupe;
let adminKey: string;

const elements = '/v1/general/advanced-custom-elements';
const omni = '/v1/videos/omni-video';

beforeAll(async () => {
  origin = await startOrigin();
  receiver = await startReceiver();
  engine = scriptVideoEngine('remote');
  troupe = await startTroupe({
    worker: true,
    videoEngine: engine,
    environment: { TROUPE_WRONG_KEYS_PER_MINUTE: '1000000' },
  });
  ({ key: adminKey } = await troupe.grant({ account: 'operators', name: 'admin', role: 'admin' }, 0));
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

const elementBody = (rest: object = {}) => ({
  element_name: 'My Character',
  element_description: 'A yellow rubber duck',
  reference_type: 'image_refer',
  element_image_list: {
    frontal_image: origin.url('/duck.jpg'),
    refer_images: [{ image_url: origin.url('/duck.jpg') }],
  },
  ...rest,
});

const post = (path: string, body: unknown, key?: string) =>
  troupe.call('POST', path, { body, ...(key === undefined ? {} : { key }) });

/** JSON as it is written, where a value of JavaScript would be another. */
async function postText(path: string, body: string): Promise<Pick<Answer, 'status' | 'body'>> {
  const headers = { authorization: `Bearer ${troupe.key.key}`, 'content-type': 'application/json' };
  const answer = await fetch(troupe.url + path, { method: 'POST', headers, body });
  return { status: answer.status, body: await answer.json() };
}

async function waitFor(path: string): Promise<Answer['body']> {
  return await until(`the end of ${path}`, async () => {
    const { status, body } = await troupe.call('GET', path);
    expect([status, body.code]).toEqual([200, 0]);
    return ['succeed', 'failed'].includes(body.data.task_status) ? body.data : null;
  });
}

async function makeElement(rest: object = {}): Promise<Answer['body']> {
  const { body } = await post(elements, elementBody(rest));
  return await waitFor(`${elements}/${body.data.task_id}`);
}

const orderOf = (id: string) => engine.orders.find(({ task_id }) => task_id === id);

describe('elements', () => {
  test('one is made, asked for by the id of its task and by the name that its caller gave it, listed and deleted', async () => {
    const { status, body } = await post(elements, {
      ...elementBody({ tag_list: [{ tag_id: 'o_103' }], external_task_id: 'duck 1' }),
      // As clients send fields that they have nothing for.
      callback_url: '',
      element_voice_id: '',
      element_video_list: null,
    });
    expect([status, body]).toEqual([
      200,
      {
        code: 0,
        message: 'SUCCEED',
        request_id: expect.stringMatching(/^req_/),
        data: {
          task_id: expect.stringMatching(/^task-unified-/),
          task_status: 'submitted',
          task_status_msg: '',
          task_info: { external_task_id: 'duck 1' },
          created_at: expect.any(Number),
          updated_at: expect.any(Number),
        },
      },
    ]);
    expect(body.data.created_at).toBeGreaterThan(1_700_000_000_000);
    const made = await waitFor(`${elements}/duck%201`);
    const [element] = made.task_result.elements;
    expect(element).toMatchObject({
      element_id: expect.any(Number),
      element_name: 'My Character',
      reference_type: 'image_refer',
      tag_list: [{ id: 'o_103', name: 'animal', description: 'animal' }],
      status: 'succeed',
    });
    expect(made).toMatchObject({ task_id: body.data.task_id, final_unit_deduction: '1' });
    const raw = await fetch(`${troupe.url}${elements}/${body.data.task_id}`, {
      headers: { authorization: `Bearer ${troupe.key.key}` },
    });
    expect(await raw.text()).toMatch(/"element_id":\d{16}[,}]/);
    const { body: list } = await troupe.call('GET', `${elements}?pageNum=1&pageSize=1`);
    expect(list.data.map(({ task_id }: { task_id: string }) => task_id)).toEqual([body.data.task_id]);

    const gone = await post('/v1/general/delete-elements', { element_id: element.element_id });
    expect([gone.status, gone.body.data.task_id]).toEqual([200, body.data.task_id]);
    expect((await waitFor(`${elements}/duck%201`)).task_result.elements[0].status).toBe('deleted');
    const again = await post('/v1/general/delete-advanced-elements', { element_id: String(element.element_id) });
    expect([again.status, again.body.code]).toEqual([400, 1201]);
  });

  test('base64 without a prefix is taken as a picture', async () => {
    const picture = (await drawJpeg()).toString('base64');
    const element_image_list = { frontal_image: picture, refer_images: [{ image_url: picture }] };
    expect(await makeElement({ element_image_list })).toMatchObject({ task_status: 'succeed' });
  });

  test('one that is made in another form is found here, and one of here there', async () => {
    const { body } = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
    expect(await waitFor(`${elements}/${body.id}`)).toMatchObject({ task_status: 'succeed', task_info: {} });
    const here = await makeElement();
    expect(await troupe.waitForEnd(here.task_id)).toMatchObject({
      result_data: { element_id: String(here.task_result.elements[0].element_id) },
    });
  });

  test('a task that failed answers 200 with the reason in words, its own field and a refund', async () => {
    origin.serve('/none.jpg', (_, response) => void response.writeHead(404).end());
    const refer_images = [{ image_url: origin.url('/none.jpg') }];
    const failed = await makeElement({ element_image_list: { frontal_image: origin.url('/duck.jpg'), refer_images } });
    expect(failed).toMatchObject({ task_status: 'failed', final_unit_deduction: '0' });
    expect(failed.task_status_msg).toMatch(/^element_image_list\.refer_images\[0\]\.image_url: /);
    expect(failed).not.toHaveProperty('task_result');
    expect(await listKinds(troupe.database.db, troupe.key.account_id, failed.task_id)).toEqual(['reserve', 'refund']);
  });

  test('links to what an element was made of open without a key, and are gone with it', async () => {
    await using local = await startTroupe({ worker: true, environment: { TROUPE_ELEMENT_ENGINE: 'local' } });
    const { body } = await local.call('POST', elements, { body: elementBody() });
    await local.waitForEnd(body.data.task_id, 240_000);
    const { body: made } = await local.call('GET', `${elements}/${body.data.task_id}`);
    const [{ element_id, element_image_list: list }] = made.data.task_result.elements;
    for (const url of [list.frontal_image, list.refer_images[0].image_url]) {
      const answer = await fetch(url);
      expect([answer.status, answer.headers.get('content-type')?.split('/')[0]]).toEqual([200, 'image']);
      await answer.arrayBuffer();
    }
    await local.call('POST', '/v1/general/delete-elements', { body: { element_id } });
    const { body: after } = await local.call('GET', `${elements}/${body.data.task_id}`);
    expect(after.data.task_result.elements[0]).not.toHaveProperty('element_image_list');
  }, 300_000);
});

test.each([
  ['19 digits', '8543454323444234222', /no such element/],
  [
    'an element in a list',
    '["4810293847561029"]',
    /^element_id: is an array \(1 item\), must be a whole number or its digits/,
  ],
  ['an object', '{"toString": null}', /^element_id: is an object/],
  ['a fraction', '1.5', /^element_id: is a number \(1.5\)/],
  ['nothing', 'null', /^element_id: is required/],
])('no element is deleted by %s', async (_, id, message) => {
  const { status, body } = await postText('/v1/general/delete-elements', `{"element_id": ${id}}`);
  expect([status, body.code, body.message]).toEqual([400, 1201, expect.stringMatching(message)]);
});

test('an element of 19 digits is named digit by digit where it is refused', async () => {
  const { body } = await postText(omni, '{"prompt": "x", "element_list": [{"element_id": 8543454323444234222}]}');
  expect(body.message).toMatch(/^element_list\[0\]\.element_id: is '8543454323444234222'/);
});

describe('external_task_id', () => {
  test('a second request with one is refused with 400/1201, makes nothing and charges nothing', async () => {
    const body = { prompt: 'Fog', duration: '3', external_task_id: 'shot-1' };
    const first = await post(omni, body);
    expect(first.status).toBe(200);
    const second = await post(omni, { ...body, prompt: 'Rain' });
    expect([second.status, second.body.code, second.body.message]).toEqual([
      400,
      1201,
      expect.stringMatching(/^external_task_id: /),
    ]);
    const { rows } = await sql`select from tasks where external_task_id = 'shot-1'`.execute(troupe.database.db);
    expect(rows).toHaveLength(1);
  });

  test('of many requests with one at once exactly one makes a task', async () => {
    const body = { prompt: 'Fog', duration: '3', external_task_id: 'raced' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(omni, body)));
    const counts = answers.map(({ status, body: { code } }) => `${status}/${code}`).toSorted();
    expect(counts).toEqual(['200/0', ...Array(7).fill('400/1201')]);
  });

  test('is free for every other account, which finds its own by it', async () => {
    const { key } = await troupe.grant({ account: 'other', name: 'other' }, 100);
    const body = { prompt: 'Fog', duration: '3', external_task_id: 'shared name' };
    await post(omni, body);
    expect((await post(omni, body, key)).status).toBe(200);
    const own = await troupe.call('GET', `${omni}/shared%20name`);
    const others = await troupe.call('GET', `${omni}/shared%20name`, { key });
    expect(own.body.data.task_id).not.toBe(others.body.data.task_id);
  });

  test.each([['x'.repeat(129)], ['a\nb'], ['a/b'], [{}]])('%j is refused by its rule', async (external_task_id) => {
    const { status, body } = await post(omni, { prompt: 'Fog', external_task_id });
    expect([status, body.code]).toEqual([400, 1201]);
    expect(body.message).toContain('external_task_id');
  });

  test('Idempotency-Key gives the first task back, and 400/1201 under another name, which no task would have', async () => {
    const headers = { 'idempotency-key': 'kling-form-00000001' };
    const ask = (external_task_id: string) =>
      troupe.call('POST', omni, { headers, body: { prompt: 'Fog', external_task_id } });
    expect((await ask('with-key')).body.data.task_id).toBe((await ask('with-key')).body.data.task_id);
    const { status, body } = await ask('with-another');
    expect([status, body.code, body.message]).toEqual([400, 1201, expect.stringContaining('Idempotency-Key')]);
  });

  test('a number of 19 digits is taken digit by digit, and the task is found by it', async () => {
    const sent = '{"prompt": "Fog", "duration": "3", "external_task_id": 8543454323444234222}';
    const { body } = await postText(omni, sent);
    expect(body.data.task_info).toEqual({ external_task_id: '8543454323444234222' });
    const found = await troupe.call('GET', `${omni}/8543454323444234222`);
    expect(found.body.data.task_id).toBe(body.data.task_id);
    // As a JavaScript number it would be the same.
    const { body: next } = await postText(omni, sent.replace('4222}', '4221}'));
    expect(next.data.task_info).toEqual({ external_task_id: '8543454323444234221' });
  });

  test.each(['1.5', '1e30', '[1]', 'true'])('%s is no name', async (sent) => {
    const { status, body } = await postText(omni, `{"prompt": "Fog", "external_task_id": ${sent}}`);
    expect([status, body.code, body.message]).toEqual([400, 1201, expect.stringMatching(/^external_task_id: is /)]);
  });
});

describe('videos', () => {
  const picture = () => origin.url('/duck.jpg');
  const clip = () => origin.url('/dog.mp4');

  test.each<[string, string, () => object, string, object]>([
    ['words', omni, () => ({ prompt: 'Fog' }), 'kling-o3-text-to-video', { quality: '1080p', duration_seconds: 5 }],
    [
      'words with settings',
      omni,
      () => ({
        model_name: 'kling-v3-omni',
        prompt: 'Fog',
        mode: '4k',
        duration: '8',
        sound: 'on',
        aspect_ratio: '9:16',
      }),
      'kling-o3-text-to-video',
      { quality: '4k', duration_seconds: 8, sound: true, aspect_ratio: '9:16' },
    ],
    [
      'pictures',
      omni,
      () => ({ prompt: 'Fog', image_list: [{ image_url: picture() }], mode: 'std' }),
      'kling-o3-image-to-video',
      { quality: '720p' },
    ],
    [
      'a base video',
      omni,
      () => ({ prompt: 'Night', mode: 'std', video_list: [{ video_url: clip(), keep_original_sound: 'no' }] }),
      'kling-o3-video-edit',
      { keep_original_sound: false },
    ],
    [
      'a feature video',
      omni,
      () => ({ prompt: 'Night', video_list: [{ video_url: clip(), refer_type: 'feature' }], sound: 'off' }),
      'kling-o3-reference-to-video',
      { keep_original_sound: true },
    ],
    [
      'O1 with a first frame',
      omni,
      () => ({
        model_name: 'kling-video-o1',
        prompt: 'Fog',
        image_list: [{ image_url: picture(), type: 'first_frame' }],
      }),
      'kling-o1-image-to-video',
      {},
    ],
    [
      'O1 with a base video',
      omni,
      () => ({ model_name: 'kling-video-o1', prompt: 'Night', video_list: [{ video_url: clip() }] }),
      'kling-o1-video-edit',
      {},
    ],
    [
      'shots',
      omni,
      () => ({
        multi_shot: true,
        shot_type: 'customize',
        prompt: '',
        duration: '5',
        multi_prompt: [
          { index: 1, prompt: 'A', duration: '2' },
          { index: 2, prompt: 'B', duration: '3' },
        ],
      }),
      'kling-o3-text-to-video',
      {
        shots: [
          { prompt: 'A', duration_seconds: 2 },
          { prompt: 'B', duration_seconds: 3 },
        ],
      },
    ],
    [
      'two frames',
      '/v1/videos/image2video',
      () => ({
        model_name: 'kling-v3',
        image: picture(),
        image_tail: picture(),
        prompt: 'Fog',
        negative_prompt: 'rain',
      }),
      'kling-v3-image-to-video',
      { quality: '720p', negative_prompt: 'rain' },
    ],
    [
      'words of V3',
      '/v1/videos/text2video',
      () => ({ model_name: 'kling-v3', prompt: 'Fog', mode: 'pro', cfg_scale: 0.5 }),
      'kling-v3-text-to-video',
      { quality: '1080p' },
    ],
    [
      'a motion',
      '/v1/videos/motion-control',
      () => ({
        image_url: picture(),
        video_url: clip(),
        character_orientation: 'image',
        mode: 'pro',
        keep_original_sound: 'no',
      }),
      'kling-v3-motion-control',
      { character_orientation: 'image', keep_original_sound: false, quality: '1080p' },
    ],
  ])('%s become the model that is meant', async (_, path, body, model, spec) => {
    const { status, body: answer } = await post(path, body());
    expect([status, answer.message]).toEqual([200, 'SUCCEED']);
    const task = await waitFor(`${path}/${answer.data.task_id}`);
    expect([task.task_status, task.task_status_msg]).toEqual(['succeed', '']);
    expect(orderOf(task.task_id)?.spec).toMatchObject({ model, ...spec });
    const [video] = task.task_result.videos;
    expect(video).toMatchObject({ id: expect.any(String), duration: '5' });
    expect((await fetch(video.url)).headers.get('content-type')).toBe('video/mp4');
  });

  test('elements are named by whole numbers or by text, and marks count pictures as the list has them', async () => {
    const [{ element_id }] = (await makeElement()).task_result.elements;
    for (const id of [element_id, String(element_id)]) {
      const { body } = await post(omni, {
        prompt: '<<<element_1>>> in <<<image_1>>> after <<<image_2>>>',
        element_list: [{ element_id: id }],
        image_list: [{ image_url: picture() }, { image_url: picture(), type: 'first_frame' }],
      });
      await waitFor(`${omni}/${body.data.task_id}`);
      expect(orderOf(body.data.task_id)).toMatchObject({
        spec: { prompt: '<<<element_1>>> in <<<image_2>>> after <<<image_1>>>' },
        cast: [{ element_id: String(element_id) }],
        sources: [{ role: 'image_start' }, { role: 'reference_image' }],
      });
    }
  });

  test('each path knows its own tasks, those of other forms as well, and no others', async () => {
    const { body } = await troupe.submit({ model: 'kling-v3-text-to-video', prompt: 'Fog', duration: 5 });
    await waitFor(`/v1/videos/text2video/${body.id}`);
    const other = await troupe.call('GET', `${omni}/${body.id}`);
    expect([other.status, other.body.code]).toEqual([400, 1201]);
    const { body: list } = await troupe.call('GET', '/v1/videos/text2video?pageSize=500');
    expect(list.data.map(({ task_id }: { task_id: string }) => task_id)).toContain(body.id);
  });

  test('a model named twice alike is one, and what has no effect is named as the form has it', async () => {
    const body = { model: 'kling-v3-omni', model_name: 'kling-v3-omni', prompt: 'Fog', seed: 5, dry_run: true };
    const { status, headers } = await troupe.call('POST', omni, { body });
    expect([status, headers.get('troupe-ignored-fields')]).toEqual([200, 'seed']);
  });

  test('dry_run costs nothing and is in no list', async () => {
    const { body } = await post(omni, { prompt: 'Fog', dry_run: true });
    const task = await waitFor(`${omni}/${body.data.task_id}`);
    expect(task).toMatchObject({ task_status: 'succeed', task_result: {}, final_unit_deduction: '0' });
    const { body: list } = await troupe.call('GET', omni);
    expect(JSON.stringify(list)).not.toContain(body.data.task_id);
  });
});

describe('callbacks', () => {
  test("have the vendor's body, the account's signature, and come once at the end", async () => {
    const { body } = await post(omni, {
      prompt: 'Fog',
      external_task_id: 'called',
      callback_url: receiver.url('/kling'),
    });
    const [callback] = await until('the callback', () => {
      const all = receiver.received('/kling');
      return all.length > 0 ? all : null;
    });
    const shown = await waitFor(`${omni}/${body.data.task_id}`);
    expect(callback?.task).toMatchObject({
      task_id: body.data.task_id,
      task_status: 'succeed',
      task_info: { external_task_id: 'called' },
      task_result: { videos: [{ id: shown.task_result.videos[0].id }] },
      created_at: shown.created_at,
    });
    await verifyCallback({
      headers: callback?.headers ?? {},
      body: callback?.body ?? '',
      secret: troupe.key.callback_secret,
    });
  });

  test('an address that is refused elsewhere is refused here', async () => {
    const { status, body } = await post(omni, { prompt: 'Fog', callback_url: 'http://example.com/x' });
    expect([status, body.code, body.message]).toEqual([400, 1201, expect.stringMatching(/^callback_url: /)]);
  });
});

describe('a pair of access key and secret key', () => {
  interface Claims {
    iss?: string;
    exp?: number;
    nbf?: number;
  }
  const now = () => Math.floor(Date.now() / 1000);

  async function sign(secret: string, claims: Claims, alg = 'HS256'): Promise<string> {
    return await new SignJWT({ ...claims })
      .setProtectedHeader({ alg, typ: 'JWT' })
      .sign(new TextEncoder().encode(secret));
  }

  async function createPair() {
    const { status, body } = await troupe.call('POST', '/v1/keys', {
      key: adminKey,
      body: { name: 'pair', pair: true, account: 'tester' },
    });
    expect(status).toBe(200);
    return body as { key_id: number; key: string; access_key: string; secret_key: string };
  }

  test('signs for its key, which works by itself too; the record shows the access key alone', async () => {
    const pair = await createPair();
    const token = await sign(pair.secret_key, { iss: pair.access_key, exp: now() + 1800, nbf: now() - 5 });
    for (const key of [token, pair.key]) expect((await troupe.call('GET', elements, { key })).status).toBe(200);
    const { body: me } = await troupe.call('GET', '/v1/me', { key: token });
    expect(me).toMatchObject({ key_id: pair.key_id, access_key: pair.access_key });
    expect(JSON.stringify(me)).not.toContain(pair.secret_key);
  });

  test('what lies in the database holds no secret key and nothing that makes one', async () => {
    const { secret_key } = await createPair();
    const { rows: tables } = await sql<{ name: string }>`
      select table_name as name from information_schema.tables where table_schema = 'public'`.execute(
      troupe.database.db,
    );
    for (const { name } of tables) {
      const { rows } = await sql<{ line: string }>`select t::text as line from ${sql.table(name)} t`.execute(
        troupe.database.db,
      );
      expect(rows.filter(({ line }) => line.includes(secret_key))).toEqual([]);
    }
    expect(troupe.log.filter((line) => line.includes(secret_key))).toEqual([]);
  });

  test.each<[string, number, (pair: { access_key: string; secret_key: string }) => Promise<string>]>([
    ['expired', 1004, (pair) => sign(pair.secret_key, { iss: pair.access_key, exp: now() - 3600 })],
    [
      'not valid yet',
      1003,
      (pair) => sign(pair.secret_key, { iss: pair.access_key, exp: now() + 1700, nbf: now() + 900 }),
    ],
    ['good for hours', 1002, (pair) => sign(pair.secret_key, { iss: pair.access_key, exp: now() + 7200 })],
    ['without an end', 1002, (pair) => sign(pair.secret_key, { iss: pair.access_key })],
    ['without an issuer', 1002, (pair) => sign(pair.secret_key, { exp: now() + 600 })],
    [
      "signed by another pair's secret",
      1002,
      async (pair) => sign((await createPair()).secret_key, { iss: pair.access_key, exp: now() + 600 }),
    ],
    ['signed by the access key', 1002, (pair) => sign(pair.access_key, { iss: pair.access_key, exp: now() + 600 })],
    [
      'of another algorithm',
      1002,
      (pair) => sign(`${pair.secret_key}${pair.secret_key}`, { iss: pair.access_key, exp: now() + 600 }, 'HS512'),
    ],
    [
      'unsigned',
      1002,
      async ({ access_key }) =>
        `${[{ alg: 'none' }, { iss: access_key, exp: now() + 600 }].map((one) => Buffer.from(JSON.stringify(one)).toString('base64url')).join('.')}.${'A'.repeat(43)}`,
    ],
    ['the access key alone', 1000, async ({ access_key }) => access_key],
    ['the secret key alone', 1000, async ({ secret_key }) => secret_key],
  ])('what is %s: 401/%i', async (_, code, write) => {
    const key = await write(await createPair());
    const { status, body } = await troupe.call('GET', elements, { key });
    expect([status, body.code, Object.keys(body)]).toEqual([401, code, ['code', 'message', 'request_id']]);
  });

  test('is nobody’s once its key is deleted, and refused while it is disabled', async () => {
    const pair = await createPair();
    const token = await sign(pair.secret_key, { iss: pair.access_key, exp: now() + 600 });
    await troupe.call('PATCH', `/v1/keys/${pair.key_id}`, { key: adminKey, body: { disabled: true } });
    expect((await troupe.call('GET', elements, { key: token })).body.code).toBe(1000);
    await troupe.call('DELETE', `/v1/keys/${pair.key_id}`, { key: adminKey });
    expect((await troupe.call('GET', elements, { key: token })).body.code).toBe(1002);
  });

  test('obeys the limits of its key', async () => {
    const { body: pair } = await troupe.call('POST', '/v1/keys', {
      key: adminKey,
      body: { name: 'poor', pair: true, account: 'tester', total_limit_credits: 1 },
    });
    const key = await sign(pair.secret_key, { iss: pair.access_key, exp: now() + 600 });
    const { status, body } = await post(omni, { prompt: 'Fog' }, key);
    expect([status, body.code]).toEqual([429, 1102]);
  });
});

describe('refusals', () => {
  test.each<[string, string, object, number, number, RegExp]>([
    ['no prompt', omni, {}, 400, 1201, /^prompt: /],
    [
      'a mode that is none',
      omni,
      { prompt: 'x', mode: 'best' },
      400,
      1201,
      /^mode: is text \('best'\), must be one of std, pro, 4k/,
    ],
    ['a length that is none', omni, { prompt: 'x', duration: '99' }, 400, 1201, /^duration: /],
    [
      'a model that is none',
      '/v1/videos/text2video',
      { prompt: 'x', model_name: 'kling-v1' },
      404,
      1203,
      /^model_name: 'kling-v1' /,
    ],
    ['O1 from words', omni, { prompt: 'x', model_name: 'kling-video-o1' }, 404, 1203, /kling-video-o1/],
    [
      'two videos',
      omni,
      { prompt: 'x', video_list: [{ video_url: 'https://a.example/1' }, { video_url: 'https://a.example/2' }] },
      400,
      1201,
      /^video_list: /,
    ],
    [
      'sound beside a video',
      omni,
      { prompt: 'x', sound: 'on', video_list: [{ video_url: 'https://a.example/1' }] },
      400,
      1201,
      /^sound: /,
    ],
    ['voices', '/v1/videos/image2video', { prompt: 'x', voice_list: [{ voice_id: '1' }] }, 400, 1200, /voice_list/],
    [
      'a picture that is no address',
      omni,
      { prompt: 'x', image_list: [{ image_url: 'ftp://a.example/x', type: 'first_frame' }] },
      400,
      1201,
      /^image_list\[0\]\.image_url: /,
    ],
    [
      'a reference that is no address',
      omni,
      {
        prompt: 'x',
        image_list: [{ image_url: 'https://a.example/x', type: 'first_frame' }, { image_url: 'ftp://a.example/x' }],
      },
      400,
      1201,
      /^image_list\[1\]\.image_url: /,
    ],
    [
      'a type of picture that is none',
      omni,
      { prompt: 'x', image_list: [{ image_url: 'https://a.example/x', type: 'middle' }] },
      400,
      1201,
      /^image_list\[0\]\.type: /,
    ],
    [
      'an element that is none',
      omni,
      { prompt: 'x', element_list: [{ element_id: 4129876500123456 }] },
      400,
      1201,
      /^element_list\[0\]\.element_id: /,
    ],
    [
      'an element of 19 digits',
      omni,
      `{"prompt": "x", "element_list": [{"element_id": 8543454323444234222}]}` as unknown as object,
      400,
      1201,
      /^element_list\[0\]\.element_id: /,
    ],
    ['a quality in words of another form', omni, { prompt: 'x', quality: '720p' }, 400, 1201, /^quality: .* mode$/],
    [
      'a model in words of another form',
      omni,
      { prompt: 'x', model: 'kling-video-o1' },
      400,
      1201,
      /^model: .* model_name$/,
    ],
    ['fields in model_params', omni, { prompt: 'x', model_params: { multi_shot: true } }, 400, 1201, /^model_params: /],
    [
      'a second first frame under another name',
      omni,
      {
        prompt: 'x',
        image_start: 'https://a.example/1',
        image_list: [{ image_url: 'https://a.example/2', type: 'first_frame' }],
      },
      400,
      1201,
      /^image_start: .* image_list$/,
    ],
    [
      'references under the name of another form',
      omni,
      { prompt: 'x', image_urls: ['https://a.example/1'], image_list: [{ image_url: 'https://a.example/2' }] },
      400,
      1201,
      /^image_urls: .* image_list$/,
    ],
    [
      'a picture beside the picture of an item',
      omni,
      { prompt: 'x', image_list: [{ image_url: 'https://a.example/1', image: 'https://a.example/2' }] },
      400,
      1201,
      /^image_list\[0\]\.image: .* image_list\[0\]\.image_url$/,
    ],
    [
      'a last frame alone',
      omni,
      { prompt: 'x', image_list: [{ image_url: 'https://a.example/1', type: 'end_frame' }] },
      400,
      1201,
      /^image_list\[0\]\.type: is end_frame without a first_frame/,
    ],
    [
      'two first frames',
      '/v1/videos/image2video',
      { prompt: 'x', image: 'https://a.example/1', image_start: 'https://a.example/2' },
      400,
      1201,
      /^image_start: .* image$/,
    ],
    [
      'a video of another form',
      '/v1/videos/motion-control',
      { image_url: 'https://a.example/1', video_urls: ['https://a.example/2'], character_orientation: 'image' },
      400,
      1201,
      /^video_urls: .* video_url$/,
    ],
    ['a body that is no JSON', omni, '{' as unknown as object, 400, 1201, /^body: /],
    [
      'a name that is too long',
      elements,
      { element_name: 'x'.repeat(21), element_description: 'x', reference_type: 'image_refer' },
      400,
      1201,
      /^element_name: /,
    ],
    [
      'no pictures',
      elements,
      { element_name: 'x', element_description: 'x', reference_type: 'image_refer' },
      400,
      1201,
      /^element_image_list: /,
    ],
  ])('%s', async (_, path, body, status, code, message) => {
    const answer = await post(path, body);
    expect([answer.status, answer.body.code, answer.body.message]).toEqual([
      status,
      code,
      expect.stringMatching(message),
    ]);
    expect(Object.keys(answer.body)).toEqual(['code', 'message', 'request_id']);
  });

  test('404/1203 for a path that is none, 404/1202 for a method that is none, in the form of the path', async () => {
    for (const path of ['/v1/general/nothing', '/kling/v1/nothing', '/account/nothing', `${omni}/a/b`]) {
      const { status, body } = await troupe.call('GET', path);
      expect([path, status, body.code]).toEqual([path, 404, 1203]);
    }
    for (const [method, path] of [
      ['PUT', elements],
      ['DELETE', omni],
      ['POST', '/account/costs'],
    ] as const) {
      const { status, body } = await troupe.call(method, path);
      expect([path, status, body.code]).toEqual([path, 404, 1202]);
    }
  });

  test('401/1001 without a key, 401/1000 with one that is nobody’s', async () => {
    expect((await troupe.call('GET', elements, { key: null })).body.code).toBe(1001);
    const unknown = await troupe.call('GET', elements, { key: 'sk-troupe000000000000000000000000000000000000' });
    expect([unknown.status, unknown.body.code]).toEqual([401, 1000]);
  });

  test("another account's task and element answer like ones that never existed", async () => {
    const { key } = await troupe.grant({ account: 'stranger', name: 'stranger' }, 10);
    const made = await makeElement();
    const [{ element_id }] = made.task_result.elements;
    const look = async (id: string) => {
      const { status, body } = await troupe.call('GET', `${elements}/${id}`, { key });
      return [status, body.code, body.message];
    };
    expect(await look(made.task_id)).toEqual(await look('task-unified-1-none'));
    const foreign = await post('/v1/general/delete-elements', { element_id }, key);
    const absent = await post('/v1/general/delete-elements', { element_id: 4129876500123456 }, key);
    expect([foreign.status, foreign.body.message]).toEqual([absent.status, absent.body.message]);
  });
});

test('the same routes lie below /kling, and the document describes each once', async () => {
  const { body } = await post(`/kling${omni}`, { prompt: 'Fog' });
  expect(await waitFor(`/kling${omni}/${body.data.task_id}`)).toMatchObject({ task_status: 'succeed' });
  expect((await troupe.call('GET', '/kling/account/costs')).body.code).toBe(0);
  const { body: document } = await troupe.call('GET', '/openapi.json');
  expect(Object.keys(document.paths).filter((path) => path.startsWith('/kling'))).toEqual([]);
  expect(document.paths[omni].post.tags).toEqual(['Official Kling form']);
});

test("the account's credits are one pack", async () => {
  const { body } = await troupe.call('GET', '/account/costs?start_time=1&end_time=2');
  const { body: credits } = await troupe.call('GET', '/v1/credits');
  expect(body.data).toMatchObject({
    code: 0,
    resource_pack_subscribe_infos: [
      { resource_pack_name: 'Troupe credits', status: 'online', remaining_quantity: expect.any(Number) },
    ],
  });
  expect(body.data.resource_pack_subscribe_infos[0].remaining_quantity).toBe(credits.data.token.remaining_credits);
});

describe('presets and voices', () => {
  let standIn: StandIn;
  let withAccount: StartedTroupe;
  let admin: string;

  beforeAll(async () => {
    standIn = await startStandIn({ taskMs: 50 });
    withAccount = await startTroupe({
      environment: { TROUPE_KLING_BASE_URL: standIn.url, TROUPE_KLING_API_KEY: standInCredentials.apiKey },
    });
    ({ key: admin } = await withAccount.grant({ account: 'tester', name: 'admin', role: 'admin' }, 0));
  });
  afterAll(async () => {
    await withAccount?.[Symbol.asyncDispose]();
    await standIn?.[Symbol.asyncDispose]();
  });

  test('are empty lists without a Kling account, and making one is refused', async () => {
    for (const path of ['advanced-presets-elements', 'presets-voices', 'custom-voices']) {
      const { status, body } = await troupe.call('GET', `/v1/general/${path}`);
      expect([path, status, body.code, body.data]).toEqual([path, 200, 0, []]);
    }
    const wish = { voice_name: 'Anna', voice_url: 'https://example.com/a.mp3' };
    const refused = await post('/v1/general/custom-voices', wish, adminKey);
    expect([refused.status, refused.body.code]).toEqual([404, 1203]);
  });

  test("with one they are the vendor's, with ids as whole numbers", async () => {
    const answer = await fetch(`${withAccount.url}/v1/general/advanced-presets-elements?pageSize=1`, {
      headers: { authorization: `Bearer ${withAccount.key.key}` },
    });
    expect(await answer.text()).toMatch(/"element_id":160,/);
  });

  test('a voice is made, asked for, listed and deleted by an admin, and refused to a caller', async () => {
    const wish = { voice_name: 'Anna', voice_url: 'https://example.com/a.mp3' };
    const path = '/v1/general/custom-voices';
    const refused = await withAccount.call('POST', path, { body: wish });
    expect([refused.status, refused.body.code]).toEqual([403, 1103]);
    const { body } = await withAccount.call('POST', path, { key: admin, body: wish });
    const [voice] = body.data.task_result.voices;
    expect(voice).toMatchObject({ voice_name: 'Anna', owned_by: 'account' });
    const { body: list } = await withAccount.call('GET', path);
    expect(list.data.map((one: typeof body.data) => one.task_result.voices[0].voice_name)).toEqual(['Anna']);
    const { body: one } = await withAccount.call('GET', `${path}/${body.data.task_id}`);
    expect(one.data.task_result.voices).toMatchObject([{ voice_id: voice.voice_id, voice_name: 'Anna' }]);
    const { voice_id } = voice;
    const gone = await withAccount.call('POST', '/v1/general/delete-voices', { key: admin, body: { voice_id } });
    expect(gone.status).toBe(200);
    expect((await withAccount.call('GET', path)).body.data).toEqual([]);
  });
});

describe('pictures', () => {
  const omniImage = '/v1/images/omni-image';
  const url = () => origin.url('/duck.jpg');

  test.each([
    [undefined, 'kling-image-o1'],
    ['kling-image-o1', 'kling-image-o1'],
    ['kling-v3-omni', 'kling-image-o3'],
  ])(
    'of omni-image with the model %s are those of %s, listed and asked for as the vendor has them',
    async (name, model) => {
      const { body } = await post(omniImage, {
        model_name: name,
        prompt: 'A yard like <<<image_1>>>',
        image_list: [{ image: url() }],
        resolution: '2k',
        n: 2,
        aspect_ratio: '3:2',
        watermark_info: { enabled: false },
      });
      expect(body.code, JSON.stringify(body)).toBe(0);
      const { task_id } = body.data;
      const done = await waitFor(`${omniImage}/${task_id}`);
      expect(done.task_result.images.map(({ index }: { index: number }) => index)).toEqual([0, 1]);
      expect((await fetch(done.task_result.images[1].url)).status).toBe(200);
      expect(engine.imageOrders.find((order) => order.task_id === task_id)).toMatchObject({
        spec: { model, quality: '2k', count: 2, aspect_ratio: '3:2' },
        sources: [{ role: 'reference_image' }],
      });
      const { body: list } = await troupe.call('GET', omniImage);
      expect(list.data.map((one: { task_id: string }) => one.task_id)).toContain(task_id);
    },
  );

  test("of kling-v3 are made below the prefix, since the path without it is the gateway's", async () => {
    const path = '/kling/v1/images/generations';
    const { body } = await post(path, { prompt: 'A yard', negative_prompt: 'text', external_task_id: 'yard' });
    expect(body.code, JSON.stringify(body)).toBe(0);
    const done = await waitFor(`${path}/yard`);
    expect(done.task_result.images).toHaveLength(1);
    const gateway = await post('/v1/images/generations', { model_name: 'kling-v3', prompt: 'A yard' });
    expect([gateway.status, gateway.body.error.param]).toEqual([400, 'model']);
  });

  test.each<[path: string, body: object, status: number, code: number, words: string]>([
    [omniImage, { model_name: 'kling-v2-1', prompt: 'a' }, 404, 1203, 'model_name'],
    [omniImage, { prompt: 'a', result_type: 'series' }, 400, 1200, 'a series of pictures'],
    [omniImage, { prompt: 'a', watermark_info: { enabled: true } }, 400, 1200, 'a picture with a watermark'],
    [omniImage, { prompt: 'a', resolution: '8k' }, 400, 1201, "resolution: is '8k'"],
    [omniImage, { prompt: 'a', n: 10 }, 400, 1201, 'n: is 10'],
    [omniImage, { prompt: 'a', image_list: [{}] }, 400, 1201, 'image_list[0].image'],
    [
      omniImage,
      { prompt: 'a', image_list: [{ image_url: 'https://a.example/1' }] },
      400,
      1201,
      'image_list[0].image_url: ',
    ],
    [
      omniImage,
      { prompt: 'a', image_urls: ['https://a.example/1'] },
      400,
      1201,
      'image_urls: is no field here, say it in image_list',
    ],
    ['/kling/v1/images/generations', { prompt: 'a', image: '?', model_name: 'kling-v3' }, 400, 1201, 'image: '],
    ['/kling/v1/images/generations', { prompt: 'a', image_reference: 'face' }, 400, 1200, 'image_reference'],
  ])('%s with %j is refused', async (path, sent, status, code, words) => {
    const answer = await post(path, sent);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.message).toContain(words);
  });
});
