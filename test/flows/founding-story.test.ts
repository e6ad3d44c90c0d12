import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyCallback } from '../../client/verify-callback.ts';
import { findFreePort } from '../helpers/find-free-port.ts';
import { imageRequest, videoRequest } from '../helpers/flow-bodies.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type CallbackReceiver, startReceiver } from '../helpers/start-receiver.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { until } from '../helpers/until.ts';

/**
 * The document that the project was founded on, sentence by sentence, with each engine: an element from images, one from
 * a short video, polled and called back, and both used by their ids in O3 and V3 requests.
 */
describe.each(['this machine', 'the Kling API'] as const)('with %s', (place) => {
  let origin: MediaOrigin;
  let receiver: CallbackReceiver;
  let standIn: StandIn;
  let troupe: StartedTroupe;
  const ids = { image: '', video: '' };

  beforeAll(async () => {
    origin = await startOrigin();
    origin.serve('/juggle.mp4', async (_, response) => response.end(await readFile('demo/media/juggle.mp4')));
    origin.serve('/car.jpg', async (_, response) => response.end(await readFile('demo/media/rc-car-front.jpg')));
    receiver = await startReceiver();
    standIn = await startStandIn({ taskMs: 200 });
    const port = String(await findFreePort());
    const kling = {
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_ACCESS_KEY: standInCredentials.accessKey,
      TROUPE_KLING_SECRET_KEY: standInCredentials.secretKey,
      TROUPE_ELEMENT_ENGINE: '',
    };
    troupe = await startTroupe({
      worker: true,
      environment: {
        PORT: port,
        TROUPE_PUBLIC_URL: `http://127.0.0.1:${port}`,
        ...(place === 'the Kling API' ? kling : { TROUPE_ELEMENT_ENGINE: '' }),
      },
    });
  });
  afterAll(async () => {
    await troupe[Symbol.asyncDispose]();
    await standIn[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
    await origin[Symbol.asyncDispose]();
  });

  const engines =
    place === 'the Kling API' ? { element: 'kling', video: 'kling' } : { element: 'local', video: 'animatic' };

  async function finish(body: object) {
    const { status, body: accepted } = await troupe.submit(body);
    expect(accepted.error).toBeUndefined();
    expect(status).toBe(200);
    const task = await troupe.waitForEnd(accepted.id);
    expect(task.error).toBeUndefined();
    return task;
  }

  const cast = (...elementIds: string[]) => ({ element_list: elementIds.map((element_id) => ({ element_id })) });

  async function expectVideo(body: object) {
    const task = await finish(body);
    expect(task.result_data.engine).toBe(engines.video);
    const video = Buffer.from(await (await fetch(task.results[0])).arrayBuffer());
    expect(video.subarray(4, 8).toString()).toBe('ftyp');
    return task;
  }

  test('an element from images: the task is polled until its result_data holds the element_id', async () => {
    const task = await finish(imageRequest(origin.url('/car.jpg'), [origin.url('/car.jpg')]));
    ids.image = task.result_data.element_id;
    expect(ids.image).toMatch(/^[1-9]\d{15}$/);
    expect(task.result_data).toMatchObject({ engine: engines.element, elements: [{ element_id: ids.image }] });
  });

  test('an element from a short video, told by a signed callback once it is billed', async () => {
    const callback_url = receiver.url('/story');
    const task = await finish(videoRequest(origin.url('/juggle.mp4'), { callback_url }));
    ids.video = task.result_data.element_id;
    const [sent] = await until('the callback', () => {
      const all = receiver.received('/story');
      return all.length > 0 && all;
    });
    expect(sent?.task).toEqual(task);
    const { body = '', headers = {} } = sent ?? {};
    expect(verifyCallback({ body, headers, secret: troupe.key.callback_secret }).id).toBe(`msg_${task.id}`);
  });

  test('both elements in one O3 video of several shots', async () => {
    const task = await expectVideo({
      model: 'kling-o3-text-to-video',
      duration: 5,
      model_params: {
        ...cast(ids.image, ids.video),
        multi_shot: true,
        shot_type: 'customize',
        multi_prompt: [
          { index: 1, prompt: '<<<element_1>>> rolls in', duration: '2' },
          { index: 2, prompt: '<<<element_2>>> looks at <<<element_1>>>', duration: '3' },
        ],
      },
    });
    expect(task.result_data.element_ids).toEqual([ids.image, ids.video]);
  });

  test('an element in an O3 video from a first frame', async () => {
    const image_start = origin.url('/car.jpg');
    const prompt = '<<<element_1>>> as in <<<image_1>>>';
    await expectVideo({
      model: 'kling-o3-image-to-video',
      prompt,
      image_start,
      duration: 3,
      model_params: cast(ids.image),
    });
  });

  test('an element in a V3 image-to-video', async () => {
    const image_start = origin.url('/car.jpg');
    const prompt = '<<<element_1>>> drives off';
    await expectVideo({
      model: 'kling-v3-image-to-video',
      prompt,
      image_start,
      duration: 3,
      model_params: cast(ids.image),
    });
  });

  test('an element of a video in a V3 motion control', async () => {
    await expectVideo({
      model: 'kling-v3-motion-control',
      image_urls: [origin.url('/car.jpg')],
      video_urls: [origin.url('/juggle.mp4')],
      model_params: { ...cast(ids.video), character_orientation: 'video' },
    });
  });

  if (place === 'this machine') return;

  test('upstream the same elements were named in every request, made once each', () => {
    const made = standIn.tasks().filter((task) => task.madeId !== null);
    expect(made.map((task) => task.body.reference_type)).toEqual(['image_refer', 'video_refer']);
    const [image = '', video = ''] = made.map((task) => task.madeId ?? '');
    const named = standIn
      .tasks()
      .filter((task) => task.madeId === null)
      .map((task) => task.body.element_list.map((one: { element_id: unknown }) => String(one.element_id)));
    expect(named).toEqual([[image, video], [image], [image], [video]]);
  });
});
