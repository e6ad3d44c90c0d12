import { describe, expect, test } from 'vitest';
import { castOf, elementIds, refuseVideo, shotsOf, videoBodyOf } from '../../test/helpers/video-requests.ts';

const t2v = (rest = {}, params?: object) => videoBodyOf('kling-o3-text-to-video', rest, params as undefined);
const i2v = (rest = {}, params?: object) => videoBodyOf('kling-o3-image-to-video', rest, params as undefined);
const r2v = (rest = {}, params?: object) => videoBodyOf('kling-o3-reference-to-video', rest, params as undefined);
const edit = (rest = {}, params?: object) => videoBodyOf('kling-o3-video-edit', rest, params as undefined);
const v3t2v = (rest = {}, params?: object) => videoBodyOf('kling-v3-text-to-video', rest, params as undefined);
const v3i2v = (rest = {}, params?: object) => videoBodyOf('kling-v3-image-to-video', rest, params as undefined);
const motion = (rest = {}, params?: object) => videoBodyOf('kling-v3-motion-control', rest, params as undefined);

const list = 'model_params.element_list';
const id = `${list}[0].element_id`;
const shots = 'model_params.multi_prompt';
const idRule = "must be the 16 digits that an element's finished task names in result_data.element_id";
const unlessShots = 'unless model_params.shot_type customize with multi_shot tells the shots';
const images = (count: number) => Array(count).fill('https://example.com/a.jpg');
const notTaken = (model: string, meant?: string) =>
  `is not taken by ${model}, so what is made would not show it; ${meant ? `send it as ${meant} or leave it out` : 'leave it out or choose another model'}`;
const elementsPlace = 'is no field; elements stand in model_params.element_list, each as {"element_id": "…"}';
const noMark = 'is no mark; marks are like <<<element_1>>>, <<<image_1>>>, <<<video_1>>>';
const element = (element_id: unknown) => t2v({}, { element_list: [{ element_id }] });
const shot = (extra: object) => ({ ...shotsOf(5), multi_prompt: [{ index: 1, prompt: 'a', duration: '5', ...extra }] });

type Refusal = [body: unknown, param: string, rule: string];

