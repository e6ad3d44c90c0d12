import { readFile } from 'node:fs/promises';
import OpenAI, { toFile } from 'openai';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { listKinds } from '../helpers/load-books.ts';
import { type ScriptedEngine, scriptVideoEngine } from '../helpers/script-video-engine.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';
import { drawJpeg } from '../helpers/upload.ts';

let origin: MediaOrigin;
let engine: ScriptedEngine;
let troupe: StartedTroupe;
let openai: OpenAI;
let elementId: string;
/** Makes no request by itself again, so that a refusal is the first answer. */
const once = { maxRetries: 0 };

beforeAll(async () => {
  origin = await startOrigin();
  engine = scriptVideoEngine('remote');
  troupe = await startTroupe({ worker: true, videoEngine: engine });
  openai = new OpenAI({ apiKey: troupe.key.key, baseURL: `${troupe.url}/v1` });
  const made = await troupe.submit(imageRequest(origin.url('/duck.jpg')));
  elementId = (await troupe.waitForEnd(made.body.id)).result_data.element_id;
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function waitForVideo(id: string) {
  return await until(`the end of ${id}`, async () => {
    const video = await openai.videos.retrieve(id);
    return video.status === 'completed' || video.status === 'failed' ? video : null;
  });
}

const orderOf = (id: string) => engine.orders.find(({ task_id }) => task_id === id);

async function refusalOf(work: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  const error = await work.then(
    () => null,
    (one: unknown) => one,
  );
  expect(error).toBeInstanceOf(OpenAI.APIError);
  return error as InstanceType<typeof OpenAI.APIError>;
}

describe('the unmodified openai package', () => {
  test('creates, polls, downloads, lists and deletes a video', async () => {
    const { data: created, response } = await openai.videos
      .create({ model: 'sora-2', prompt: 'A lighthouse at dusk', seconds: '8', size: '1280x720' })
      .withResponse();
    expect(created).toMatchObject({
      object: 'video',
      model: 'kling-o3-text-to-video',
      status: 'queued',
      progress: 0,
      seconds: '8',
      size: '1280x720',
      prompt: 'A lighthouse at dusk',
      completed_at: null,
      error: null,
    });
    expect(Number(response.headers.get('openai-poll-after-ms'))).toBeGreaterThan(0);
    const video = await waitForVideo(created.id);
    expect(video).toMatchObject({ id: created.id, status: 'completed', progress: 100, error: null });
    expect(video.expires_at).toBeGreaterThan(video.completed_at ?? 0);
    expect(orderOf(created.id)?.spec).toMatchObject({ quality: '720p', aspect_ratio: '16:9', duration_seconds: 8 });

    const bytes = Buffer.from(await (await openai.videos.downloadContent(created.id)).arrayBuffer());
    expect(bytes.equals(await readFile(new URL('../fixtures/media/dog.mp4', import.meta.url)))).toBe(true);

    const page = await openai.videos.list({ limit: 1 });
    expect(page.data.map(({ id }) => id)).toEqual([created.id]);

    expect(await openai.videos.delete(created.id)).toEqual({ id: created.id, object: 'video.deleted', deleted: true });
    expect((await refusalOf(openai.videos.retrieve(created.id))).status).toBe(404);
    expect((await openai.videos.list()).data.map(({ id }) => id)).not.toContain(created.id);
  });

  test('a thumbnail and a spritesheet of four frames are drawn of a finished video, at most 1,024 px wide and high', async () => {
    const { id } = await openai.videos.create({ prompt: 'A dog' });
    await waitForVideo(id);
    for (const [variant, format] of [
      ['thumbnail', 'webp'],
      ['spritesheet', 'jpeg'],
    ] as const) {
      const answer = await openai.videos.downloadContent(id, { variant });
      expect(answer.headers.get('content-type')).toBe(`image/${format}`);
      const facts = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
      expect(facts.format).toBe(format);
      expect(Math.max(facts.width, facts.height)).toBeLessThanOrEqual(1024);
      expect(Math.min(facts.width, facts.height)).toBeGreaterThan(200);
    }
  });

  test('a file as input_reference is the first frame, and the model is the one that takes frames', async () => {
    const input_reference = await toFile(await drawJpeg(), 'frame.jpg', { type: 'image/jpeg' });
    const video = await openai.videos.create({ prompt: 'It wakes', input_reference, seconds: '4' });
    expect(video.model).toBe('kling-o3-image-to-video');
    await waitForVideo(video.id);
    expect(orderOf(video.id)?.sources).toMatchObject([{ role: 'image_start' }]);
  });

  test.each([
    ['image_url', () => ({ image_url: origin.url('/duck.jpg') })],
    ['file_id', async () => ({ file_id: (await upload()).file_id })],
  ] as const)('an object with %s is the first frame too', async (_, reference) => {
    const { id } = await openai.videos.create({ prompt: 'It wakes', input_reference: await reference() });
    expect((await waitForVideo(id)).status).toBe('completed');
    expect(orderOf(id)?.sources).toMatchObject([{ role: 'image_start' }]);
  });

  test('characters are elements, and their names in the prompt become the marks', async () => {
    const asked = { prompt: '@MyCharacter swims. My Character dives.', characters: [{ id: elementId }] };
    const { id } = await openai.videos.create(asked as Parameters<typeof openai.videos.create>[0]);
    await waitForVideo(id);
    expect(orderOf(id)).toMatchObject({
      spec: { prompt: '<<<element_1>>> swims. <<<element_1>>> dives.' },
      cast: [{ element_id: elementId }],
    });
  });

  test('a character is made of a clip and answered when it is there', async () => {
    const video = await toFile(await readFile(new URL('../fixtures/media/dog.mp4', import.meta.url)), 'dog.mp4');
    const character = await openai.videos.createCharacter({ name: 'Rex', video });
    expect(character).toMatchObject({ id: expect.stringMatching(/^\d{16}$/), name: 'Rex', status: 'completed' });
    expect(await openai.videos.getCharacter(character.id ?? '')).toMatchObject({ id: character.id, name: 'Rex' });
    const { body: quota } = await troupe.call('GET', '/api/v1/files/list');
    expect(JSON.stringify(quota)).not.toContain('dog.mp4');
  });

  test('any Troupe model is taken by its name, with fields of its own beside the form', async () => {
    const asked = { model: 'kling-v3-text-to-video', prompt: 'Rain', negative_prompt: 'people', sound: 'on' };
    const video = await openai.videos.create(asked as Parameters<typeof openai.videos.create>[0]);
    expect(video).toMatchObject({ model: 'kling-v3-text-to-video', seconds: '4' });
    await waitForVideo(video.id);
    expect(orderOf(video.id)?.spec).toMatchObject({ negative_prompt: 'people', sound: true });
  });

  test('JSON is taken like a form', async () => {
    const body = { prompt: 'Rain', seconds: 5, size: '1024x1792', characters: [{ id: elementId }] };
    const { status, body: video } = await troupe.call('POST', '/v1/videos', { body });
    expect([status, video.seconds, video.size]).toEqual([200, '5', '1024x1792']);
    await waitForVideo(video.id);
    expect(orderOf(video.id)?.spec).toMatchObject({ quality: '1080p', aspect_ratio: '9:16' });
  });

  test("a length and a quality in the model's own words hold, and what has no effect is named", async () => {
    const body = { prompt: 'Rain', duration: 10, quality: '1080p', aspect_ratio: '1:1', resolution: '4k', seed: 5 };
    const { headers, body: video } = await troupe.call('POST', '/v1/videos', { body });
    expect(video).toMatchObject({ seconds: '10', size: '1080x1080' });
    expect(headers.get('troupe-ignored-fields')?.split(/,\s*/).toSorted()).toEqual(['resolution', 'seed']);
    await waitForVideo(video.id);
    expect(orderOf(video.id)?.spec).toMatchObject({ quality: '1080p', aspect_ratio: '1:1', duration_seconds: 10 });
  });

  test('a dry run is found by its id and says so, and has no content', async () => {
    const { body: created } = await troupe.call('POST', '/v1/videos', { body: { prompt: 'Rain', dry_run: true } });
    expect(created).toMatchObject({ object: 'video', dry_run: true });
    await troupe.waitForEnd(created.id);
    const { status, body } = await troupe.call('GET', `/v1/videos/${created.id}`);
    expect([status, body]).toEqual([200, expect.objectContaining({ status: 'completed', dry_run: true })]);
    expect((await troupe.call('GET', `/v1/videos/${created.id}/content`)).status).toBe(404);
  });

  test('pages go on behind the last one in either order, without one twice', async () => {
    const all = [];
    for await (const video of openai.videos.list({ limit: 2, order: 'asc' })) all.push(video.id);
    const down = [];
    for await (const video of openai.videos.list({ limit: 3 })) down.push(video.id);
    expect(new Set(all).size).toBe(all.length);
    expect(down).toEqual(all.toReversed());
  });
});

async function upload(): Promise<{ file_id: string }> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(await drawJpeg())], { type: 'image/jpeg' }), 'frame.jpg');
  const headers = { authorization: `Bearer ${troupe.key.key}` };
  const answer = await fetch(`${troupe.url}/api/v1/files/upload/stream`, { method: 'POST', headers, body: form });
  return ((await answer.json()) as { data: { file_id: string } }).data;
}

