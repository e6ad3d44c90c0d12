import { describe, expect, test } from 'vitest';
import {
  check,
  imageBody,
  imageList,
  refusal,
  texts,
  videoBody,
  videoList,
} from '../../../test/helpers/element-requests.ts';

describe('accepted', () => {
  test('images: the frontal one first, then the others in their order, each with the path it was sent in', () => {
    const refer_images = ['a', 'b', 'c'].map((name) => ({ image_url: `https://example.com/${name}.png?sig=1` }));
    const checked = check(imageBody({ element_image_list: { ...imageList, refer_images } }));
    expect(checked).toEqual({
      request: {
        kind: 'element',
        ...texts,
        reference_type: 'image_refer',
        sources: [
          {
            role: 'frontal_image',
            param: 'model_params.element_image_list.frontal_image',
            url: 'https://example.com/front.jpg',
          },
          ...['a', 'b', 'c'].map((name, index) => ({
            role: 'refer_image',
            param: `model_params.element_image_list.refer_images[${index}].image_url`,
            url: `https://example.com/${name}.png?sig=1`,
          })),
        ],
      },
      ignoredFields: [],
    });
  });

  test('a video with a voice', () => {
    const { request } = check(videoBody({ element_voice_id: '829824295735410756' }));
    expect(request).toMatchObject({
      reference_type: 'video_refer',
      voice_id: '829824295735410756',
      sources: [{ role: 'refer_video', param: 'model_params.element_video_list.refer_videos[0].video_url' }],
    });
  });

  test('the older form of the video list means the same, and its own path is kept for messages', () => {
    const { request, ignoredFields } = check(
      videoBody({ element_video_list: { video_url: 'https://example.com/v.mp4' } }),
    );
    expect(request.sources).toEqual([
      { role: 'refer_video', param: 'model_params.element_video_list.video_url', url: 'https://example.com/v.mp4' },
    ]);
    expect(ignoredFields).toEqual([]);
  });

  test('of both video forms the documented one is used and the older one named as ignored', () => {
    const { request, ignoredFields } = check(videoBody({ element_video_list: { ...videoList, video_url: 7 } }));
    expect(request.sources).toMatchObject([{ url: 'https://example.com/reference.mp4' }]);
    expect(ignoredFields).toEqual(['model_params.element_video_list.video_url']);
  });

  test('of both lists the one of reference_type is used; the other is ignored whatever it holds, and named', () => {
    const withVideo = check(imageBody({ element_video_list: 'garbage' }));
    expect(withVideo.request.sources).toHaveLength(2);
    expect(withVideo.ignoredFields).toEqual(['model_params.element_video_list']);
    expect(check(videoBody({ element_image_list: null })).ignoredFields).toEqual(['model_params.element_image_list']);
  });

  test.each([null, ''])('%j says of a field that may be left out that it was', (none) => {
    for (const body of [imageBody, videoBody]) {
      const sent = { ...(body({ element_voice_id: none, tag_list: none }) as object), callback_url: none };
      expect(check(sent)).toEqual(check(body()));
    }
  });

  test("the upstream's tags, each once, from images and from a video", () => {
    const tag_list = [{ tag_id: 'o_103' }, { tag_id: 'o_102', name: 'x' }, { tag_id: 'o_103' }];
    for (const body of [imageBody({ tag_list }), videoBody({ tag_list })]) {
      expect(check(body).request.tags).toEqual(['o_103', 'o_102']);
    }
    for (const without of [imageBody(), imageBody({ tag_list: [] })])
      expect(check(without).request.tags).toBeUndefined();
  });

  test('fields of old clients are ignored and named', () => {
    const body = imageBody({ owned_by: 'me' }, { standard_model_name: 'x', trace_id: 'y' });
    expect(check(body).ignoredFields.toSorted()).toEqual(['model_params.owned_by', 'standard_model_name', 'trace_id']);
  });

  test('inline images come back as their bytes, from base64 and from a data URL', () => {
    const bytes = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0]);
    const base64 = bytes.toString('base64');
    const list = { frontal_image: base64, refer_images: [{ image_url: `data:image/jpeg;base64,${base64}` }] };
    const { sources } = check(imageBody({ element_image_list: list })).request;
    expect(sources.map((source) => 'inline' in source && source.inline.equals(bytes))).toEqual([true, true]);
  });

  test('the callback URL is handed on as sent, unjudged', () => {
    expect(check(imageBody({}, { callback_url: 'whatever' })).callback_url).toBe('whatever');
  });

  test.each([
    ['19 letters', 'a'.repeat(19)],
    ['20 letters', 'a'.repeat(20)],
    ['20 emoji of two code units', '😀'.repeat(20)],
    ['10 letters with a combining mark each', 'e\u0301'.repeat(10)],
    ['4 families of five code points', '👨‍👩‍👧'.repeat(4)],
    ['Arabic, Chinese, right-to-left', 'شخصية 角色'],
    ['a line break', 'two\nlines'],
  ])('a name of %s', (_, element_name) => {
    expect(check(imageBody({ element_name })).request.element_name).toBe(element_name);
  });

  test('a description of 100 code points', () => {
    expect(() => check(imageBody({ element_description: '😀'.repeat(100) }))).not.toThrow();
  });
});

