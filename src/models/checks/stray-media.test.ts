import { describe, expect, test } from 'vitest';
import { check, imageBody, refusal, videoBody } from '../../../test/helpers/element-requests.ts';
import { checkVideo, refuseVideo, videoBodyOf } from '../../../test/helpers/video-requests.ts';

const url = 'https://example.com/a.jpg';
const clip = 'https://example.com/a.mp4';
const base64 = Buffer.alloc(400, 77).toString('base64');
const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex').toString('base64');
const o3 = 'kling-o3-image-to-video';
const v3 = 'kling-v3-image-to-video';

type Stray = [fields: Record<string, unknown>, param: string, meant: string];

/** With what the model takes beside it, as a client would have it that was written for another service. */
function expectRefused(model: string, fields: Record<string, unknown>, param: string, meant: string): void {
  const error = refuseVideo(videoBodyOf(model, fields));
  expect([error.status, error.code, error.param]).toEqual([400, 'invalid_request', param]);
  expect(error.message).toContain(`${param}: is not taken by ${model}`);
  expect(error.message).toContain(meant);
}

describe('media in a field that the model has not is refused before a charge, naming the field that was meant', () => {
  const strays: Stray[] = [
    [{ image_url: url }, 'image_url', 'send it as image_start'],
    [{ image: url }, 'image', 'send it as image_start'],
    [{ image: 'file-abc123' }, 'image', 'send it as image_start'],
    [{ images: [url] }, 'images', 'send it as image_urls'],
    [{ reference_images: [{ url }] }, 'reference_images', 'send it as image_urls'],
    [{ reference_image_urls: [url] }, 'reference_image_urls', 'send it as image_urls'],
    [{ start_image: url }, 'start_image', 'send it as image_start'],
    [{ first_frame: url }, 'first_frame', 'send it as image_start'],
    [{ first_frame_image: url }, 'first_frame_image', 'send it as image_start'],
    [{ firstFrameImage: base64 }, 'firstFrameImage', 'send it as image_start'],
    [{ image_tail: url }, 'image_tail', 'send it as image_end'],
    [{ lastFrame: { bytesBase64Encoded: png, mimeType: 'image/png' } }, 'lastFrame', 'send it as image_end'],
    [{ end_image_url: url }, 'end_image_url', 'send it as image_end'],
    [{ input: { prompt: 'x', img_url: url } }, 'input.img_url', 'send it as image_start at the top of the body'],
    [{ extra_body: { a: [{ b: url }] } }, 'extra_body.a[0].b', 'send it as image_start'],
    [{ content: [{ type: 'image_url', image_url: { url } }] }, 'content[0].image_url', 'send it as image_start'],
    [{ keyframes: { frame0: { type: 'image', url } } }, 'keyframes', 'send it as image_start'],
    [
      { model_params: { image_start: url } },
      'model_params.image_start',
      'send it as image_start beside model_params, not in it, or leave it out',
    ],
    [{ model_params: { image_tail: url } }, 'model_params.image_tail', 'send it as image_end beside model_params'],
    [{ file_id: 'file_vewvp5kq6w7kkfd5duyok3ua' }, 'file_id', 'leave it out'],
    [{ attachments: [{ file_id: 'file-1' }] }, 'attachments', 'leave it out'],
    [{ inputFile: 'file-abc123' }, 'inputFile', 'leave it out'],
    [{ audio_url: 'https://example.com/voice' }, 'audio_url', 'so it would not be heard; leave it out'],
    [{ whatever: 'uploads/song.mp3' }, 'whatever', 'so it would not be heard; leave it out'],
    [{ model_params: { watermark_info: { enabled: false, x: url } } }, 'model_params.watermark_info.x', 'image_start'],
    [{ whatever: `data:image/png;base64,${png}` }, 'whatever', 'send it as image_start'],
    [{ whatever: png }, 'whatever', 'send it as image_start'],
    [{ whatever: base64 }, 'whatever', 'send it as image_start'],
    [{ whatever: '//cdn.example.com/a' }, 'whatever', 'send it as image_start'],
    [{ whatever: 'uploads/cat.PNG?x=1' }, 'whatever', 'send it as image_start'],
    [{ whatever: 'gs://bucket/cat' }, 'whatever', 'send it as image_start'],
    [{ metadata: { image: png } }, 'metadata.image', 'send it as image_start'],
    [{ metadata: `data:image/png;base64,${png}` }, 'metadata', 'send it as image_start'],
    [{ meta: { image: url } }, 'meta.image', 'send it as image_start'],
    [{ video: clip }, 'video', 'leave it out'],
    [{ whatever: clip }, 'whatever', 'leave it out'],
    [{ webhook_url: 'https://example.com/hook' }, 'webhook_url', 'send it as callback_url'],
    [{ callBackUrl: 'https://example.com/hook' }, 'callBackUrl', 'send it as callback_url'],
  ];
  test.each(strays)('%j', (fields, param, meant) => expectRefused(o3, fields, param, meant));

  test('even where the field that was meant is required and missing', () => {
    expectRefused(v3, { image_start: undefined, image_url: url }, 'image_url', 'send it as image_start');
    expectRefused('kling-o3-video-edit', { video_url: undefined, video: clip }, 'video', 'send it as video_url');
    expectRefused('kling-v3-motion-control', { video_urls: undefined, video_url: clip }, 'video_url', 'video_urls');
  });

  test('by a model that takes none', () => {
    expectRefused('kling-o3-text-to-video', { image_url: url }, 'image_url', 'choose another model');
  });

  test.each<[body: unknown, param: string, meant: string]>([
    [imageBody({}, { image_url: url }), 'image_url', 'model_params.element_image_list.frontal_image'],
    [imageBody({ images: [url] }), 'model_params.images', 'model_params.element_image_list.refer_images[].image_url'],
    [imageBody({ video_url: clip }), 'model_params.video_url', 'model_params.element_video_list'],
    [videoBody({ cover: png }), 'model_params.cover', 'model_params.element_image_list.frontal_image'],
  ])('by the element model: %j', (body, param, meant) => {
    const error = refusal(body);
    expect(error).toMatchObject({ status: 400, code: 'invalid_request', param });
    expect(error.message).toContain(meant);
  });
});

