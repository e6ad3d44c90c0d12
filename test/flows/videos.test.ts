import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expire } from '../../src/flow/index.ts';
import { AppError } from '../../src/lib/errors.ts';
import { imageRequest, videoRequest } from '../helpers/flow-bodies.ts';
import { countRows, listKinds, loadBooks } from '../helpers/load-books.ts';
import { type ScriptedEngine, scriptVideoEngine } from '../helpers/script-video-engine.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

let origin: MediaOrigin;
let engine: ScriptedEngine;
let troupe: StartedTroupe;
let elementId: string;

beforeAll(async () => {
  origin = await startOrigin();
  engine = scriptVideoEngine('remote');
  troupe = await startTroupe({ worker: true, videoEngine: engine });
  elementId = await makeElement(imageRequest(origin.url('/duck.jpg')));
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function makeElement(body: object): Promise<string> {
  const task = await troupe.waitForEnd((await troupe.submit(body)).body.id);
  return task.result_data.element_id;
}

const o3 = (ids: readonly string[], rest: object = {}) => ({
  model: 'kling-o3-text-to-video',
  prompt: 'the <<<element_1>>> swims',
  duration: 5,
  model_params: { element_list: ids.map((element_id) => ({ element_id })) },
  ...rest,
});

const edit = (rest: object = {}) => ({
  model: 'kling-o3-video-edit',
  prompt: 'at night',
  video_url: origin.url('/dog.mp4'),
  ...rest,
});

const motion = (character_orientation: string) => ({
  model: 'kling-v3-motion-control',
  image_urls: [origin.url('/duck.jpg')],
  video_urls: [origin.url('/dog.mp4')],
  model_params: { character_orientation },
});

const accountId = () => troupe.key.account_id;
const books = () => loadBooks(troupe.database.db, accountId());

describe('a video with an element', () => {
  test('names the element by its id from the request to the result, and its link needs no key', async () => {
    const before = await books();
    const { status, body } = await troupe.submit(o3([elementId]));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      model: 'kling-o3-text-to-video',
      task_info: { video_duration: 5 },
      usage: { billing_rule: 'per_second', credits_reserved: 27 },
    });
    const task = await troupe.waitForEnd(body.id);
    expect(engine.orders.at(-1)).toMatchObject({
      task_id: body.id,
      spec: { model: 'kling-o3-text-to-video', prompt: 'the <<<element_1>>> swims', duration_seconds: 5 },
      cast: [{ element_id: elementId, name: 'My Character', reference_type: 'image_refer' }],
    });
    expect(task).toMatchObject({
      status: 'completed',
      usage: { credits_used: 27 },
      result_data: { engine: 'scripted', element_ids: [elementId], duration: 5, video_url: task.results[0] },
    });
    const video = Buffer.from(await (await fetch(task.results[0])).arrayBuffer());
    expect(video.equals(await readFile(new URL('../fixtures/media/dog.mp4', import.meta.url)))).toBe(true);
    expect((await books()).spent).toBeCloseTo(before.spent + 27);
  });

  test('gets the same link at every query, and loses it with its file after 24 hours', async () => {
    const { body } = await troupe.submit(o3([elementId]));
    const task = await troupe.waitForEnd(body.id);
    const again = await troupe.call('GET', `/v1/tasks/${body.id}`);
    expect(again.body.results).toEqual(task.results);
    const { now } = troupe.context.clock;
    troupe.context.clock.now = () => new Date(Date.now() + 24 * 3_600_000 + 60_000);
    expect((await fetch(task.results[0])).status).toBe(410);
    troupe.context.clock.now = () => new Date(Date.now() + 26 * 3_600_000);
    await expire(troupe.context);
    troupe.context.clock.now = now;
    expect(await Array.fromAsync(troupe.context.storage.list(`results/${body.id}/`))).toEqual([]);
    expect((await troupe.call('GET', `/v1/tasks/${body.id}`)).body.status).toBe('completed');
  });

  test('is charged by what was made where the model says so: reserved for 10 s, 4 s made, the rest returned', async () => {
    const limited = await troupe.grant({ account: 'tester', name: 'limited', total_limit_microcredits: 100e6 }, 0);
    engine.seconds = 4.2;
    const { body } = await troupe.call('POST', '/v1/videos/generations', { key: limited.key, body: edit() });
    expect(body.usage.credits_reserved).toBe(81);
    const task = await troupe.waitForEnd(body.id);
    engine.seconds = 5;
    expect(task.usage.credits_used).toBeCloseTo(32.4);
    expect(await listKinds(troupe.database.db, accountId(), body.id)).toEqual(['reserve', 'settle', 'release']);
    const { body: credits } = await troupe.call('GET', '/v1/credits', { key: limited.key });
    expect(credits.data.token.used_credits).toBeCloseTo(32.4);
  });

  test.each([
    ['as asked for', () => o3([elementId]), 5],
    ['the most an edit can have', () => edit(), 10],
    ['the most motion control can have after its image', () => motion('image'), 10],
    ['the most motion control can have after its video', () => motion('video'), 30],
  ])('has a length in task_info from the first answer on: %s, then the true one', async (_, makeBody, expected) => {
    engine.seconds = 7.6;
    const { body } = await troupe.submit(makeBody());
    expect(body.task_info.video_duration).toBe(expected);
    const task = await troupe.waitForEnd(body.id);
    engine.seconds = 5;
    expect([task.task_info.video_duration, task.result_data.duration]).toEqual([8, 7.6]);
  });

  test('has its sources fetched with the limits of its model', async () => {
    const { body } = await troupe.submit(edit({ image_urls: [origin.url('/duck.jpg')] }));
    await troupe.waitForEnd(body.id);
    expect(engine.orders.at(-1)?.sources).toMatchObject([
      { role: 'reference_image', param: 'image_urls[0]' },
      { role: 'reference_video', param: 'video_url', clip_rules: { durationMinSeconds: 3, formats: ['mp4', 'mov'] } },
    ]);
  });
});

