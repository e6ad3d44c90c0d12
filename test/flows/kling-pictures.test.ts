import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';

/** The pictures of an element go to the vendor as good as it takes them. */
let origin: MediaOrigin;
let standIn: StandIn;
let troupe: StartedTroupe;

beforeAll(async () => {
  origin = await startOrigin();
  standIn = await startStandIn({ taskMs: 30 });
  troupe = await startTroupe({
    worker: true,
    environment: {
      TROUPE_ELEMENT_ENGINE: 'kling',
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

test('a picture larger than what is kept is sent in its own size, upright, without its EXIF, and hardly changed', async () => {
  const duck = await sharp(new URL('../fixtures/media/duck.jpg', import.meta.url).pathname)
    .resize(3000)
    .toBuffer();
  const { width = 0, height = 0 } = await sharp(duck).metadata();
  const stored = await sharp(duck).rotate(-90).withMetadata({ orientation: 6 }).jpeg({ quality: 90 }).toBuffer();
  origin.serve('/lying.jpg', (_, response) => void response.end(stored));
  const { body } = await troupe.submit(imageRequest(origin.url('/lying.jpg')));
  const task = await troupe.waitForEnd(body.id);
  expect(task.status, JSON.stringify(task.error)).toBe('completed');
  const { frontal_image } = standIn.creates('/v1/general/advanced-custom-elements')[0]?.body.element_image_list ?? {};
  const sent = Buffer.from(frontal_image, 'base64');
  const facts = await sharp(sent).metadata();
  expect([facts.width, facts.height, facts.orientation, facts.exif]).toEqual([width, height, undefined, undefined]);
  expect(sent.length).toBeLessThan(10 * 1024 * 1024);
  const read = (bytes: Buffer) => sharp(bytes).autoOrient().resize(300).removeAlpha().raw().toBuffer();
  const [one, other] = await Promise.all([read(sent), read(stored)]);
  const most = one.reduce((sofar, value, at) => Math.max(sofar, Math.abs(value - (other[at] ?? 0))), 0);
  expect(most).toBeLessThan(16);
});
