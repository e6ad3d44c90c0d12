import { describe, expect, test } from 'vitest';
import type { CastFacts, VideoPrecheck, VideoSourceRole } from '../../engines/index.ts';
import type { AppError } from '../../lib/errors.ts';
import { checkVideo } from './check-video.ts';

function precheckOf(
  model: string,
  kinds: string,
  roles: VideoSourceRole[] = [],
  change: Partial<VideoPrecheck['spec']> = {},
) {
  const cast = [...kinds].map((kind, at) => castOf(kind, at));
  const spec = {
    model,
    prompt: 'a dog',
    quality: '720p' as const,
    sound: false,
    shots: [],
    watermark: false,
    ...change,
  };
  return { spec, cast, sources: roles.map((role, at) => ({ role, param: `${role}[${at}]` })) };
}

const elementId = '4129876500123456';

function castOf(kind: string, at: number, clip: object = {}): CastFacts {
  const isVideo = kind !== 'i';
  const facts = { kind: 'clip', duration_seconds: 5, width_px: 1920, height_px: 1080, ...clip };
  return {
    element_id: elementId,
    param: `element_list[${at}]`,
    name: 'n',
    description: 'd',
    voice_id: null,
    tags: [],
    reference_type: isVideo ? 'video_refer' : 'image_refer',
    engine: kind === 'k' ? 'kling' : 'local',
    manifest: {
      files: isVideo && kind !== 'k' ? [{ name: 'clip.mp4', role: 'clip' }] : [],
      sources: isVideo ? [{ role: 'refer_video', param: '', facts }] : [],
    } as never,
  };
}

function refusal(
  precheck: Omit<VideoPrecheck, 'account_id'>,
  canPublish = true,
  bound: readonly string[] = [],
): AppError | null {
  try {
    checkVideo(precheck, { canPublish, bound });
    return null;
  } catch (error) {
    return error as AppError;
  }
}

const i2v = 'kling-o3-image-to-video';
const t2v = 'kling-o3-text-to-video';
const r2v = 'kling-o3-reference-to-video';

test.each([
  [t2v, 'iiiiiii', []],
  [t2v, 'vvv', []],
  [t2v, 'vvviiii', []],
  [i2v, 'iii', ['image_start', 'image_end']],
  [i2v, 'iiii', ['reference_image', 'reference_image', 'reference_image']],
  [r2v, 'iii', ['reference_image', 'reference_video']],
  [r2v, 'v', ['reference_video']],
  ['kling-v3-image-to-video', 'ivv', ['image_start']],
  ['kling-v3-motion-control', 'v', ['reference_image', 'reference_video']],
] as const)('%s takes elements %s with %j', (model, kinds, roles) => {
  expect(refusal(precheckOf(model, kinds, [...roles]))).toBeNull();
});

test.each([
  [t2v, 'vvvv', [], 'has 4 elements made from videos, the Kling API takes at most 3 of them'],
  [t2v, 'viiiii', [], '5 images and elements made from images, the Kling API takes at most 4 of them beside'],
  [i2v, 'iiii', ['image_start'], 'has 4 elements, the Kling API takes at most 3 with a first frame'],
  [i2v, 'iiii', Array(4).fill('reference_image'), '4 images and 4 elements, the Kling API takes at most 7 in all'],
  [
    r2v,
    'iii',
    ['reference_image', 'reference_image', 'reference_video'],
    '2 images and 3 elements, the Kling API takes',
  ],
  [
    r2v,
    'v',
    ['reference_image', 'reference_video'],
    'was made from a video, the Kling API takes one such together with a reference video, without images',
  ],
  [r2v, 'iv', ['reference_video'], 'was made from a video, the Kling API takes one such together with'],
] as [string, string, VideoSourceRole[], string][])('%s refuses elements %s with %j', (model, kinds, roles, words) => {
  const error = refusal(precheckOf(model, kinds, roles));
  expect(error).toMatchObject({ status: 400, code: 'invalid_request' });
  expect(error?.message).toContain(words);
  expect(error?.message.startsWith(`${error.param}: `)).toBe(true);
});

test('an empty prompt is refused where nothing else tells what to make', () => {
  expect(refusal(precheckOf('kling-o3-video-edit', '', ['reference_video'], { prompt: ' ' }))?.param).toBe('prompt');
  const shots = [{ prompt: 'x', duration_seconds: 5 }];
  expect(refusal(precheckOf(t2v, '', [], { prompt: '', shots, shot_type: 'customize' }))).toBeNull();
  expect(refusal(precheckOf('kling-v3-motion-control', '', [], { prompt: '' }))).toBeNull();
});

test('a model that the API does not make is refused by its name', () => {
  expect(refusal(precheckOf('kling-o9', ''))?.message).toBe('model: kling-o9 is not made by the Kling API');
});

describe('an element of a video made here', () => {
  test.each([
    [{ duration_seconds: 2.9 }, 'its video lasts 2.9 s, the Kling API takes 3 to 8 s'],
    [{ width_px: 1080, height_px: 1080 }, 'its video has 1080 × 1080 px, the Kling API takes 16:9 or 9:16'],
  ])('is refused with %j', (clip, words) => {
    const precheck = { ...precheckOf(t2v, ''), cast: [castOf('v', 0, clip)] };
    expect(refusal(precheck)?.message).toBe(`element_list[0]: ${words}`);
  });

  test.each([
    { duration_seconds: 8.008 },
    { width_px: 1088, height_px: 1920 },
    { width_px: 3840, height_px: 2160 },
    { format: 'webm' },
  ])('is taken with %j', (clip) => {
    expect(refusal({ ...precheckOf(t2v, ''), cast: [castOf('v', 0, clip)] })).toBeNull();
  });

  test('is refused when its video was not kept', () => {
    const [element] = precheckOf(t2v, 'v').cast as [CastFacts];
    const cast = [{ ...element, manifest: { ...element.manifest, files: [] } }];
    expect(refusal({ ...precheckOf(t2v, ''), cast })?.message).toContain('was not kept');
  });

  test('is not judged once the account has it, and is again under another account, whoever built it', () => {
    expect(refusal(precheckOf(t2v, 'k'), true, [elementId])).toBeNull();
    expect(refusal(precheckOf(t2v, 'k'))?.message).toContain('was not kept');
  });
});

test('without an address for others, what the API would have to fetch is refused at once, and only that', () => {
  expect(refusal(precheckOf(r2v, '', ['reference_video']), false)).toMatchObject({
    status: 503,
    param: 'reference_video[0]',
  });
  expect(refusal(precheckOf(t2v, 'v'), false)).toMatchObject({ status: 503, param: 'element_list[0]' });
  expect(refusal(precheckOf(t2v, 'ki'), false, [elementId])).toBeNull();
});