describe('refused before anything is reserved', () => {
  const cases = {
    "somebody else's element": async () => {
      const { key } = await troupe.grant({ account: 'stranger', name: 'k' }, 5);
      const { body } = await troupe.call('POST', '/v1/videos/generations', {
        key,
        body: imageRequest(origin.url('/duck.jpg')),
      });
      const theirs = () => troupe.call('GET', `/v1/tasks/${body.id}`, { key });
      const task = await until('their element', async () => {
        const answer = await theirs();
        return answer.body.status === 'completed' && answer.body;
      });
      return { id: task.result_data.element_id as string, says: 'is no element of this account' };
    },
    'an element that never was': async () => ({ id: '4129876500123456', says: 'is no element of this account' }),
    'a deleted element': async () => {
      const id = await makeElement(imageRequest(origin.url('/duck.jpg')));
      await troupe.call('DELETE', `/v1/elements/${id}`);
      return { id, says: 'was deleted at' };
    },
    'the task of an element that is still being made': async () => ({
      id: (await troupe.submit(imageRequest(origin.url('/duck.jpg')))).body.id as string,
      says: 'task',
    }),
  };

  test.each(Object.keys(cases) as (keyof typeof cases)[])('%s', async (name) => {
    const { id, says } = await cases[name]();
    const tasks = await countRows(troupe.database.db, 'tasks');
    const { status, body } = await troupe.submit(o3([elementId, id]));
    expect([status, body.error.code]).toEqual([400, 'invalid_request']);
    expect(body.error.param).toMatch(/^model_params\.element_list\[1\]/);
    expect(body.error.message).toContain(says);
    expect(await countRows(troupe.database.db, 'tasks')).toBe(tasks);
  });

  test('an element of a kind that the model does not take', async () => {
    const clip = await makeElement(videoRequest(origin.url('/dog.mp4')));
    // Alone beside the video it is taken, beside another element it is not.
    const element_list = [{ element_id: clip }, { element_id: elementId }];
    const { status, body } = await troupe.submit(edit({ model_params: { element_list } }));
    expect([status, body.error.param]).toEqual([400, 'model_params.element_list[0].element_id']);
    expect(body.error.message).toContain('video_refer');
  });

  test('what the engine can not take, in its own words', async () => {
    engine.checkVideo = ({ cast }) => {
      throw new AppError({ code: 'invalid_request', status: 400, message: `${cast[0]?.param}: too wild`, param: 'x' });
    };
    const { status, body } = await troupe.submit(o3([elementId]));
    engine.checkVideo = () => undefined;
    expect([status, body.error.message]).toEqual([400, 'model_params.element_list[0].element_id: too wild']);
  });
});

test('an element deleted between acceptance and work fails the task in words, and everything is refunded', async () => {
  const id = await makeElement(imageRequest(origin.url('/duck.jpg')));
  const before = await books();
  origin.serve('/late.jpg', async (_, response) => {
    await troupe.call('DELETE', `/v1/elements/${id}`);
    response.end(await readFile(new URL('../fixtures/media/duck.jpg', import.meta.url)));
  });
  const image_start = origin.url('/late.jpg');
  const { body } = await troupe.submit(o3([id], { model: 'kling-o3-image-to-video', image_start }));
  const task = await troupe.waitForEnd(body.id);
  expect(task).toMatchObject({ status: 'failed', error: { code: 'invalid_parameters' } });
  expect(task.error.message).toContain('was deleted at');
  expect(await books()).toEqual(before);
});

