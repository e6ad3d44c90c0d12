import { expect, test } from 'vitest';
import type { VideoSpec } from '../../engines/index.ts';
import { checkVideo } from './check-video.ts';
import { findProduct } from './products.ts';
import type { Translation } from './translation.ts';

const spec: VideoSpec = {
  model: 'kling-o3-text-to-video',
  prompt: '<<<element_1>>> runs',
  duration_seconds: 5,
  quality: '1080p',
  sound: true,
  shots: [],
  watermark: false,
};

function translate(change: Partial<VideoSpec>, given: Partial<Translation> = {}): unknown {
  const asked = { ...spec, ...change };
  const product = findProduct(asked.model);
  const translation: Translation = {
    spec: asked,
    elementIds: [],
    images: [],
    nearestAspectRatio: '9:16',
    elementIdForm: 'integer',
    ...given,
  };
  return JSON.parse(JSON.stringify(product?.translate(translation)));
}

const start = { role: 'image_start', base64: 'START' } as const;
const end = { role: 'image_end', base64: 'END' } as const;
const reference = { role: 'reference_image', base64: 'REFERENCE' } as const;
const shots = [
  { prompt: 'first', duration_seconds: 2 },
  { prompt: 'second', duration_seconds: 3 },
];

test('text to video of O3 is an omni-video with its marks, sound and seconds as text', () => {
  expect(translate({ aspect_ratio: '1:1' })).toEqual({
    model_name: 'kling-v3-omni',
    prompt: '<<<element_1>>> runs',
    sound: 'on',
    mode: 'pro',
    aspect_ratio: '1:1',
    duration: '5',
    watermark_info: { enabled: false },
  });
});

test.each([
  ['720p', 'std'],
  ['1080p', 'pro'],
  ['4k', '4k'],
] as const)('quality %s is mode %s', (quality, mode) => {
  expect(translate({ quality })).toMatchObject({ mode });
});

test('shots are told one by one, counted from 1, without a prompt beside them', () => {
  expect(translate({ shots, shot_type: 'customize' })).toMatchObject({
    multi_shot: true,
    shot_type: 'customize',
    prompt: '',
    multi_prompt: [
      { index: 1, prompt: 'first', duration: '2' },
      { index: 2, prompt: 'second', duration: '3' },
    ],
  });
});

test('shots left to the model keep the prompt', () => {
  const body = translate({ model: 'kling-v3-text-to-video', shot_type: 'intelligence' });
  expect(body).toMatchObject({ multi_shot: true, shot_type: 'intelligence', prompt: '<<<element_1>>> runs' });
  expect(body).not.toHaveProperty('multi_prompt');
});

test('images keep the order in which marks count them; frames are named, references are not', () => {
  const body = translate({ model: 'kling-o3-image-to-video' }, { images: [start, end, reference] });
  expect(body).toMatchObject({
    image_list: [
      { image_url: 'START', type: 'first_frame' },
      { image_url: 'END', type: 'end_frame' },
      { image_url: 'REFERENCE' },
    ],
  });
  expect(body).not.toHaveProperty('aspect_ratio');
});

test('references without a first frame get a ratio: the asked one, else the nearest', () => {
  const model = 'kling-o3-image-to-video';
  expect(translate({ model }, { images: [reference] })).toMatchObject({ aspect_ratio: '9:16' });
  expect(translate({ model, aspect_ratio: '16:9' }, { images: [reference] })).toMatchObject({ aspect_ratio: '16:9' });
});

test('a reference video is a feature, keeps its sound unless told otherwise, and silences the rest', () => {
  const body = translate({ model: 'kling-o3-reference-to-video' }, { videoUrl: 'https://x/v' });
  expect(body).toMatchObject({
    video_list: [{ video_url: 'https://x/v', refer_type: 'feature', keep_original_sound: 'yes' }],
    sound: 'off',
    aspect_ratio: '9:16',
    duration: '5',
  });
});

test('beside a reference video the upstream takes a first frame, 4k and shots that it cuts itself', () => {
  const change = { model: 'kling-o3-reference-to-video', quality: '4k', shot_type: 'intelligence' } as const;
  const body = translate(change, { videoUrl: 'https://x/v', images: [start, reference] });
  expect(body).toMatchObject({
    multi_shot: true,
    shot_type: 'intelligence',
    image_list: [{ image_url: 'START', type: 'first_frame' }, { image_url: 'REFERENCE' }],
    video_list: [{ refer_type: 'feature' }],
    mode: '4k',
    sound: 'off',
  });
  expect(body).not.toHaveProperty('aspect_ratio');
});