describe('one server behind both forms', () => {
  test('a video of this form is a task of the other, reserved and settled like any', async () => {
    const { id } = await openai.videos.create({ prompt: 'Fog', seconds: '4' });
    const task = await troupe.waitForEnd(id);
    expect(task).toMatchObject({ id, model: 'kling-o3-text-to-video', status: 'completed' });
    // The engine says that it made 5 s, but no more is charged than was reserved.
    expect(task.usage.credits_used).toBe(4 * 5.4);
    expect(await listKinds(troupe.database.db, troupe.key.account_id, id)).toEqual(['reserve', 'settle']);
  });

  test('a video of the other form is found, and what it made can be deleted here: its link is gone, its charge stays', async () => {
    const { body } = await troupe.submit({ model: 'kling-o3-text-to-video', prompt: 'Fog', duration: 5 });
    const task = await troupe.waitForEnd(body.id);
    expect(await openai.videos.retrieve(body.id)).toMatchObject({ status: 'completed', seconds: '5' });
    await openai.videos.delete(body.id);
    expect((await fetch(task.results[0])).status).toBe(410);
    const { body: after } = await troupe.call('GET', `/v1/tasks/${body.id}`);
    expect(after).toMatchObject({ status: 'completed', results: [], usage: task.usage });
  });

  test('an unfinished video that is deleted is cancelled and refunded', async () => {
    const held = Promise.withResolvers<void>();
    engine.act = () => held.promise;
    const { id } = await openai.videos.create({ prompt: 'Fog' });
    await until('the work', () => Promise.resolve(orderOf(id) ?? null));
    await openai.videos.delete(id);
    held.resolve();
    engine.act = async () => undefined;
    const { body } = await troupe.call('GET', `/v1/tasks/${id}`);
    expect(body).toMatchObject({ status: 'cancelled', usage: { credits_used: 0 } });
  });

  test('the same Idempotency-Key gives the first video back', async () => {
    const headers = { 'idempotency-key': 'videos-form-0000001' };
    const ask = () => openai.videos.create({ prompt: 'Fog' }, { headers });
    expect((await ask()).id).toBe((await ask()).id);
  });

  test("another account's video answers like one that never existed", async () => {
    const { key } = await troupe.grant({ account: 'stranger', name: 'stranger' }, 10);
    const stranger = new OpenAI({ apiKey: key, baseURL: `${troupe.url}/v1`, ...once });
    const { id } = await openai.videos.create({ prompt: 'Fog' });
    const foreign = await refusalOf(stranger.videos.retrieve(id));
    const absent = await refusalOf(stranger.videos.retrieve('task-unified-1-none'));
    expect([foreign.status, foreign.code, foreign.message]).toEqual([absent.status, absent.code, absent.message]);
    expect((await refusalOf(stranger.videos.delete(id))).status).toBe(404);
    expect((await refusalOf(stranger.videos.getCharacter(elementId))).status).toBe(404);
  });
});

