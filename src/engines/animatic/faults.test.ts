import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { openAnimaticWorkshop, sourceOf } from '../../../test/helpers/animatic-cast.ts';
import { probeVideo } from '../../../test/helpers/probe-video.ts';
import { AppError } from '../../lib/errors.ts';
import { parseSection } from '../../lib/settings.ts';
import { createMedia, type ElementManifest, section } from '../../media/index.ts';
import type { CastElement, VideoPrecheck } from '../video-engine.ts';
import { createAnimaticEngine } from './create-animatic-engine.ts';

const workshop = openAnimaticWorkshop();
afterAll(() => workshop.close());

async function refusalOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error('was made'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

test('elements without a cut-out, a sheet, a sure cut-out or any picture are shown all the same', async () => {
  const element = await workshop.cast('duck');
  const { files, sources } = element.manifest;
  const without = (role: string) => ({ files: files.filter((file) => file.role !== role) });
  const unsure = sources.map((source) => ({ ...source, facts: { ...source.facts, matte_confidence: 0.4 } }));
  const nothing = { files: [], sources: [], colors: [], frontal_image: null };
  const edits: Partial<ElementManifest>[] = [without('cutout'), without('sheet'), { sources: unsure }, nothing];
  const cast = edits.map((edit): CastElement => ({ ...element, manifest: { ...element.manifest, ...edit } }));
  const start = sourceOf('image_start', 'bear.jpg');
  for (const given of [[], [start]]) {
    const draft = await workshop.render({ spec: { prompt: 'Ducks.', duration_seconds: 1 }, cast, sources: given });
    expect(await probeVideo(draft.file.path)).toMatchObject({ frame_count: 24 });
  }
});

describe('bad sources fail with the codes of bad element sources', () => {
  const spec = { duration_seconds: 3, prompt: 'A test.' };
  const damage = (source: ReturnType<typeof sourceOf>, keep: (bytes: Buffer) => Buffer) => {
    const path = join(workshop.newFolder(), source.path.split('/').at(-1) as string);
    const bytes = keep(readFileSync(source.path));
    writeFileSync(path, bytes);
    return { ...source, path, bytes: bytes.length };
  };

  test('an image that is no image', async () => {
    const source = damage(sourceOf('image_start', 'duck.jpg'), () => Buffer.from('nothing like a picture'));
    const error = await refusalOf(workshop.render({ spec, sources: [source] }));
    expect(error).toMatchObject({ code: 'image_processing_error', param: 'image_start', retryable: false });
  });

  test('an image that is cut off', async () => {
    const source = damage(sourceOf('reference_image', 'duck.jpg'), (bytes) => bytes.subarray(0, bytes.length / 2));
    const error = await refusalOf(workshop.render({ spec, sources: [source] }));
    expect(error).toMatchObject({ code: 'image_processing_error', param: 'reference_image' });
    expect(error.message).toContain('damaged');
  });

  test('a clip whose frames are damaged', async () => {
    const source = damage(sourceOf('reference_video', 'dog.mp4'), (bytes) => {
      const media = bytes.indexOf('mdat');
      bytes.fill(0xa5, media + 4000, media + 60_000);
      return bytes;
    });
    const error = await refusalOf(workshop.render({ spec: { ...spec, duration_seconds: 4 }, sources: [source] }));
    expect(error).toMatchObject({ code: 'invalid_parameters', param: 'reference_video', retryable: false });
  });

  test('a clip that breaks the rules of its model', async () => {
    const source = sourceOf('reference_video', 'dog.mp4');
    const clip_rules = { formats: ['mp4' as const], bytesMax: 1e9, durationMinSeconds: 60 };
    const error = await refusalOf(workshop.render({ spec, sources: [{ ...source, clip_rules }] }));
    expect(error).toMatchObject({ code: 'invalid_parameters', param: 'reference_video' });
    expect(error.message).toContain('at least 60 s');
  });
});

test.each(['ffmpeg', 'node-av'])(
  'an abort in the midst of rendering with %s ends it at once: the signal’s reason, and nothing is written any more',
  async (way) => {
    const abort = new AbortController();
    const workFolder = workshop.newFolder();
    const onProgress = (fraction: number) => fraction > 0.2 && abort.abort(new Error('not wanted any more'));
    const work = workshop.render({ spec: { prompt: 'A test.', duration_seconds: 15 }, workFolder }, way, {
      signal: abort.signal,
      onProgress,
    });
    await expect(work).rejects.toThrow('not wanted any more');
    const sizes = () => readdirSync(workFolder).map((name) => readFileSync(join(workFolder, name)).length);
    const before = sizes();
    await vi.waitFor(() => expect(sizes()).toEqual(before));
  },
);

test.skipIf(process.platform !== 'linux').each(['ffmpeg', 'node-av'])(
  'a full disk is said to be one, and another attempt may succeed (%s)',
  async (way) => {
    const workFolder = workshop.newFolder();
    symlinkSync('/dev/full', join(workFolder, 'animatic.mp4'));
    const error = await refusalOf(
      workshop.render({ spec: { prompt: 'A test.', duration_seconds: 3 }, workFolder }, way),
    );
    expect(error).toMatchObject({ code: 'resource_exhausted', status: 503, retryable: true });
  },
);

describe.each(['ffmpeg', 'node-av'])('the decoded frames of a clip in the work folder (%s)', (way) => {
  const spec = { model: 'kling-v3-motion-control', character_orientation: 'video' as const };
  const sources = [sourceOf('reference_image', 'bear.jpg'), sourceOf('reference_video', 'dog.mp4')];

  test.each([
    ['as long as the clip', spec],
    ['far shorter', { duration_seconds: 1 }],
  ])('are gone when the video is made, %s', async (_, length) => {
    const workFolder = workshop.newFolder();
    await workshop.render({ spec: length, sources, workFolder }, way);
    expect(readdirSync(workFolder)).toContain('animatic.mp4');
    expect(readdirSync(workFolder)).not.toContain('clip.yuv');
  });

  test.skipIf(process.platform !== 'linux')(
    'find no room on a full disk, and another attempt may succeed',
    async () => {
      const workFolder = workshop.newFolder();
      symlinkSync('/dev/full', join(workFolder, 'clip.yuv'));
      const error = await refusalOf(workshop.render({ spec, sources, workFolder }, way));
      expect(error).toMatchObject({ code: 'resource_exhausted', status: 503, retryable: true });
    },
  );
});

test('progress runs from 0 to 1 and never back', async () => {
  const fractions: number[] = [];
  const onProgress = (fraction: number) => void fractions.push(fraction);
  const sources = [sourceOf('reference_image', 'bear.jpg'), sourceOf('reference_video', 'dog.mp4')];
  await workshop.render({ spec: { character_orientation: 'video', duration_seconds: 1 }, sources }, undefined, {
    onProgress,
  });
  expect(fractions).toEqual(fractions.toSorted((one, other) => one - other));
  expect(fractions.at(-1)).toBeGreaterThan(0.95);
  expect(fractions.at(-1)).toBeLessThanOrEqual(1);
});

describe('checkVideo', () => {
  const engine = createAnimaticEngine(createMedia(parseSection(section, {}, [])));
  const spec = { model: 'm', prompt: '', quality: '720p' as const, sound: false, shots: [], watermark: false };
  const precheckOf = (precheck: Partial<VideoPrecheck>) => () =>
    engine.checkVideo({ account_id: 1, spec: { ...spec, duration_seconds: 5 }, cast: [], sources: [], ...precheck });

  test('takes whatever has a length', () => {
    expect(precheckOf({})).not.toThrow();
    expect(precheckOf({ spec, sources: [{ role: 'reference_video', param: 'video_url' }] })).not.toThrow();
  });

  test('refuses a video of unknown length, naming the field', () => {
    expect(precheckOf({ spec })).toThrow(expect.objectContaining({ code: 'invalid_parameters', param: 'duration' }));
  });
});
