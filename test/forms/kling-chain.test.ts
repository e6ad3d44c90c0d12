import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

/** A client of the official API that knows nothing of this form: the engine by which a server asks the vendor. */
let origin: MediaOrigin;
let upstream: StartedTroupe;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  upstream = await startTroupe({ worker: true });
  const { access_key, secret_key } = await upstream.context.pairs.create();
  await upstream.grant({ account: 'downstream', name: 'downstream', access_key }, 1000);
  troupe = await startTroupe({
    worker: true,
    environment: {
      TROUPE_ELEMENT_ENGINE: 'local',
      TROUPE_KLING_BASE_URL: upstream.url,
      TROUPE_KLING_ACCESS_KEY: access_key,
      TROUPE_KLING_SECRET_KEY: secret_key,
    },
  });
});
afterAll(async () => {
  await troupe?.[Symbol.asyncDispose]();
  await upstream?.[Symbol.asyncDispose]();
  await origin?.[Symbol.asyncDispose]();
});

test("a server whose Kling API is another server's official form makes its elements known there and gets its videos from it, signed by a pair", {
  timeout: 600_000,
}, async () => {
  const { body } = await troupe.submit(imageRequest(origin.url('/bear.jpg'), [origin.url('/bear-side.jpg')]));
  const made = await troupe.waitForEnd(body.id);
  const video = await troupe.submit({
    model: 'kling-o3-text-to-video',
    prompt: '<<<element_1>>> walks',
    duration: 3,
    quality: '720p',
    model_params: { element_list: [{ element_id: made.result_data.element_id }] },
  });
  const task = await troupe.waitForEnd(video.body.id, 500_000);
  expect([task.status, task.error]).toEqual(['completed', undefined]);
  expect(task.result_data).toMatchObject({ engine: 'kling', warnings: [] });
  const rows = await upstream.database.db
    .selectFrom('tasks')
    .select(['model', 'status', 'external_task_id'])
    .orderBy('created_at')
    .execute();
  expect(rows).toEqual([
    { model: 'kling-custom-element', status: 'completed', external_task_id: expect.any(String) },
    { model: 'kling-o3-text-to-video', status: 'completed', external_task_id: expect.any(String) },
  ]);
});
