import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { drawRaster, overlap, surface } from '../../test/helpers/draw-raster.ts';
import {
  brokenMatting,
  fixedFaces,
  greenMatting,
  hungryMatting,
  meanColorEmbedding,
  openGreenMatting,
  slowMatting,
} from '../../test/helpers/tiny-models.ts';
import { AppError } from '../lib/errors.ts';
import { parseSection } from '../lib/settings.ts';
import { createMedia, type Media, type MediaSettings, type MediaSource, type Plugins, section } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'troupe-model-builds-'));
/** Where a model says nothing, the search alone is left: the network that would stand in for a missing model is off. */
const settings: MediaSettings = {
  ...parseSection(section, {}, []),
  childCount: 1,
  childIdleSeconds: 600,
  thingsNetwork: 'off',
};
const opened: Media[] = [];
let made = 0;

afterEach(async () => {
  for (const media of opened.splice(0)) await media.close();
});
afterAll(() => rmSync(root, { recursive: true }));

type Model = Plugins['models'][number];

/** An added model, as `openPlugins` would answer it. */
function modelOf(bytes: Buffer, task: Model['task'], architecture: string, own: Partial<Model> = {}): Model {
  const path = join(root, `${made++}.onnx`);
  writeFileSync(path, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const taken = { memory_mib: 120, load_seconds: 1, run_seconds: 0.1 };
  const origin = { source: 'tiny.onnx', added_at: '2026-01-02T03:04:05.000Z' };
  return { name: `tiny-${task}`, task, architecture, sha256, bytes: bytes.length, ...taken, ...origin, path, ...own };
}

function open(models: readonly Model[], own: Partial<MediaSettings> = {}): Media {
  const media = createMedia({ ...settings, ...own }, { plugins: { folder: root, models } });
  opened.push(media);
  return media;
}

interface Scene {
  disc: readonly [number, number, number];
  /** Centre of the disc as a share of the width. */
  at?: number;
  ground?: readonly [number, number, number];
}

const width = 400;
const height = 300;
const isInside = (x: number, y: number, at: number) => (x - at * width) ** 2 + (y - height / 2) ** 2 < 75 ** 2;
const green = [40, 200, 60] as const;

async function pictureOf({ disc, at = 0.4, ground = [120, 70, 130] }: Scene): Promise<Buffer> {
  const { data } = drawRaster(width, height, (x, y) => surface(isInside(x, y, at) ? disc : ground, x, y, 12, 3));
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

async function build(media: Media, scenes: readonly Scene[]) {
  const workFolder = join(root, `out-${made++}`);
  mkdirSync(workFolder);
  const sources = await Promise.all(
    scenes.map(async (scene, at): Promise<MediaSource> => {
      const bytes = await pictureOf(scene);
      const path = join(root, `${made++}.png`);
      writeFileSync(path, bytes);
      const param = at === 0 ? 'frontal_image' : `refer_images[${at - 1}]`;
      return { role: at === 0 ? 'frontal_image' : 'refer_image', param, path, bytes: bytes.length };
    }),
  );
  const result = await media.build(sources, workFolder);
  const views = result.sources.map(({ facts }) => facts as Extract<typeof facts, { kind: 'image' }>);
  const codes = result.report.map(({ code }) => code);
  return { ...result, views, codes, read: (name: string) => readFileSync(join(workFolder, name)) };
}

async function overlapWithDisc(matte: Buffer, at: number): Promise<number> {
  const { data } = await sharp(matte).extractChannel(0).raw().toBuffer({ resolveWithObject: true });
  const truth = Uint8Array.from(data, (_, pixel) => (isInside(pixel % width, Math.floor(pixel / width), at) ? 255 : 0));
  return overlap(data, truth, 128);
}

async function failure(run: Promise<unknown>): Promise<AppError> {
  const outcome = await run.then(
    () => null,
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(AppError);
  return outcome as AppError;
}

describe('a matting model', () => {
  test.each([
    ['of fixed sides', greenMatting(), 'u2net'],
    ['of open sides', openGreenMatting(), 'modnet'],
  ])('%s draws the matte, led to the full size, and states its confidence', async (_, bytes, architecture) => {
    const media = open([modelOf(bytes, 'matting', architecture)]);
    const scenes = [{ disc: green }, { disc: green, at: 0.6 }];
    const { read, views } = await build(media, scenes);
    for (const [at, name] of ['frontal', 'refer-1'].entries()) {
      expect(await overlapWithDisc(read(`${name}-matte.png`), [0.4, 0.6][at] as number)).toBeGreaterThan(0.97);
      expect(views[at]?.matte_confidence).toBeGreaterThan(0.8);
    }
  });

  test('leaves a view in which it finds nothing to our own way, and the others are still its', async () => {
    const scenes: Scene[] = [{ disc: green }, { disc: [220, 60, 40], at: 0.6 }];
    const { views, read } = await build(open([modelOf(greenMatting(), 'matting', 'u2net')]), scenes);
    expect(await overlapWithDisc(read('frontal-matte.png'), 0.4)).toBeGreaterThan(0.97);
    const alone = await build(open([]), scenes);
    expect(views[1]?.matte_confidence).toBe(alone.views[1]?.matte_confidence);
    expect(views[0]?.matte_confidence).not.toBe(alone.views[0]?.matte_confidence);
  });

  test('that calls the whole picture subject is not believed', async () => {
    const scenes: Scene[] = [{ disc: [60, 230, 80], ground: [30, 190, 50] }];
    const { views } = await build(open([modelOf(greenMatting(), 'matting', 'u2net')]), scenes);
    expect(views[0]?.matte_confidence).toBe((await build(open([]), scenes)).views[0]?.matte_confidence);
  });

  test('of which the bytes have changed since the start fails the build and draws nothing', async () => {
    const model = modelOf(greenMatting(), 'matting', 'u2net');
    writeFileSync(model.path, greenMatting({ steepness: 1 }));
    const error = await failure(build(open([model]), [{ disc: green }]));
    expect(error.message).toBe("frontal_image: the matting model 'tiny-matting' of this server could not be loaded");
    expect(error.detail).toContain('expected');
    expect(error.message).not.toContain(root);
  });

  test('that answers NaN fails the build and is named', async () => {
    const error = await failure(build(open([modelOf(brokenMatting(), 'matting', 'u2net')]), [{ disc: green }]));
    expect(error).toMatchObject({ code: 'service_error', retryable: false, param: 'frontal_image' });
    expect(error.message).toMatch(
      /the matting model 'tiny-matting' of this server gave \d+ of 102400 values that are not numbers/,
    );
  });

  test('that takes more memory than it did when it was added ends its child process, is named, and the next build works', async () => {
    const media = open([modelOf(hungryMatting(700), 'matting', 'u2net')]);
    const error = await failure(build(media, [{ disc: green }]));
    expect(error).toMatchObject({ code: 'service_error', retryable: false });
    expect(error.message).toBe("frontal_image: the matting model 'tiny-matting' of this server needs too much memory");
    expect(error.detail).toMatch(/out_of_memory in matteWithModel: \d+ MiB resident/);
    expect((await build(open([]), [{ disc: green }])).views).toHaveLength(1);
  });

  test('that took that memory when it was added may take it, on top of what pictures may', async () => {
    const media = open([modelOf(hungryMatting(700), 'matting', 'u2net', { memory_mib: 850 })]);
    const { read } = await build(media, [{ disc: green }]);
    expect(await overlapWithDisc(read('frontal-matte.png'), 0.4)).toBeGreaterThan(0.97);
  });

  test('that is too slow is named, and another attempt may succeed', async () => {
    const media = open([modelOf(slowMatting(), 'matting', 'u2net', { load_seconds: 0, run_seconds: 0 })], {
      childStallSeconds: 3,
    });
    const error = await failure(build(media, [{ disc: green }]));
    expect(error).toMatchObject({ code: 'service_error', retryable: true });
    expect(error.message).toContain("'tiny-matting' of this server is too slow");
  });
});

describe('an embedding model', () => {
  test("scores the subjects' likeness in place of our own score, and its threshold may be calibrated", async () => {
    const scenes: Scene[] = [{ disc: green }, { disc: green, at: 0.6 }, { disc: [230, 40, 40], at: 0.5 }];
    const matting = modelOf(greenMatting(), 'matting', 'u2net');
    const embedding = modelOf(meanColorEmbedding(), 'embedding', 'clip');
    const { views, report } = await build(open([matting, embedding]), scenes);
    const [frontal, same, other] = views.map(({ same_subject }) => same_subject);
    expect(frontal).toBeNull();
    expect(same).toBeGreaterThan(0.95);
    expect(other).toBeLessThan(0.05);
    expect(report).toContainEqual(
      expect.objectContaining({ code: 'other_subject', file: 'refer-2.jpg', value: other }),
    );
    const strict = modelOf(meanColorEmbedding(), 'embedding', 'clip', { same_subject_at: 1 });
    expect((await build(open([matting, strict]), scenes)).views[1]?.same_subject).toBeLessThan(0.51);
  });
});

describe('a face model', () => {
  const faces = () => modelOf(fixedFaces(), 'faces', 'ultraface-320');

  test('says where faces are, in how many pictures, and where there are several', async () => {
    // The second box appears in bright pictures only.
    const scenes: Scene[] = [
      { disc: [60, 60, 60], ground: [50, 50, 60] },
      { disc: [250, 240, 240], ground: [240, 245, 250] },
    ];
    const { views, report } = await build(open([faces()]), scenes);
    expect(views.map((view) => view.faces?.length)).toEqual([1, 2]);
    expect(views[0]?.faces?.[0]).toMatchObject({ left: 0.1, right: 0.3, score: 0.9 });
    expect(report).toContainEqual(
      expect.objectContaining({
        code: 'face_found',
        level: 'good',
        value: 2,
        message: 'a face is seen in 2 of 2 pictures',
      }),
    );
    expect(report).toContainEqual(
      expect.objectContaining({ code: 'several_faces', level: 'warning', file: 'refer-1.jpg', value: 2 }),
    );
  });

  test('with an embedding model warns of another face: a change of character', async () => {
    const models = [faces(), modelOf(meanColorEmbedding(), 'embedding', 'clip')];
    const scenes: Scene[] = [
      { disc: green, ground: [200, 60, 60] },
      { disc: green, ground: [200, 62, 58] },
      { disc: green, ground: [60, 80, 220] },
    ];
    const { report } = await build(open(models), scenes);
    const others = report.filter(({ code }) => code === 'other_face');
    expect(others).toMatchObject([{ level: 'warning', file: 'refer-2.jpg', limit: 0.3 }]);
  });
});

test('without a model there is no word of any: neither faces nor models, and the models of a media are none', async () => {
  const media = open([]);
  const { views, codes } = await build(media, [{ disc: green }, { disc: green, at: 0.6 }]);
  expect(views.every((view) => !('faces' in view))).toBe(true);
  expect(codes.filter((code) => code.includes('face'))).toEqual([]);
  expect(media.models).toEqual([]);
});

test('a child keeps a model that it has loaded for the next build', async () => {
  const media = open([modelOf(greenMatting(), 'matting', 'u2net')]);
  await build(media, [{ disc: green }]);
  const [child] = media.childIds();
  await build(media, [{ disc: green }]);
  expect(media.childIds()).toEqual([child]);
});