describe('refusals', () => {
  test.each([
    ['no prompt', { prompt: '' }, 400, 'prompt'],
    ['a length that the model has not', { prompt: 'x', seconds: '99' }, 400, 'seconds'],
    ['a size that is none', { prompt: 'x', size: '7x7' }, 400, 'size'],
    ['a model that is none', { prompt: 'x', model: 'sora-9' }, 404, 'model'],
    ['a character that is none', { prompt: 'x', characters: [{ id: '4129876500123456' }] }, 400, 'characters[0].id'],
    [
      'a picture where the model takes none',
      { prompt: 'x', model: 'kling-o3-text-to-video', input_reference: { image_url: 'https://example.com/a.jpg' } },
      400,
      'input_reference',
    ],
    ['a model of pictures', { prompt: 'x', model: 'kling-image-v3' }, 400, 'model'],
    ['the model of elements', { prompt: 'x', model: 'kling-custom-element' }, 400, 'model'],
    [
      'a reference that is two',
      { prompt: 'x', input_reference: { image_url: 'https://a.example/a.jpg', file_id: 'file_a' } },
      400,
      'input_reference',
    ],
    ['a size told twice', { prompt: 'x', size: '1280x720', quality: '4k' }, 400, 'size'],
  ])('%s: names the field as the form has it', async (_, body, status, param) => {
    const error = await refusalOf(openai.videos.create(body as Parameters<typeof openai.videos.create>[0], once));
    expect([error.status, error.param]).toEqual([status, param]);
    expect(error.message).toContain(param);
    expect(error.message).not.toMatch(/element_list|image_start|duration/);
  });

  test.each([
    ['seconds', { seconds: '4', duration: 8 }, 'duration'],
    [
      'input_reference',
      { input_reference: 'https://a.example/a.jpg', image_start: 'https://a.example/b.jpg' },
      'image_start',
    ],
    [
      'characters',
      {
        characters: [{ id: '4129876500123456' }],
        model_params: { element_list: [{ element_id: '4129876500123457' }] },
      },
      'model_params.element_list',
    ],
  ])(
    '%s and the field that says the same are refused together: one of them would be dropped',
    async (param, fields, other) => {
      const { status, body } = await troupe.call('POST', '/v1/videos', { body: { prompt: 'x', ...fields } });
      expect([status, body.error.param]).toEqual([400, param]);
      expect(body.error.message).toContain(other);
    },
  );

  test('behind a video that is none there is no page: 400, not an end that looks like the last one', async () => {
    const { status, body } = await troupe.call('GET', '/v1/videos?after=task-unified-1-none');
    expect([status, body.error.param]).toEqual([400, 'after']);
  });

  test('a wrong key, a poor account and a video that is not ready', async () => {
    const wrong = new OpenAI({ apiKey: 'sk-troupe000000000000000000000000000000000000', baseURL: `${troupe.url}/v1` });
    expect(await refusalOf(wrong.videos.create({ prompt: 'x' }))).toMatchObject({
      status: 401,
      code: 'invalid_api_key',
    });
    const { key } = await troupe.grant({ account: 'poor', name: 'poor' }, 1);
    const poor = new OpenAI({ apiKey: key, baseURL: `${troupe.url}/v1` });
    const refused = await refusalOf(poor.videos.create({ prompt: 'x' }));
    expect(refused).toMatchObject({ status: 429, code: 'insufficient_quota', type: 'insufficient_quota' });
    expect(refused.headers?.get('x-should-retry')).toBe('false');
  });

  test('remix, edits and extensions: 400 that says what is not made here, before the body is read', async () => {
    const { id } = await openai.videos.create({ prompt: 'Fog' });
    const video = { id };
    for (const [work, words] of [
      [openai.videos.remix(id, { prompt: 'x' }), 'remix'],
      [openai.videos.edit({ prompt: 'x', video }), 'edit'],
      [openai.videos.extend({ prompt: 'x', seconds: '4', video }), 'extension'],
    ] as const) {
      const error = await refusalOf(work);
      expect([error.status, error.message.includes(words)]).toEqual([400, true]);
    }
  });

  test('a task that failed names its field as the form has it', async () => {
    const { id } = await openai.videos.create({ prompt: 'x', input_reference: { image_url: origin.url('/none.jpg') } });
    const { error, status } = await waitForVideo(id);
    expect([status, error?.code]).toEqual(['failed', 'image_processing_error']);
    expect(error?.message).toMatch(/^input_reference: /);
  });

  test('fixed names of other forms win over an id: GET /v1/videos/generations is 405 in the body of its own form', async () => {
    const { status, headers, body } = await troupe.call('GET', '/v1/videos/generations');
    expect([status, headers.get('allow'), body.error.code]).toEqual([405, 'POST', 'method_not_allowed']);
    expect(body.error.param).toBeUndefined();
    const { status: other, body: own } = await troupe.call('PUT', '/v1/videos/edits');
    expect([other, own.error.param]).toEqual([405, null]);
  });

  const part = (name: string, value: string | Buffer, more = '') =>
    Buffer.concat([
      Buffer.from(`--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`),
      Buffer.from(value),
      Buffer.from('\r\n'),
    ]);
  const sendForm = async (path: string, parts: readonly Buffer[]) => {
    const answer = await fetch(`${troupe.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${troupe.key.key}`, 'content-type': 'multipart/form-data; boundary=x' },
      body: new Uint8Array(Buffer.concat([...parts, Buffer.from('--x--\r\n')])),
    });
    return { status: answer.status, body: (await answer.json()) as { error: { param: string } } };
  };
  const picture = (file: string) =>
    part('input_reference', 'not looked at', `; filename="${file}"\r\nContent-Type: image/jpeg`);
  test.each([
    ['a prompt in Latin-1', [part('prompt', Buffer.from('caf\xe9', 'latin1'))], 'prompt'],
    ['two prompts', [part('prompt', 'A'), part('prompt', 'B')], 'prompt'],
    ['two first frames', [part('prompt', 'A'), picture('a.jpg'), picture('b.jpg')], 'input_reference'],
    [
      'a file and a URL as first frame',
      [part('prompt', 'A'), picture('a.jpg'), part('input_reference[image_url]', 'https://a.example/b.jpg')],
      'input_reference',
    ],
  ])('a form with %s: 400 that names the field, and no task', async (_, parts, param) => {
    const { status, body } = await sendForm('/v1/videos', parts);
    expect([status, body.error.param]).toEqual([400, param]);
  });

  test('a character in Latin-1: 400 that names the field', async () => {
    const clip = part('video', 'not looked at', '; filename="a.mp4"\r\nContent-Type: video/mp4');
    const { status, body } = await sendForm('/v1/videos/characters', [
      part('name', Buffer.from('Ren\xe9', 'latin1')),
      clip,
    ]);
    expect([status, body.error.param]).toEqual([400, 'name']);
  });

  test.each([
    ['broken', '--x\r\nnonsense', 400],
    ['cut', '--x\r\nContent-Disposition: form-data; name="prompt"\r\n\r\nA', 400],
    [
      'with a name that is none',
      '--x\r\nContent-Disposition: form-data; name="__proto__[a]"\r\n\r\nA\r\n--x--\r\n',
      400,
    ],
  ])('a form that is %s: %s', async (_, body, wanted) => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const { status, body: answer } = await troupe.call('POST', '/v1/videos', { body, headers });
    expect([status, answer.error.type]).toEqual([wanted, 'invalid_request_error']);
  });
});
