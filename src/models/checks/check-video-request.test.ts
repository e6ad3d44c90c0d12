import { describe, expect, test } from 'vitest';
import { measureGrowth } from '../../../test/helpers/measure-growth.ts';
import { castOf, checkVideo, elementIds, shotsOf, videoBodyOf } from '../../../test/helpers/video-requests.ts';

const url = (name: string) => `https://example.com/${name}`;
const o3 = (kind: string) => `kling-o3-${kind}`;
const v3 = (kind: string) => `kling-v3-${kind}`;

describe('a request comes back in one form', () => {
  test('the least of words: five seconds of 720p, 16:9, silent, in one shot', () => {
    expect(checkVideo(videoBodyOf(o3('text-to-video')))).toEqual({
      request: {
        kind: 'video',
        prompt: 'A walk',
        duration_seconds: 5,
        aspect_ratio: '16:9',
        quality: '720p',
        sound: false,
        shots: [],
        watermark: false,
        elements: [],
        sources: [],
      },
      ignoredFields: [],
    });
  });

  test('images in the order in which marks count them: first frame, last frame, references', () => {
    const body = videoBodyOf(o3('image-to-video'), { image_end: url('end.png'), image_start: url('start.png') });
    expect(checkVideo(body).request.sources).toEqual([
      { role: 'image_start', param: 'image_start', url: url('start.png') },
      { role: 'image_end', param: 'image_end', url: url('end.png') },
    ]);
    const other = videoBodyOf(o3('image-to-video'), {
      image_urls: ['QUJD', url('b.png')],
      image_start: 'data:image/png;base64,QUJD',
    });
    expect(checkVideo(other).request.sources).toEqual([
      { role: 'image_start', param: 'image_start', inline: Buffer.from('ABC') },
      { role: 'reference_image', param: 'image_urls[0]', inline: Buffer.from('ABC') },
      { role: 'reference_image', param: 'image_urls[1]', url: url('b.png') },
    ]);
  });

  test('the video comes last, and its sound stays unless told otherwise', () => {
    const body = videoBodyOf(o3('reference-to-video'), { image_urls: [url('a.png')] });
    const { request } = checkVideo(body);
    expect(request.sources.map(({ role, param }) => [role, param])).toEqual([
      ['reference_image', 'image_urls[0]'],
      ['reference_video', 'video_url'],
    ]);
    expect(request).toMatchObject({ keep_original_sound: true, sound: false, duration_seconds: 5 });
    expect(request).not.toHaveProperty('aspect_ratio');
    expect(checkVideo({ ...body, keep_original_sound: false }).request.keep_original_sound).toBe(false);
  });

  test('beside a reference video: a first frame, 4k and shots that the model cuts itself', () => {
    const params = { multi_shot: true, shot_type: 'intelligence' };
    const body = videoBodyOf(o3('reference-to-video'), { image_start: url('start.png'), quality: '4k' }, params);
    const { request, ignoredFields } = checkVideo(body);
    expect(request.sources.map(({ role }) => role)).toEqual(['image_start', 'reference_video']);
    expect([request.quality, request.shot_type, ignoredFields]).toEqual(['4k', 'intelligence', []]);
  });

  test('motion control: one image, one video, and keep_sound by the common name', () => {
    const body = videoBodyOf(v3('motion-control'), {}, { keep_sound: false, element_list: castOf(1) });
    expect(checkVideo(body).request).toEqual({
      kind: 'video',
      prompt: '',
      quality: '720p',
      sound: false,
      keep_original_sound: false,
      shots: [],
      character_orientation: 'video',
      watermark: false,
      elements: [{ element_id: elementIds[0], param: 'model_params.element_list[0].element_id' }],
      sources: [
        { role: 'reference_image', param: 'image_urls[0]', url: url('start.jpg') },
        { role: 'reference_video', param: 'video_urls[0]', url: url('clip.mp4') },
      ],
    });
  });

  test('an edit has no length of its own', () => {
    expect(checkVideo(videoBodyOf(o3('video-edit'), { duration: 8 }))).toMatchObject({ ignoredFields: ['duration'] });
    expect(checkVideo(videoBodyOf(o3('video-edit'))).request).not.toHaveProperty('duration_seconds');
  });

  test('without a first frame or a video to follow the picture is 16:9', () => {
    const body = { ...videoBodyOf(o3('image-to-video')), image_start: undefined, image_urls: [url('a.png')] };
    expect(checkVideo(JSON.parse(JSON.stringify(body))).request.aspect_ratio).toBe('16:9');
    expect(checkVideo(videoBodyOf(o3('image-to-video'))).request).not.toHaveProperty('aspect_ratio');
    expect(checkVideo(videoBodyOf(o3('image-to-video'), { aspect_ratio: '1:1' })).request.aspect_ratio).toBe('1:1');
  });

  test('watermark, negative prompt and callback URL are handed on', () => {
    const rest = { negative_prompt: 'text', callback_url: 'whatever' };
    const checked = checkVideo(videoBodyOf(v3('text-to-video'), rest, { watermark_info: { enabled: true } }));
    expect(checked.request).toMatchObject({ negative_prompt: 'text', watermark: true });
    expect(checked.callback_url).toBe('whatever');
  });
});