const tables: Record<string, Refusal[]> = {
  prompts: [
    [t2v({ prompt: undefined }), 'prompt', `is required ${unlessShots}`],
    [i2v({ prompt: undefined }), 'prompt', `is required ${unlessShots}`],
    [
      v3i2v({ prompt: '' }, { multi_shot: true, shot_type: 'intelligence' }),
      'prompt',
      'is required with model_params.shot_type intelligence, which cuts its story into shots',
    ],
    [v3t2v({ prompt: '\u200b\u2060' }), 'prompt', `is blank, must hold at least one visible character ${unlessShots}`],
    [v3t2v({ prompt: ' ' }), 'prompt', `is blank, must hold at least one visible character ${unlessShots}`],
    [v3t2v({ prompt: '' }, { multi_shot: true, shot_type: 'intelligence' }), 'prompt', `is required ${unlessShots}`],
    [r2v({ prompt: undefined }), 'prompt', 'is required'],
    [r2v({ prompt: '' }), 'prompt', 'is empty, 1 to 2500 characters are allowed'],
    [t2v({ prompt: '😀'.repeat(2501) }), 'prompt', '2501 characters, at most 2500 are allowed'],
    [t2v({ prompt: 12 }), 'prompt', 'is a number (12), must be a string'],
    [edit({ prompt: 'a\0' }), 'prompt', "is 'a\\u{0}', must hold no control characters"],
    [v3t2v({ negative_prompt: 'a'.repeat(2501) }), 'negative_prompt', '2501 characters, at most 2500 are allowed'],
  ],
  'what O1 and the turbo models do not take': [
    [videoBodyOf('kling-o1-image-to-video', { duration: 7 }), 'duration', 'is 7, must be one of 5, 10'],
    [videoBodyOf('kling-o1-image-to-video', { image_urls: images(3) }), 'image_urls', '3 items, 1 to 2 are allowed'],
    [
      videoBodyOf('kling-o1-image-to-video', { image_start: images(1)[0] }),
      'image_start',
      notTaken('kling-o1-image-to-video', 'image_urls'),
    ],
    [videoBodyOf('kling-o1-video-edit', {}, { element_list: castOf(1) }), list, notTaken('kling-o1-video-edit')],
    [videoBodyOf('kling-v3-turbo-image-to-video', { quality: '4k' }), 'quality', "is '4k', must be one of 720p, 1080p"],
    [
      videoBodyOf('kling-v3-turbo-image-to-video', { image_end: images(1)[0] }),
      'image_end',
      notTaken('kling-v3-turbo-image-to-video', 'image_start'),
    ],
    [
      videoBodyOf('kling-v3-turbo-text-to-video', {}, { element_list: castOf(1) }),
      list,
      notTaken('kling-v3-turbo-text-to-video'),
    ],
  ],
  'lengths and choices': [
    [t2v({ duration: 2 }), 'duration', 'is 2, must be 3 to 15'],
    [t2v({ duration: 16 }), 'duration', 'is 16, must be 3 to 15'],
    [t2v({ duration: '16' }), 'duration', 'is 16, must be 3 to 15'],
    [r2v({ duration: 11 }), 'duration', 'is 11, must be 3 to 10'],
    [t2v({ duration: 5.5 }), 'duration', 'is a number (5.5), must be a whole number'],
    [t2v({ duration: '5s' }), 'duration', "is text ('5s'), must be a whole number"],
    [t2v({ quality: '480p' }), 'quality', "is '480p', must be one of 720p, 1080p, 4k"],
    [r2v({ quality: '8k' }), 'quality', "is '8k', must be one of 720p, 1080p, 4k"],
    [motion({ quality: '4K' }), 'quality', "is '4K', must be one of 720p, 1080p"],
    [t2v({ aspect_ratio: '4:3' }), 'aspect_ratio', "is '4:3', must be one of 16:9, 9:16, 1:1"],
    [t2v({ sound: true }), 'sound', 'is a boolean (true), must be a string'],
    [r2v({ keep_original_sound: 'yes' }), 'keep_original_sound', "is text ('yes'), must be true or false"],
    [motion({ model_params: null }), 'model_params', 'is null, must be an object with character_orientation'],
    [v3i2v({ image_start: null }), 'image_start', 'is null, must be a string'],
    [t2v({ callback_url: 7 }), 'callback_url', 'is a number (7), must be a string'],
  ],
  'images and videos': [
    [i2v({ image_start: 'ftp://example.com/a.jpg' }), 'image_start', 'must use http or https'],
    [i2v({ image_start: 'http://127.0.0.1/a.jpg' }), 'image_start', 'must not point to an internal address'],
    [i2v({ image_urls: ['QUJD', ''] }), 'image_urls[1]', 'is empty'],
    [i2v({ image_urls: 'http://127.0.0.1/' }), 'image_urls', 'must not point to an internal address'],
    [i2v({ image_urls: [7] }), 'image_urls[0]', 'is a number (7), must be a string'],
    [
      i2v({ image_start: undefined, image_end: 'QUJD' }),
      'image_end',
      'is given without image_start, a last frame needs a first frame',
    ],
    [
      i2v({ image_end: 'QUJD', image_urls: images(1) }),
      'image_end',
      'is given with 3 images in all, at most 2 are allowed then',
    ],
    [i2v({ image_urls: images(8) }), 'image_urls', '8 items, at most 7 are allowed'],
    [i2v({ image_urls: images(7) }), 'image_urls', '8 images and 0 elements, at most 7 together are allowed'],
    [v3i2v({ image_start: undefined }), 'image_start', 'is required'],
    [r2v({ video_url: undefined }), 'video_url', 'is required'],
    [
      i2v({ image_start: undefined, image_urls: [] }),
      'image_start',
      'is required unless image_urls or model_params.element_list says what is to be seen',
    ],
    [edit({ video_url: undefined }), 'video_url', 'is required'],
    [edit({ video_url: '' }), 'video_url', 'is empty, at least 1 is required'],
    [edit({ video_url: 'QUJD' }), 'video_url', 'must be an http or https URL'],
    [edit({ video_url: 'data:video/mp4;base64,QUJD' }), 'video_url', 'must be an http or https URL'],
    [motion({ image_urls: undefined }), 'image_urls', 'is required'],
    [motion({ image_urls: [] }), 'image_urls', '0 items, exactly 1 is allowed'],
    [motion({ image_urls: images(2) }), 'image_urls', '2 items, exactly 1 is allowed'],
    [motion({ video_urls: images(2) }), 'video_urls', '2 items, exactly 1 is allowed'],
    [motion({ video_urls: ['QUJD'] }), 'video_urls[0]', 'must be an http or https URL'],
  ],
  'what the model does not take': [
    [t2v({ image_start: 'QUJD' }), 'image_start', notTaken('kling-o3-text-to-video')],
    [t2v({ image_urls: images(1) }), 'image_urls', notTaken('kling-o3-text-to-video')],
    [v3i2v({ image_urls: 'QUJD' }), 'image_urls', notTaken('kling-v3-image-to-video', 'image_start')],
    [i2v({ video_url: 'https://example.com/a.mp4' }), 'video_url', notTaken('kling-o3-image-to-video')],
    [edit({ image_end: 'QUJD' }), 'image_end', notTaken('kling-o3-video-edit', 'image_urls')],
    [motion({ video_url: { url: 'x' } }), 'video_url', notTaken('kling-v3-motion-control', 'video_urls')],
    [v3t2v({}, { element_list: castOf(1) }), list, notTaken('kling-v3-text-to-video')],
    [v3t2v({ element_list: castOf(1) }), 'element_list', notTaken('kling-v3-text-to-video')],
    [t2v({ element_list: castOf(1) }), 'element_list', elementsPlace],
    [i2v({ elements: castOf(1) }), 'elements', elementsPlace],
    [v3i2v({}, { element_ids: [elementIds[0]] }), 'model_params.element_ids', elementsPlace],
    [v3t2v({}, { element_id: elementIds[0] }), 'model_params.element_id', notTaken('kling-v3-text-to-video')],
  ],
  elements: [
    [t2v({}, { element_list: castOf(8) }), list, '8 items, at most 7 are allowed'],
    [v3i2v({}, { element_list: castOf(4) }), list, '4 items, at most 3 are allowed'],
    [motion({}, { element_list: castOf(2) }), list, '2 items, at most 1 is allowed'],
    [i2v({}, { element_list: castOf(4) }), list, '4 items, at most 3 are allowed with image_start'],
    [
      i2v({ image_start: undefined, image_urls: images(4) }, { element_list: castOf(4) }),
      list,
      '4 images and 4 elements, at most 7 together are allowed',
    ],
    [
      i2v({ image_urls: images(4) }, { element_list: castOf(3) }),
      list,
      '5 images and 3 elements, at most 7 together are allowed',
    ],
    [
      r2v({ image_urls: images(3) }, { element_list: castOf(2) }),
      list,
      '3 images and 2 elements, at most 4 together are allowed',
    ],
    [
      edit({ image_urls: images(1) }, { element_list: castOf(4) }),
      list,
      '1 image and 4 elements, at most 4 together are allowed',
    ],
    [
      t2v({}, { element_list: [...castOf(2), ...castOf(1)] }),
      `${list}[2].element_id`,
      `is ${elementIds[0]}, which ${list}[0] names already`,
    ],
    [
      motion({}, { character_orientation: 'image', element_list: castOf(1) }),
      'model_params.character_orientation',
      "is 'image', must be 'video' with an element",
    ],
    [motion({}, { character_orientation: undefined }), 'model_params.character_orientation', 'is required'],
    [{ ...motion(), model_params: undefined }, 'model_params', 'is required'],
    [t2v({}, { element_list: {} }), list, 'is an object, must be an array'],
    [
      t2v({}, { element_list: [elementIds[0]] }),
      `${list}[0]`,
      `is text ('${elementIds[0]}'), must be an object with element_id`,
    ],
    [t2v({}, { element_list: [{}] }), id, 'is required'],
    [element('123456'), id, `is '123456', ${idRule}`],
    [element(123456), id, `is '123456', ${idRule}`],
    [element(1.5), id, 'is a number (1.5), must be a string'],
    [element(null), id, 'is null, must be a string'],
    [element('829836802793406551'), id, `is '829836802793406551', ${idRule}`],
    [
      element('task-unified-1757169743-8dxnm6yz'),
      id,
      "is a task's id; the element's own id is in result_data.element_id of that task once it is completed",
    ],
    [
      JSON.parse(JSON.stringify(element(0)).replace('"element_id":0', '"element_id":829836802793406551')),
      id,
      'is a number beyond 2^53, which was rounded on its way; send the id as a string',
    ],
  ],
  shots: [
    [t2v({}, { multi_shot: true }), 'model_params.shot_type', 'is required with multi_shot'],
    [
      t2v({}, { multi_shot: true, shot_type: 'intelligence' }),
      'model_params.shot_type',
      "is 'intelligence', must be 'customize'",
    ],
    [t2v({}, { multi_shot: 'yes' }), 'model_params.multi_shot', "is text ('yes'), must be true or false"],
    [t2v({}, { multi_shot: true, shot_type: 'customize' }), shots, 'is required with customize'],
    [t2v({}, { ...shotsOf(5), multi_prompt: [] }), shots, '0 items, 1 to 6 are allowed with customize'],
    [t2v({ duration: 7 }, shotsOf(1, 1, 1, 1, 1, 1, 1)), shots, '7 items, at most 6 are allowed'],
    [t2v({ duration: 10 }, shotsOf(5, 4)), shots, 'durations add up to 9 s, must add up to duration (10 s)'],
    [
      t2v({}, shotsOf('4', '4')),
      shots,
      'durations add up to 8 s, must add up to duration, which is 5 s when it is not given',
    ],
    [t2v({}, shotsOf(5, 0)), `${shots}[1].duration`, "is '0', must be whole seconds, at least 1, like '5'"],
    [t2v({}, shotsOf('5s')), `${shots}[0].duration`, "is '5s', must be whole seconds, at least 1, like '5'"],
    [t2v({}, shotsOf(2.5, 2.5)), `${shots}[0].duration`, 'is a number (2.5), must be a string'],
    [t2v({}, shot({ index: 0 })), `${shots}[0].index`, 'is 0, must be at least 1'],
    [t2v({}, shot({ index: 2 })), `${shots}[0].index`, 'is 2, must be at most 1, the number of shots'],
    [
      t2v({}, { ...shotsOf(2, 3), multi_prompt: [shot({}).multi_prompt[0], shot({}).multi_prompt[0]] }),
      `${shots}[1].index`,
      'is 1, which another shot has too',
    ],
    [t2v({}, shot({ prompt: '' })), `${shots}[0].prompt`, 'is empty, 1 to 512 characters are allowed'],
    [t2v({}, shot({ prompt: '😀'.repeat(513) })), `${shots}[0].prompt`, '513 characters, at most 512 are allowed'],
    [t2v({}, shot({ prompt: undefined })), `${shots}[0].prompt`, 'is required'],
  ],
  marks: [
    [t2v({ prompt: '<<<element_1>>>' }), 'prompt', '<<<element_1>>> names more than was given: 0 elements'],
    [
      t2v({ prompt: 'a <<<element_2>>>' }, { element_list: castOf(1) }),
      'prompt',
      '<<<element_2>>> names more than was given: 1 element',
    ],
    [i2v({ prompt: '<<<image_2>>>' }), 'prompt', '<<<image_2>>> names more than was given: 1 image'],
    [r2v({ prompt: '<<<video_2>>>' }), 'prompt', '<<<video_2>>> names more than was given: 1 video'],
    [r2v({ prompt: '<<<image_1>>>' }), 'prompt', '<<<image_1>>> names more than was given: 0 images'],
    [v3i2v({ prompt: '<<<video_1>>>' }), 'prompt', '<<<video_1>>> names more than was given: 0 videos'],
    [motion({ prompt: '<<<image_2>>>' }), 'prompt', '<<<image_2>>> names more than was given: 1 image'],
    [
      t2v({}, shot({ prompt: '<<<element_1>>>' })),
      `${shots}[0].prompt`,
      '<<<element_1>>> names more than was given: 0 elements',
    ],
    [t2v({ prompt: '<<<element_0>>>' }), 'prompt', `'<<<element_0>>>' ${noMark}`],
    [t2v({ prompt: '<<<element_x>>>' }), 'prompt', `'<<<element_x>>>' ${noMark}`],
    [t2v({ prompt: '<<<element_01>>>' }), 'prompt', `'<<<element_01>>>' ${noMark}`],
    [t2v({ prompt: '<<<Element_1>>>' }), 'prompt', `'<<<Element_1>>>' ${noMark}`],
    [t2v({ prompt: '<<< element_1 >>>' }), 'prompt', `'<<< element_1 >>>' ${noMark}`],
    [t2v({ prompt: '<<<element_1>>' }), 'prompt', `'<<<element_1>>' ${noMark}`],
    [t2v({ prompt: 'see <<<image_1' }), 'prompt', `'<<<image_1' ${noMark}`],
    [t2v({ prompt: '<<<voice_1>>>' }), 'prompt', `'<<<voice_1>>>' ${noMark}`],
    [t2v({ prompt: 'a <<element_1>> walks' }, { element_list: castOf(1) }), 'prompt', `'<<element_1>>' ${noMark}`],
    [t2v({ prompt: '<element_1>' }, { element_list: castOf(1) }), 'prompt', `'<element_1>' ${noMark}`],
    [t2v({ prompt: '<<element_1>>>' }, { element_list: castOf(1) }), 'prompt', `'<<element_1>>>' ${noMark}`],
    [t2v({ prompt: '<<<>>>' }), 'prompt', `'<<<>>>' ${noMark}`],
  ],
};

