import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { catchError } from '../../../test/helpers/catch-error.ts';
import type { VideoSource, VideoSpec } from '../../engines/index.ts';
import { parseSection } from '../../lib/settings.ts';
import { type ClipHeader, type ClipRules, createMedia, section } from '../../media/index.ts';
import { findProduct } from './products.ts';
import { judgeReferenceClip, planConversion, prepareReferenceClip } from './reference-clip.ts';

const media = createMedia(parseSection(section, {}, []));
afterAll(() => media.close());

const megabyte = 2 ** 20;
const rules: ClipRules = {
  formats: ['mp4', 'mov'],
  bytesMax: 200 * megabyte,
  durationMinSeconds: 3,
  durationMaxSeconds: 10,
  widthMinPx: 720,
  widthMaxPx: 2160,
  heightMinPx: 720,
  heightMaxPx: 2160,
  frameRateMin: 24,
  frameRateMax: 60,
};

const header = (facts: Partial<ClipHeader>) =>
  ({
    format: 'mp4',
    video_codec: 'avc',
    bytes: megabyte,
    duration_seconds: 5,
    width_px: 1920,
    height_px: 1080,
    frame_rate: 29.97,
    ...facts,
  }) as ClipHeader;

describe('refused with what was measured', () => {
  test.each([
    [{ duration_seconds: 2.5 }, '2.5 s long, the Kling API takes 3 to 10 s here'],
    [{ duration_seconds: 10.2 }, '10.2 s long, the Kling API takes 3 to 10 s here'],
    [{ bytes: 200 * megabyte + 1 }, '209715201 bytes, the Kling API takes at most 209715200'],
    [
      { width_px: 700, height_px: 1280 },
      '700 × 1280 px, the Kling API takes 720 to 2160 px wide and 720 to 2160 px high',
    ],
    [
      { width_px: 3840, height_px: 1080 },
      '3840 × 1080 px, the Kling API takes 720 to 2160 px wide and 720 to 2160 px high',
    ],
  ])('%j', (facts, rule) => {
    expect(judgeReferenceClip(header(facts), rules)).toBe(rule);
  });
});

test.each([
  ['kling-o3-reference-to-video', 15],
  ['kling-o3-video-edit', 10],
  ['kling-o1-video-edit', 10],
])('the reference video of %s may last %i s', (model, seconds) => {
  const own = { ...rules, ...findProduct(model)?.clipRules?.({ model } as VideoSpec) };
  expect(judgeReferenceClip(header({ duration_seconds: seconds }), own)).toBeNull();
  expect(judgeReferenceClip(header({ duration_seconds: seconds + 0.2 }), own)).toContain(
    `takes 3 to ${seconds} s here`,
  );
});

describe('sent as', () => {
  test.each([
    ['it is', {}, null],
    ['it is: HEVC in MOV', { format: 'mov', video_codec: 'hevc' }, null],
    ['it is: 60 frames a second, nearly', { frame_rate: 60.2 }, null],
    ['H.264: WebM', { format: 'webm', video_codec: 'vp9' }, { shortSideMaxPx: 1080 }],
    ['H.264: AV1', { video_codec: 'av1' }, { shortSideMaxPx: 1080 }],
    ['H.264: odd sides', { width_px: 1281, height_px: 721 }, { shortSideMaxPx: 721 }],
    ['H.264: too large', { width_px: 3840, height_px: 2160 }, { shortSideMaxPx: 1215 }],
    ['H.264: too slow', { frame_rate: 15 }, { shortSideMaxPx: 1080, frameRate: 24 }],
    ['H.264: too fast', { frame_rate: 119.88 }, { shortSideMaxPx: 1080, frameRate: 60 }],
  ] as const)('%s', (_, facts, spec) => {
    expect(judgeReferenceClip(header(facts), rules)).toBeNull();
    expect(planConversion(header(facts), rules)).toEqual(spec);
  });
});

/** Small files of the fixtures, by rules that are small as well. */
const small: ClipRules = { ...rules, durationMinSeconds: 1, widthMinPx: 300, heightMinPx: 200 };

async function prepare(file: string, own: Partial<ClipRules>) {
  const path = new URL(`../../../test/fixtures/media/${file}`, import.meta.url).pathname;
  const { size: bytes } = await stat(path);
  const source: VideoSource = { role: 'reference_video', param: 'video_url', path, bytes };
  const workFolder = await mkdtemp(join(tmpdir(), 'troupe-reference-'));
  const place = { media, workFolder, signal: new AbortController().signal };
  const clip = await prepareReferenceClip(source, await inspect(path), { ...small, ...own }, place);
  return { path, clip, header: await inspect(clip.path) };
}

async function inspect(path: string): Promise<ClipHeader> {
  const { size: bytes } = await stat(path);
  const clip_rules = { formats: ['mp4', 'mov', 'webm'] as const, bytesMax: 1e9 };
  const [facts] = await media.inspect([{ kind: 'clip', param: 'clip', path, bytes, clip_rules }]);
  return facts as ClipHeader;
}

test('what the upstream takes is handed over untouched, by its own name', async () => {
  const mp4 = await prepare('two-scenes.mp4', {});
  expect(mp4.clip).toEqual({ path: mp4.path, media_type: 'video/mp4' });
  const mov = await prepare('portrait-rotated.mov', { durationMinSeconds: 0 });
  expect(mov.clip).toEqual({ path: mov.path, media_type: 'video/quicktime' });
});

test.each([
  ['vp9-opus-tone.webm', {}, { format: 'mp4', video_codec: 'avc', width_px: 720, height_px: 406 }],
  ['av1.mp4', {}, { format: 'mp4', video_codec: 'avc' }],
  ['spoken.mp4', { frameRateMax: 24, frameRateMin: 10 }, { frame_rate: 24, video_codec: 'avc' }],
  ['two-scenes.mp4', { widthMaxPx: 500 }, { width_px: 498, height_px: 280 }],
] as const)('%s by the rules %j comes out as %j, as long as before', async (file, own, facts) => {
  const { path, clip, header } = await prepare(file, own);
  expect(clip.path).not.toBe(path);
  expect(header).toMatchObject({
    ...facts,
    frame_rate: 'frame_rate' in facts ? expect.closeTo(24, 1) : header.frame_rate,
  });
  expect(header.duration_seconds).toBeCloseTo((await inspect(path)).duration_seconds, 0);
  expect(header.sound_track === null).toBe((await inspect(path)).sound_track === null);
});

test('a video that is too heavy once it has been converted is refused by its field', async () => {
  expect(await catchError(prepare('vp9-opus-tone.webm', { bytesMax: 90_000 }))).toMatchObject({
    code: 'invalid_parameters',
    param: 'video_url',
    message: expect.stringMatching(/^video_url: \d+ bytes as H\.264, the Kling API takes at most 90000$/),
  });
});