describe('several shots', () => {
  test('customize: the shots in the order of their indexes, and the prompt has no effect', () => {
    const multi_prompt = [
      { index: 2, prompt: 'then this', duration: '4' },
      { index: 1, prompt: 'first this', duration: '6' },
    ];
    const rest = { duration: 10, prompt: 'ignored, with <<<image_9>>>' };
    const params = { multi_shot: true, shot_type: 'customize', multi_prompt };
    const { request, ignoredFields } = checkVideo(videoBodyOf(o3('text-to-video'), rest, params));
    expect(request).toMatchObject({
      prompt: '',
      shot_type: 'customize',
      shots: [
        { prompt: 'first this', duration_seconds: 6 },
        { prompt: 'then this', duration_seconds: 4 },
      ],
    });
    expect(ignoredFields).toEqual(['prompt']);
  });

  test('intelligence: the prompt stays in force, and shots beside it have no effect', () => {
    const params = { ...shotsOf('5'), shot_type: 'intelligence' };
    const { request, ignoredFields } = checkVideo(videoBodyOf(v3('image-to-video'), {}, params));
    expect(request).toMatchObject({ prompt: 'A walk', shot_type: 'intelligence', shots: [] });
    expect(ignoredFields).toEqual(['model_params.multi_prompt']);
  });

  test('without multi_shot neither the type nor the shots have effect', () => {
    const params = { ...shotsOf('5'), multi_shot: false };
    const { request, ignoredFields } = checkVideo(videoBodyOf(o3('text-to-video'), {}, params));
    expect(request.shots).toEqual([]);
    expect(request).not.toHaveProperty('shot_type');
    expect(ignoredFields).toEqual(['model_params.shot_type', 'model_params.multi_prompt']);
  });

  test('six shots of 512 characters each', () => {
    const params = shotsOf(1, 1, 1, 1, 1, 1);
    const multi_prompt = (params.multi_prompt as object[]).map((shot) => ({ ...shot, prompt: '😀'.repeat(512) }));
    const body = videoBodyOf(v3('text-to-video'), { duration: 6 }, { ...params, multi_prompt });
    expect(checkVideo(body).request.shots).toHaveLength(6);
  });
});

describe('other forms that can mean one thing only', () => {
  const forms: [name: string, body: unknown, expected: object][] = [
    ['duration as digits', videoBodyOf(o3('text-to-video'), { duration: '7' }), { duration_seconds: 7 }],
    ['quality in capitals', videoBodyOf(o3('text-to-video'), { quality: '720P' }), { quality: '720p' }],
    ['4K', videoBodyOf(v3('text-to-video'), { quality: '4K' }), { quality: '4k' }],
    ['sound in capitals', videoBodyOf(o3('text-to-video'), { sound: 'ON' }), { sound: true }],
    [
      'duration and index of a shot as number and digits',
      videoBodyOf(
        o3('text-to-video'),
        { duration: 5, prompt: '' },
        {
          multi_shot: true,
          shot_type: 'Customize',
          multi_prompt: [
            { index: '1', prompt: 'a', duration: 2 },
            { index: 2, prompt: 'b', duration: '3' },
          ],
        },
      ),
      {
        shots: [
          { prompt: 'a', duration_seconds: 2 },
          { prompt: 'b', duration_seconds: 3 },
        ],
      },
    ],
    [
      'an element id as a number',
      videoBodyOf(o3('text-to-video'), {}, { element_list: [{ element_id: 4810293847561029 }] }),
      { elements: [{ element_id: '4810293847561029', param: 'model_params.element_list[0].element_id' }] },
    ],
    [
      'one image in place of a list, named without an index',
      videoBodyOf(o3('reference-to-video'), { image_urls: url('a.png') }),
      { sources: [{ role: 'reference_image', param: 'image_urls', url: url('a.png') }, { param: 'video_url' }] },
    ],
    [
      'one image and one video in place of lists',
      videoBodyOf(v3('motion-control'), { image_urls: 'QUJD', video_urls: url('a.mp4') }),
      { sources: [{ param: 'image_urls' }, { role: 'reference_video', param: 'video_urls' }] },
    ],
  ];

  test.each(forms)('%s', (_, body, expected) => {
    expect(checkVideo(body)).toMatchObject({ request: expected, ignoredFields: [] });
  });

  test.each([o3('text-to-video'), o3('image-to-video'), v3('image-to-video')])(
    'null says of a field of %s that may be left out that it was',
    (model) => {
      const rest = { duration: null, quality: null, sound: null, callback_url: null };
      const params = { multi_shot: null, multi_prompt: null, element_list: null, watermark_info: { enabled: null } };
      expect(checkVideo(videoBodyOf(model, rest, params))).toEqual(checkVideo(videoBodyOf(model)));
      expect(checkVideo(videoBodyOf(model, { model_params: null }))).toEqual(checkVideo(videoBodyOf(model)));
    },
  );

  test('the request itself is not changed', () => {
    const body = videoBodyOf(o3('text-to-video'), { duration: '7', quality: '720P' });
    const copy = structuredClone(body);
    checkVideo(body);
    expect(body).toEqual(copy);
  });
});