describe.each(Object.entries(tables))(
  'refused with 400 invalid_request, naming field, value and rule: %s',
  (_, table) => {
    test.each(table.map(([body, param, rule]) => ({ body, param, rule })))('$param: $rule', ({ body, param, rule }) => {
      // As it comes over the wire: what is undefined here was not sent.
      const error = refuseVideo(JSON.parse(JSON.stringify(body)));
      expect([error.status, error.code, error.param, error.message]).toEqual([
        400,
        'invalid_request',
        param,
        `${param}: ${rule}`,
      ]);
    });
  },
);

test('no message repeats an inline image, the query of a URL or a whole prompt', () => {
  const blob = Buffer.alloc(3000, 7).toString('base64');
  const secret = 'https://cdn.example.com/a.jpg?X-Amz-Signature=5eed5eed';
  const bodies = [blob, `${blob}*`, secret, `x${secret}`].flatMap((text) => [
    i2v({ image_start: `${text}!`, quality: text }),
    i2v({ image_start: `data:image/png;base64,${text}!` }),
    i2v({ prompt: `<<<element_${text}>>>` }),
    edit({ video_url: `ftp:${text}` }),
    element(text),
  ]);
  for (const body of bodies) {
    const { message } = refuseVideo(body);
    expect(message).not.toContain('5eed5eed');
    expect(message).not.toContain(blob.slice(0, 24));
  }
});