describe('an engine elsewhere', () => {
  test('is called again with the same task when its process stops, as often as that happens', async () => {
    const hang = (_: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
    engine.act = hang;
    await troupe.stopWorkers();
    const { body } = await troupe.submit(o3([elementId]));
    for (let turn = 0; turn < 4; turn++) {
      const before = engine.orders.length;
      const worker = troupe.startWorker();
      await until('the engine to be called', async () => engine.orders.length > before || null);
      await worker.close();
    }
    expect((await troupe.call('GET', `/v1/tasks/${body.id}`)).body.status).toBe('processing');
    engine.act = async () => undefined;
    troupe.startWorker();
    expect((await troupe.waitForEnd(body.id)).status).toBe('completed');
    expect(engine.orders.slice(-5).map((order) => order.task_id)).toEqual(Array(5).fill(body.id));
    expect(await listKinds(troupe.database.db, accountId(), body.id)).toEqual(['reserve', 'settle']);
  });

  test('that the settings no longer have is waited for', async () => {
    const { engines } = troupe.context;
    const { getVideoEngine } = engines;
    engines.getVideoEngine = () => {
      throw new AppError({ code: 'service_unavailable', status: 503, message: 'not set up', retryable: true });
    };
    const { body } = await troupe.submit(o3([elementId]));
    const says = (line: string) => line.includes(body.id) && line.includes('will run again');
    await until('an attempt to fail', () => troupe.log.some(says) || null);
    expect((await troupe.call('GET', `/v1/tasks/${body.id}`)).body.status).not.toBe('failed');
    engines.getVideoEngine = getVideoEngine;
    expect((await troupe.waitForEnd(body.id)).status).toBe('completed');
  });

  test('that never ends is given up after its hours, and everything is refunded', async () => {
    const { now } = troupe.context.clock;
    engine.act = async () => {
      throw new AppError({ code: 'service_error', status: 502, message: 'busy', retryable: true });
    };
    const { body } = await troupe.submit(o3([elementId]));
    await until('a first failure', () => troupe.log.some((line) => line.includes('will run again')) || null);
    troupe.context.clock.now = () => new Date(Date.now() + 4 * 3_600_000);
    const task = await troupe.waitForEnd(body.id);
    troupe.context.clock.now = now;
    engine.act = async () => undefined;
    expect(task.error).toMatchObject({ code: 'generation_timeout', message: expect.stringContaining('3 h') });
    expect(await listKinds(troupe.database.db, accountId(), body.id)).toEqual(['reserve', 'refund']);
  });

  test.each([
    ['service_error', 50],
    ['invalid_parameters', 30],
  ] as const)(
    'that fails with %s is logged at level %i: operators are woken by their own faults only',
    async (code, level) => {
      engine.act = async () => {
        throw new AppError({ code, status: 500, message: 'no luck' });
      };
      const { body } = await troupe.submit(o3([elementId]));
      expect((await troupe.waitForEnd(body.id)).error.code).toBe(code);
      engine.act = async () => undefined;
      const line = await until('the failure to be logged', () =>
        troupe.log.map((text) => JSON.parse(text)).find(({ task_id, msg }) => task_id === body.id && msg === 'failed'),
      );
      expect(line).toMatchObject({ level, reason: 'no luck' });
    },
  );

  test('can have a file fetched from the public address while it works, and not afterwards', async () => {
    let link = '';
    let seen = 0;
    engine.act = async ({ sources }, { publish }) => {
      link = (await publish(sources[0]?.path ?? '', 'video/mp4')).replace('https://troupe.example.com', troupe.url);
      seen = (await fetch(link)).status;
    };
    const config = troupe.context.config.flow as { publicUrl: string | undefined };
    config.publicUrl = 'https://troupe.example.com';
    const { body } = await troupe.submit(edit());
    const task = await troupe.waitForEnd(body.id);
    config.publicUrl = undefined;
    engine.act = async () => undefined;
    expect(task.results[0]).toMatch(/^https:\/\/troupe\.example\.com\/files\//);
    expect(seen).toBe(200);
    await until('the copy to be withdrawn', async () => (await fetch(link)).status === 410 || null);
  });

  test('that needs a public address on a server without one fails in words', async () => {
    engine.act = async ({ sources }, { publish }) => void (await publish(sources[0]?.path ?? '', 'video/mp4'));
    const { body } = await troupe.submit(edit());
    const task = await troupe.waitForEnd(body.id);
    engine.act = async () => undefined;
    expect(task.error.message).toContain('TROUPE_PUBLIC_URL is not set');
  });
});