describe('what has no effect is named', () => {
  test('fields that the model does not know', () => {
    const rest = { sound: 'on', aspect_ratio: 7, trace_id: 'x', image_start: null, image_end: '' };
    const params = { ...shotsOf('5'), watermark_info: { enabled: false, text: 'x' } };
    const { request, ignoredFields } = checkVideo(videoBodyOf(o3('video-edit'), rest, params));
    expect(request).toMatchObject({ sound: false, shots: [] });
    expect(ignoredFields.toSorted()).toEqual([
      'aspect_ratio',
      'image_end',
      'image_start',
      'model_params.multi_prompt',
      'model_params.multi_shot',
      'model_params.shot_type',
      'model_params.watermark_info.text',
      'sound',
      'trace_id',
    ]);
  });

  test('empty lists of media and elements that other models take', () => {
    const rest = { image_urls: [], video_url: '', element_list: [] };
    const { ignoredFields } = checkVideo(videoBodyOf(v3('text-to-video'), rest, { element_list: [] }));
    expect(ignoredFields).toEqual(['model_params.element_list', 'image_urls', 'video_url', 'element_list']);
  });
});

describe('marks', () => {
  test.each([
    '<<<element_1>>> and <<<element_2>>> meet in <<<image_1>>> and <<<image_2>>>',
    '<<<element_1>>><<<element_1>>>',
    '<<<<element_1>>>>',
    'brackets < << <<< <<<<>> >>> are no marks',
    'nor is @Element9, 2 << element_9 or <element>',
  ])('%s is accepted', (prompt) => {
    const rest = { prompt, image_urls: [url('a.png')] };
    const body = videoBodyOf(o3('image-to-video'), rest, { element_list: castOf(2) });
    expect(checkVideo(body).request.prompt).toBe(prompt);
  });

  test('two and a half thousand brackets cost nothing', () => {
    const check = (prompt: string) => () => {
      for (let turn = 0; turn < 20; turn++) checkVideo(videoBodyOf(o3('text-to-video'), { prompt }));
    };
    // Steps that grew with their square would be some thousand times those of a plain text.
    expect(measureGrowth(check('a'.repeat(2500)), check('<'.repeat(2500)), 50)).toBeLessThan(50);
  });
});

describe('as many as allowed', () => {
  test.each([
    ['7 elements', videoBodyOf(o3('text-to-video'), {}, { element_list: castOf(7) })],
    ['7 images', { ...videoBodyOf(o3('image-to-video'), { image_urls: Array(6).fill('QUJD') }) }],
    [
      'a first frame, 3 images and 3 elements',
      videoBodyOf(o3('image-to-video'), { image_urls: Array(3).fill('QUJD') }, { element_list: castOf(3) }),
    ],
    [
      '3 images and 4 elements',
      {
        model: o3('image-to-video'),
        prompt: 'A walk',
        image_urls: Array(3).fill('QUJD'),
        model_params: { element_list: castOf(4) },
      },
    ],
    [
      'beside a video 2 images and 2 elements',
      videoBodyOf(o3('video-edit'), { image_urls: Array(2).fill('QUJD') }, { element_list: castOf(2) }),
    ],
    [
      'both frames and 3 elements',
      videoBodyOf(v3('image-to-video'), { image_end: 'QUJD' }, { element_list: castOf(3) }),
    ],
    [
      'both frames and 3 elements of O3',
      videoBodyOf(o3('image-to-video'), { image_end: 'QUJD' }, { element_list: castOf(3) }),
    ],
    ['3 seconds', videoBodyOf(o3('text-to-video'), { duration: 3 })],
    ['15 seconds', videoBodyOf(v3('image-to-video'), { duration: 15 })],
    ['10 seconds', videoBodyOf(o3('reference-to-video'), { duration: 10 })],
    ['2500 characters', videoBodyOf(o3('text-to-video'), { prompt: '😀'.repeat(2500) })],
  ])('%s', (_, body) => {
    expect(checkVideo(body).ignoredFields).toEqual([]);
  });
});
