import { afterAll, beforeAll, expect, test } from 'vitest';
import { listKinds, loadBooks } from '../helpers/load-books.ts';
import type { MadeVideo } from '../helpers/stand-in-kling/faults.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

/** What the upstream made is held against what was asked for, and nobody pays for more than came. */
let origin: MediaOrigin;
let standIn: StandIn;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  standIn = await startStandIn({ taskMs: 50 });
  troupe = await startTroupe({
    worker: true,
    environment: {
      TROUPE_KLING_BASE_URL: standIn.url,
      TROUPE_KLING_API_KEY: standInCredentials.apiKey,
      TROUPE_KLING_ACCOUNT: 'studio',
    },
  });
});
afterAll(async () => {
  await troupe[Symbol.asyncDispose]();
  await standIn[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const books = () => loadBooks(troupe.database.db, troupe.key.account_id);
const kinds = (id: string) => listKinds(troupe.database.db, troupe.key.account_id, id);

/** A finished task of this body, of which the upstream makes something else. */
async function make(body: object, makes: Partial<MadeVideo> = {}) {
  standIn.plan({ tasks: [{ makes }] });
  const { status, body: task } = await troupe.submit({ prompt: 'a dog runs', ...body });
  expect(status, JSON.stringify(task)).toBe(200);
  return await troupe.waitForEnd(task.id);
}

const dear = { model: 'kling-o3-text-to-video', duration: 15, quality: '4k', aspect_ratio: '9:16', sound: 'on' };

test('a video that is what was asked for is charged in full, without a warning', async () => {
  const task = await make(dear);
  expect(task).toMatchObject({ status: 'completed', usage: { credits_used: 405 } });
  expect(task.result_data).toMatchObject({ warnings: [], width: 2160, height: 3840, has_sound: true });
});

test('less than was asked for is charged as what it is, says so, and the rest is given back', async () => {
  const before = await books();
  const task = await make(dear, { seconds: 10, widthPx: 1080, heightPx: 1920, sound: false });
  // 10 s of 1080p without sound.
  expect(task).toMatchObject({ status: 'completed', usage: { credits_used: 72.036 } });
  expect(task.result_data.warnings).toEqual([
    { code: 'shorter_than_asked', message: '10 s long instead of 15 s' },
    { code: 'smaller_than_asked', message: '1080 × 1920 px instead of 4k' },
    { code: 'silent', message: 'without the sound that was asked for' },
  ]);
  expect(await kinds(task.id)).toEqual(['reserve', 'settle', 'release']);
  const { spent, available } = await books();
  expect([spent - before.spent, before.available - available].map((credits) => credits.toFixed(3))).toEqual([
    '72.036',
    '72.036',
  ]);
});

test('3 s of 640 × 360 px without sound for 15 s of 4k 9:16 with sound: failed with what came, and nothing is charged', async () => {
  const task = await make(dear, { seconds: 3, widthPx: 640, heightPx: 360, sound: false });
  expect(task).toMatchObject({ status: 'failed', error: { code: 'service_error' }, usage: { credits_used: 0 } });
  for (const words of ['3 s long instead of 15 s', '640 × 360 px instead of 9:16', standIn.tasks().at(-1)?.id]) {
    expect(task.error.message).toContain(words);
  }
  expect(await kinds(task.id)).toEqual(['reserve', 'refund']);
  expect(troupe.log.some((line) => line.includes('another video than was asked for'))).toBe(true);
});

test('a shape beside a first frame is named as ignored, and the shape of the frame is nothing to complain of', async () => {
  const image_start = origin.url('/duck.jpg');
  const body = { model: 'kling-o3-image-to-video', prompt: 'it swims', duration: 3, aspect_ratio: '9:16', image_start };
  const answer = await fetch(`${troupe.url}/v1/videos/generations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${troupe.key.key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([answer.status, answer.headers.get('troupe-ignored-fields')]).toEqual([200, 'aspect_ratio']);
  const task = await troupe.waitForEnd(((await answer.json()) as { id: string }).id);
  expect(task).toMatchObject({ status: 'completed', result_data: { warnings: [], width: 1280 } });
  const create = standIn.creates('/v1/videos/omni-video').at(-1);
  expect(create?.body).not.toHaveProperty('aspect_ratio');
});
