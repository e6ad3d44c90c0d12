import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageRequest } from '../helpers/flow-bodies.ts';
import { type StandIn, standInCredentials, startStandIn } from '../helpers/stand-in-kling/stand-in.ts';
import { type MediaOrigin, startOrigin } from '../helpers/start-origin.ts';
import { type StartedTroupe, startTroupe } from '../helpers/start-troupe.ts';
import { upload } from '../helpers/upload.ts';

/** WebP, HEIC and AVIF wherever a request takes a picture. */
let origin: MediaOrigin;
let standIn: StandIn;
let troupe: StartedTroupe;
let strict: StartedTroupe;
const pictures: Record<string, Buffer> = {};

beforeAll(async () => {
  const duck = await readFile(new URL('../fixtures/media/duck.jpg', import.meta.url));
  const frames = await Promise.all([0, 180].map((turn) => sharp(duck).resize(320).rotate(turn).png().toBuffer()));
  pictures.heic = await readFile(new URL('../fixtures/media/quarters.heic', import.meta.url));
  pictures.webp = await sharp(duck).webp().toBuffer();
  pictures.avif = await sharp(duck).avif({ effort: 0 }).toBuffer();
  pictures.animation = await sharp(frames, { join: { animated: true } })
    .webp()
    .toBuffer();
  origin = await startOrigin();
  for (const [name, bytes] of Object.entries(pictures)) {
    origin.serve(`/${name}`, (_, response) => response.end(bytes));
  }
  standIn = await startStandIn({ taskMs: 50 });
  const engines = {
    TROUPE_ELEMENT_ENGINE: 'local',
    TROUPE_KLING_BASE_URL: standIn.url,
    TROUPE_KLING_API_KEY: standInCredentials.apiKey,
    TROUPE_KLING_ACCOUNT: 'studio',
  };
  troupe = await startTroupe({ worker: true, environment: engines });
  strict = await startTroupe({ worker: true, environment: { ...engines, TROUPE_MORE_IMAGE_FORMATS: 'off' } });
});
afterAll(async () => {
  await strict[Symbol.asyncDispose]();
  await troupe[Symbol.asyncDispose]();
  await standIn[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

const kinds = ['webp', 'heic', 'avif'] as const;
const inline = (name: string) => (pictures[name] as Buffer).toString('base64');

async function keep(server: StartedTroupe, name: string): Promise<string> {
  const { body } = await upload(server, pictures[name] as Buffer, { name: `${name}.bin` });
  return `file:${body.data.file_id}`;
}

async function run(server: StartedTroupe, body: object) {
  const answer = await server.submit(body);
  expect([answer.status, answer.body.error]).toEqual([200, undefined]);
  return await server.waitForEnd(answer.body.id);
}

/** What the element's record says of its first source. */
async function factsOf(server: StartedTroupe, task: { result_data: { element_id: string } }) {
  const { body } = await server.call('GET', `/v1/elements/${task.result_data.element_id}`);
  return (body.sources as { facts: Record<string, unknown> }[])[0]?.facts;
}

describe('an element is made of them', () => {
  test.each(kinds)(
    '%s: from a stored file, a data URL, bare base64 and a URL alike, and its facts say so',
    async (kind) => {
      const data = inline(kind);
      const ways = [await keep(troupe, kind), `data:image/${kind};base64,${data}`, data, origin.url(`/${kind}`)];
      for (const way of ways) {
        const task = await run(troupe, imageRequest(way));
        expect([task.status, task.error]).toEqual(['completed', undefined]);
        expect(await factsOf(troupe, task)).toMatchObject({ format: 'jpeg', converted_from: kind });
      }
    },
  );

  test('with plain URLs shut, they are refused from there alone, in the words of the contract', async () => {
    for (const kind of kinds) {
      const refused = await run(strict, imageRequest(origin.url(`/${kind}`)));
      expect([refused.status, refused.error.code, refused.usage.credits_used]).toEqual([
        'failed',
        'image_processing_error',
        0,
      ]);
      expect(refused.error.message).toMatch(
        /frontal_image: is an? \w+ image, expected a JPG, JPEG or PNG image; export/,
      );
    }
    for (const way of [await keep(strict, 'heic'), `data:;base64,${inline('heic')}`, inline('heic')]) {
      expect((await run(strict, imageRequest(way))).status).toBe('completed');
    }
  });

  test('of an animation the first picture is used, and the report warns of it', async () => {
    const task = await run(troupe, imageRequest(origin.url('/animation'), [origin.url('/duck.jpg')]));
    const warning = {
      code: 'first_of_several',
      value: 2,
      limit: 1,
      message: expect.stringContaining('element_image_list.frontal_image is a file of several pictures'),
    };
    expect(task.result_data.warnings).toContainEqual(expect.objectContaining(warning));
    expect(await factsOf(troupe, task)).toMatchObject({ converted_from: 'webp', pictures: 2 });
  });

  test('a damaged one fails the task with its field, and is refunded', async () => {
    const half = (pictures.heic as Buffer).subarray(0, 700).toString('base64');
    const task = await run(troupe, imageRequest(half));
    expect([task.status, task.error.code, task.usage.credits_used]).toEqual(['failed', 'image_processing_error', 0]);
    expect(task.error.message).toContain('frontal_image: is damaged or cut off');
  });

  test('a dry run converts as well, and tells', async () => {
    const task = await run(troupe, { ...imageRequest(inline('heic')), dry_run: true });
    expect(task.result_data.sources[0].facts).toMatchObject({ format: 'jpeg', converted_from: 'heic' });
  });
});

describe('videos', () => {
  const video = (image_start: string, rest = {}) => ({
    model: 'kling-v3-image-to-video',
    prompt: 'it moves',
    duration: 3,
    image_start,
    ...rest,
  });

  test.each(kinds)('the Kling API is sent a %s frame as a JPEG', async (kind) => {
    for (const way of [await keep(troupe, kind), inline(kind)]) {
      expect((await run(troupe, video(way))).status).toBe('completed');
      const sent = standIn.creates('/v1/videos/image2video').at(-1)?.body.image as string;
      expect((await sharp(Buffer.from(sent, 'base64')).metadata()).format).toBe('jpeg');
    }
  });

  test('a dry run says what was converted, and that more than one picture was in the file', async () => {
    const task = await run(troupe, video(inline('animation'), { dry_run: true }));
    expect(task.result_data.sources[0].facts).toMatchObject({ converted_from: 'webp', pictures: 2 });
    expect(task.result_data.report).toEqual([expect.objectContaining({ code: 'first_of_several', level: 'warning' })]);
  });

  test('an animatic shows them', async () => {
    await using animatic = await startTroupe({ worker: true });
    const task = await run(animatic, video(inline('avif')));
    expect([task.status, task.result_data.kind]).toEqual(['completed', 'animatic']);
  });
});