const name = 'model_params.element_name';
const description = 'model_params.element_description';
const images = 'model_params.element_image_list';
const video = 'model_params.element_video_list';
const four = Array(4).fill({ image_url: 'https://example.com/a.jpg' });

describe('refused with 400 invalid_request, naming the field, the value and the rule', () => {
  const refusals: [body: unknown, param: string, rule: string][] = [
    [null, 'body', 'is null, must be an object'],
    ['text', 'body', "is text ('text'), must be an object"],
    [[], 'body', 'is an array (0 items), must be an object'],
    [{}, 'model', 'is required'],
    [imageBody({}, { model: 'kling-o3' }), 'model', "is 'kling-o3', must be 'kling-custom-element'"],
    [imageBody({}, { model_params: undefined }), 'model_params', 'is required'],
    [imageBody({}, { model_params: [] }), 'model_params', 'is an array (0 items), must be an object'],
    [imageBody({}, { callback_url: 12 }), 'callback_url', 'is a number (12), must be a string'],
    [imageBody({ element_name: undefined }), name, 'is required'],
    [imageBody({ element_name: 12 }), name, 'is a number (12), must be a string'],
    [imageBody({ element_name: null }), name, 'is null, must be a string'],
    [imageBody({ element_name: {} }), name, 'is an object, must be a string'],
    [imageBody({ element_name: '' }), name, 'is empty, 1 to 20 characters are allowed'],
    [
      imageBody({ element_name: ' \t ' }),
      name,
      "is ' \\u{9} ', must hold at least one visible character, no control characters and none that change the direction of text",
    ],
    [
      imageBody({ element_name: 'a\0' }),
      name,
      "is 'a\\u{0}', must hold at least one visible character, no control characters and none that change the direction of text",
    ],
    [imageBody({ element_name: 'a'.repeat(21) }), name, '21 characters, at most 20 are allowed'],
    [imageBody({ element_name: '😀'.repeat(21) }), name, '21 characters, at most 20 are allowed'],
    [imageBody({ element_name: 'e\u0301'.repeat(11) }), name, '22 characters, at most 20 are allowed'],
    [imageBody({ element_description: undefined }), description, 'is required'],
    [imageBody({ element_description: '' }), description, 'is empty, 1 to 100 characters are allowed'],
    [imageBody({ element_description: 'é'.repeat(101) }), description, '101 characters, at most 100 are allowed'],
    [imageBody({ reference_type: undefined }), 'model_params.reference_type', 'is required'],
    [
      imageBody({ reference_type: 'image' }),
      'model_params.reference_type',
      "is 'image', must be one of image_refer, video_refer",
    ],
    [
      imageBody({ reference_type: 'IMAGE_REFER' }),
      'model_params.reference_type',
      "is 'IMAGE_REFER', must be one of image_refer, video_refer",
    ],
    [imageBody({ reference_type: null }), 'model_params.reference_type', 'is null, must be a string'],
    [
      imageBody({ element_voice_id: '1' }),
      'model_params.element_voice_id',
      'is given with image_refer, is available with video_refer only',
    ],
    [imageBody({ element_image_list: undefined }), images, 'is required'],
    [imageBody({ element_image_list: null }), images, 'is null, must be an object'],
    [imageBody({ element_image_list: { refer_images: four } }), `${images}.frontal_image`, 'is required'],
    [imageBody({ element_image_list: { ...imageList, frontal_image: '' } }), `${images}.frontal_image`, 'is empty'],
    [
      imageBody({ element_image_list: { frontal_image: imageList.frontal_image } }),
      `${images}.refer_images`,
      'is required',
    ],
    [
      imageBody({ element_image_list: { ...imageList, refer_images: [] } }),
      `${images}.refer_images`,
      '0 items, 1 to 3 are allowed',
    ],
    [
      imageBody({ element_image_list: { ...imageList, refer_images: four } }),
      `${images}.refer_images`,
      '4 items, 1 to 3 are allowed',
    ],
    [
      imageBody({ element_image_list: { ...imageList, refer_images: {} } }),
      `${images}.refer_images`,
      'is an object, must be an array',
    ],
    [
      imageBody({ element_image_list: { ...imageList, refer_images: ['https://example.com/a.jpg'] } }),
      `${images}.refer_images[0]`,
      "is text ('https://example.com/…'), must be an object with image_url",
    ],
    [
      imageBody({ element_image_list: { ...imageList, refer_images: [four[0], {}] } }),
      `${images}.refer_images[1].image_url`,
      'is required',
    ],
    [
      imageBody({ element_image_list: { ...imageList, refer_images: [four[0], { image_url: [] }] } }),
      `${images}.refer_images[1].image_url`,
      'is an array (0 items), must be a string',
    ],
    [
      imageBody({ element_image_list: { ...imageList, refer_images: [{ image_url: 'http://127.0.0.1/a.jpg' }] } }),
      `${images}.refer_images[0].image_url`,
      'must not point to an internal address',
    ],
    [
      imageBody({ element_image_list: { ...imageList, frontal_image: 'ftp://example.com/a.jpg' } }),
      `${images}.frontal_image`,
      'must use http or https',
    ],
    [videoBody({ element_video_list: undefined }), video, 'is required'],
    [videoBody({ element_video_list: {} }), `${video}.refer_videos`, 'is required'],
    [videoBody({ element_video_list: { refer_videos: [] } }), `${video}.refer_videos`, '0 items, exactly 1 is allowed'],
    [
      videoBody({ element_video_list: { refer_videos: [1, 2] } }),
      `${video}.refer_videos`,
      '2 items, exactly 1 is allowed',
    ],
    [videoBody({ element_video_list: { refer_videos: [{}] } }), `${video}.refer_videos[0].video_url`, 'is required'],
    [
      videoBody({ element_video_list: { refer_videos: null, video_url: 'https://example.com/v.mp4' } }),
      `${video}.refer_videos`,
      'is null, must be an array',
    ],
    [videoBody({ element_video_list: { video_url: 5 } }), `${video}.video_url`, 'is a number (5), must be a string'],
    [videoBody({ element_video_list: { video_url: 'AAAA' } }), `${video}.video_url`, 'must be an http or https URL'],
    [
      videoBody({ element_video_list: { video_url: 'data:video/mp4;base64,AAAA' } }),
      `${video}.video_url`,
      'must be an http or https URL',
    ],
    [imageBody({ tag_list: 'o_102' }), 'model_params.tag_list', "is text ('o_102'), must be an array"],
    [imageBody({ tag_list: [{}] }), 'model_params.tag_list[0].tag_id', 'is required'],
    [
      videoBody({ tag_list: [{ tag_id: 'o_109' }] }),
      'model_params.tag_list[0].tag_id',
      "is 'o_109', must be one of o_101, o_102, o_103, o_104, o_105, o_106, o_107, o_108",
    ],
    [
      videoBody({ element_voice_id: 829824295735410 }),
      'model_params.element_voice_id',
      'is a number (829824295735410), must be a string',
    ],
  ];

  test.each(refusals.map(([body, param, rule]) => ({ body, param, rule })))(
    '$param: $rule',
    ({ body, param, rule }) => {
      // As it comes over the wire: what is undefined here was not sent.
      const sent = JSON.parse(JSON.stringify(body));
      expect(refusal(sent)).toMatchObject({
        status: 400,
        code: 'invalid_request',
        param,
        message: `${param}: ${rule}`,
      });
    },
  );
});