describe('accepted, and named as without effect', () => {
  test.each([
    { trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', standard_model_name: 'kling/o3-i2v' },
    { metadata: { order: 17, note: 'see https://example.com/a.jpg for the brief' }, user: 'u-17' },
    { metadata: { order_url: 'https://shop.example/orders/17', thumbnail: url, more: [{ page: 'http://a.example' }] } },
    { seed: 5, cfg_scale: 0.5, negative_prompt: 'no text', mode: 'pro', fps: '24' },
    { signature: 'a'.repeat(344), token: 'eyJhbGciOi.eyJzdWIi.c2ln' },
    { image: '', images: [], video: null, image_url: '  ', input: { image: '' }, reference_images: [''], frames: 120 },
    { file_format: 'mp4', files: 2, attachments: [], upload: false, voice: 'calm' },
    { image_size: '1024x1024', video_length: '5', n_images: 1, image_count: 2, video: false, frame_rate: 'high' },
  ])('%j', (fields) => {
    expect(checkVideo(videoBodyOf(o3, fields)).ignoredFields.toSorted()).toEqual(Object.keys(fields).toSorted());
  });

  test('a URL in a text that the model has', () => {
    const body = videoBodyOf(o3, { prompt: url, callback_url: 'https://example.com/hook' });
    expect(checkVideo(body).ignoredFields).toEqual([]);
    expect(check(imageBody({ element_description: url })).ignoredFields).toEqual([]);
  });
});

test('an image-to-video of nothing but words is refused, one of an element or a reference image is not', () => {
  const without = (rest: object) => videoBodyOf(o3, { image_start: undefined, ...rest });
  expect(refuseVideo(without({}))).toMatchObject({ param: 'image_start', status: 400 });
  expect(() => checkVideo(without({ image_urls: [url] }))).not.toThrow();
  expect(() =>
    checkVideo(without({ model_params: { element_list: [{ element_id: '4810293847561029' }] } })),
  ).not.toThrow();
});

test('V3 image-to-video takes a first frame without a prompt, as its documented required fields say', () => {
  const body = JSON.parse(JSON.stringify(videoBodyOf(v3, { prompt: undefined })));
  expect(checkVideo(body).request).toMatchObject({ prompt: '', sources: [{ role: 'image_start' }] });
});

test('empty texts, and those of white space, of fields that may be left out count as left out', () => {
  const empty = {
    callback_url: '  ',
    image_end: ' \n',
    image_urls: '',
    duration: '',
    quality: '',
    sound: '',
    aspect_ratio: '',
  };
  const params = { shot_type: '', multi_prompt: '', element_list: '', watermark_info: '', multi_shot: '' };
  expect(checkVideo(videoBodyOf(o3, empty, params))).toEqual(checkVideo(videoBodyOf(o3)));
});
