import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient, getTaskRequest, uploadFile } from '../../client/index.ts';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let origin: MediaOrigin;
let troupe: StartedTroupe;
beforeAll(async () => {
  origin = await startOrigin();
  troupe = await startTroupe();
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

const photo = await readFile(new URL('../../demo/media/rc-car-front.jpg', import.meta.url));
const client = () => createClient({ baseUrl: troupe.url, key: troupe.key.key, retriesMax: 0 });
const accept = async (body: object) => {
  const { status, body: task } = await troupe.submit(body);
  expect(status).toBe(200);
  return task.id as string;
};

test('a task tells what it was asked for as a body that is accepted again and asks for the same', async () => {
  const element = imageRequest(origin.url('/duck.jpg'), [origin.url('/duck.jpg')], { dry_run: true });
  const video = {
    model: 'kling-v3-text-to-video',
    prompt: 'A lighthouse at dusk',
    duration: 5,
    callback_url: 'https://example.com/hook',
  };
  for (const sent of [element, video]) {
    const first = await getTaskRequest(client(), await accept({ ...sent, unknown_field: 1 }));
    expect(first.left_out).toEqual([]);
    expect(first.request).toMatchObject(sent);
    expect(first.request).not.toHaveProperty('unknown_field');
    const again = await getTaskRequest(client(), await accept(first.request));
    expect(again.request).toEqual(first.request);
  }
});

test('a stored file is named by its id, and a picture of the request itself is left out with its path', async () => {
  const { file_id } = await uploadFile(client(), new Blob([photo]), { fileName: 'front.jpg' });
  const inline = photo.toString('base64');
  const { request, left_out } = await getTaskRequest(client(), await accept(imageRequest(`file:${file_id}`, [inline])));
  expect(request).toMatchObject({
    model_params: {
      element_image_list: { frontal_image: `file:${file_id}`, refer_images: [{ image_url: null }] },
    },
  });
  expect(left_out).toEqual(['model_params.element_image_list.refer_images[0].image_url']);
});

test("somebody else's task and one that never was are refused alike, and what is no id by its form", async () => {
  const id = await accept(imageRequest(origin.url('/duck.jpg')));
  const stranger = await troupe.grant({ account: 'stranger', name: 'k' }, 1);
  const others = await troupe.call('GET', `/v1/tasks/${id}/request`, { key: stranger.key });
  const none = await troupe.call('GET', '/v1/tasks/task-unified-1757169743-8dxnm6yz/request');
  expect([others.status, others.body.error.code]).toEqual([404, 'task_not_found']);
  expect([none.status, none.body.error.message]).toEqual([404, others.body.error.message]);
  expect((await troupe.call('GET', '/v1/tasks/nothing/request')).body.error.code).toBe('invalid_task_id');
});
