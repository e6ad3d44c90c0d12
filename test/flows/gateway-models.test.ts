import { afterAll, beforeAll, expect, test } from 'vitest';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

let origin: MediaOrigin;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  troupe = await startTroupe({ worker: true });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

test.each<[string, () => object, number]>([
  ['kling-v3-turbo-text-to-video', () => ({ prompt: 'A kite', duration: 3 }), 21.6],
  ['kling-v3-turbo-image-to-video', () => ({ image_start: origin.url('/duck.jpg'), duration: 3 }), 21.6],
  [
    'kling-o1-image-to-video',
    () => ({ prompt: 'It swims', image_urls: [origin.url('/duck.jpg'), origin.url('/bear.jpg')] }),
    40,
  ],
  ['kling-o1-video-edit', () => ({ prompt: 'At night', video_urls: [origin.url('/dog.mp4')] }), 48],
  ['kling-o1-video-edit-fast', () => ({ prompt: 'At night', video_urls: origin.url('/dog.mp4') }), 48],
])(
  '%s is made as an animatic without an account, and charged by its price',
  { timeout: 600_000 },
  async (model, fields, credits) => {
    const { status, body } = await troupe.submit({ model, ...fields() });
    expect([status, body.error]).toEqual([200, undefined]);
    const task = await troupe.waitForEnd(body.id, 240_000);
    expect(task).toMatchObject({ model, status: 'completed', result_data: { engine: 'animatic' } });
    expect(task.usage.credits_used).toBeCloseTo(credits);
  },
);