test('a video to edit is the base, and gives length and ratio', () => {
  const body = translate({ model: 'kling-o3-video-edit', keep_original_sound: false }, { videoUrl: 'https://x/v' });
  expect(body).toMatchObject({
    video_list: [{ video_url: 'https://x/v', refer_type: 'base', keep_original_sound: 'no' }],
    sound: 'off',
  });
  for (const field of ['duration', 'aspect_ratio']) expect(body).not.toHaveProperty(field);
});

test('O1 is an omni-video of its own model: frames are named, a video to edit is the base', () => {
  const silent = { sound: false, quality: '720p' } as const;
  const frames = translate({ ...silent, model: 'kling-o1-image-to-video' }, { images: [start, end] });
  expect(frames).toMatchObject({ model_name: 'kling-video-o1', mode: 'std', sound: 'off', duration: '5' });
  expect(frames).toMatchObject({
    image_list: [
      { image_url: 'START', type: 'first_frame' },
      { image_url: 'END', type: 'end_frame' },
    ],
  });
  const edited = translate(
    { ...silent, model: 'kling-o1-video-edit' },
    { videoUrl: 'https://x/v', images: [reference] },
  );
  expect(edited).toMatchObject({
    model_name: 'kling-video-o1',
    image_list: [{ image_url: 'REFERENCE' }],
    video_list: [{ video_url: 'https://x/v', refer_type: 'base' }],
  });
  expect(edited).not.toHaveProperty('duration');
});

test.each(['kling-v3-turbo-text-to-video', 'kling-v3-turbo-image-to-video', 'kling-o1-video-edit-fast'])(
  '%s is not made by the Kling API, and is refused in words before a charge',
  (model) => {
    const knowledge = { canPublish: true, bound: [] };
    expect(() => checkVideo({ spec: { ...spec, model }, cast: [], sources: [] }, knowledge)).toThrow(
      `${model} is not made by the Kling API`,
    );
  },
);

test('V3 image to video has its frames in fields of their own', () => {
  const change = { model: 'kling-v3-image-to-video', negative_prompt: 'rain', watermark: true };
  expect(translate(change, { images: [start, end], elementIds: ['160'] })).toEqual({
    model_name: 'kling-v3',
    image: 'START',
    image_tail: 'END',
    prompt: '<<<element_1>>> runs',
    negative_prompt: 'rain',
    element_list: [{ element_id: 160 }],
    sound: 'on',
    mode: 'pro',
    duration: '5',
    watermark_info: { enabled: true },
  });
});

test('V3 text to video has a ratio and no elements', () => {
  expect(translate({ model: 'kling-v3-text-to-video', sound: false })).toEqual({
    model_name: 'kling-v3',
    prompt: '<<<element_1>>> runs',
    sound: 'off',
    mode: 'pro',
    aspect_ratio: '16:9',
    duration: '5',
    watermark_info: { enabled: false },
  });
});

test('motion control has one image, one video and an orientation, and no length', () => {
  const change = { model: 'kling-v3-motion-control', prompt: '', character_orientation: 'image' } as const;
  const images = [{ role: 'reference_image', base64: 'IMAGE' }] as const;
  expect(translate(change, { images, videoUrl: 'https://x/v', elementIds: ['160'] })).toEqual({
    model_name: 'kling-v3',
    image_url: 'IMAGE',
    video_url: 'https://x/v',
    element_list: [{ element_id: 160 }],
    keep_original_sound: 'yes',
    character_orientation: 'image',
    mode: 'pro',
    watermark_info: { enabled: false },
  });
});

test('ids of 19 digits are written digit by digit, bare or in quotes', () => {
  const write = (elementIdForm: 'integer' | 'text') =>
    JSON.stringify(
      findProduct('kling-o3-text-to-video')?.translate({
        spec,
        images: [],
        nearestAspectRatio: '1:1',
        elementIdForm,
        elementIds: ['8543454323444234222', '829836802793406551'],
      }),
    );
  expect(write('integer')).toContain('[{"element_id":8543454323444234222},{"element_id":829836802793406551}]');
  expect(write('text')).toContain('[{"element_id":"8543454323444234222"},{"element_id":"829836802793406551"}]');
});
