import { describe, expect, test } from 'vitest';
import { checkMediaUrl } from '../../../test/helpers/element-requests.ts';
import { castOf } from '../../../test/helpers/video-requests.ts';
import type { AppError } from '../../lib/errors.ts';
import { parseSection } from '../../lib/settings.ts';
import { chooseModel, computePictureCharge, computePrice, type ImageRequest, section } from '../index.ts';

const bodyOf = (rest: object = {}, model = 'kling-image-o1') => ({ model, prompt: 'A harbour', ...rest });
const check = (body: object) => chooseModel(body, 'image').checkRequest(body, { checkMediaUrl });
const request = (body: object) => check(body).request as ImageRequest;

function refuse(body: object): AppError {
  try {
    check(body);
  } catch (error) {
    return error as AppError;
  }
  throw new Error('was accepted');
}

const images = (count: number) => Array(count).fill('https://example.com/a.jpg');
const list = 'model_params.element_list';

test('words alone are one picture in 1k, whose shape is left to who makes it; of V3 it is 16:9', () => {
  expect(request(bodyOf())).toEqual({
    kind: 'image',
    prompt: 'A harbour',
    quality: '1k',
    count: 1,
    elements: [],
    sources: [],
  });
  expect(request(bodyOf({ aspect_ratio: 'auto' }))).not.toHaveProperty('aspect_ratio');
  expect(request(bodyOf({}, 'kling-image-v3')).aspect_ratio).toBe('16:9');
});

test('the names of other image models and of the vendor mean the same, in any case and as text', () => {
  const { request: made, ignoredFields } = check(bodyOf({ size: '3:2', resolution: '2K', n: '4' }));
  expect(made).toMatchObject({ aspect_ratio: '3:2', quality: '2k', count: 4 });
  expect(ignoredFields).toEqual([]);
  expect(check(bodyOf({ size: '', seed: 7, aspect_ratio: '1:1' }))).toMatchObject({ ignoredFields: ['seed'] });
});

describe('400 invalid_request names the field and the rule', () => {
  test.each<[body: object, param: string, rule: string]>([
    [{ model: 'kling-image-o1' }, 'prompt', 'is required'],
    [bodyOf({ prompt: '' }), 'prompt', 'is empty, 1 to 2500 characters are allowed'],
    [bodyOf({ prompt: '\u200b' }), 'prompt', "is '\\u{200b}', must hold at least one visible character"],
    [bodyOf({ prompt: 'a'.repeat(2501) }), 'prompt', '2501 characters, at most 2500 are allowed'],
    [bodyOf({ n: 0 }), 'n', 'is 0, must be 1 to 9'],
    [bodyOf({ n: 10 }), 'n', 'is 10, must be 1 to 9'],
    [bodyOf({ n: 1.5 }), 'n', 'is a number (1.5), must be a whole number'],
    [bodyOf({ quality: '4k' }), 'quality', "is '4k', must be one of 1k, 2k"],
    [bodyOf({ quality: '720p' }, 'kling-image-o3'), 'quality', "is '720p', must be one of 1k, 2k, 4k"],
    [bodyOf({ aspect_ratio: '5:4' }), 'aspect_ratio', "is '5:4', must be one of"],
    [bodyOf({ aspect_ratio: 'auto' }, 'kling-image-v3'), 'aspect_ratio', "is 'auto', must be one of"],
    [bodyOf({ size: '1:1', aspect_ratio: '3:2' }), 'size', 'is given beside aspect_ratio, which says the same'],
    [bodyOf({ resolution: '1k', quality: '2k' }), 'resolution', 'is given beside quality, which says the same'],
    [bodyOf({ image_urls: ['http://127.0.0.1/a.jpg'] }), 'image_urls[0]', 'must not point to an internal address'],
    [bodyOf({ image_urls: images(11) }), 'image_urls', '11 items, at most 10 are allowed'],
    [bodyOf({ image_urls: images(2) }, 'kling-image-v3'), 'image_urls', '2 items, at most 1 is allowed'],
    [
      bodyOf({ image_urls: images(7), model_params: { element_list: castOf(4) } }),
      list,
      '7 images and 4 elements, at most 10 together are allowed',
    ],
    [
      bodyOf({ negative_prompt: 'text', image_urls: images(1) }, 'kling-image-v3'),
      'negative_prompt',
      'is given beside image_urls, with which it is not taken',
    ],
    [bodyOf({ image_start: images(1)[0] }), 'image_start', 'is not taken by kling-image-o1'],
    [bodyOf({ video_url: 'https://example.com/a.mp4' }), 'video_url', 'is not taken by kling-image-o1'],
    [bodyOf({ element_list: castOf(1) }), 'element_list', 'is no field; elements stand in model_params.element_list'],
    [
      bodyOf({ model_params: { element_list: [...castOf(1), ...castOf(1)] } }),
      `${list}[1].element_id`,
      'is 4810293847561029, which model_params.element_list[0] names already',
    ],
    [bodyOf({ prompt: '<<<element_1>>> waves' }), 'prompt', '<<<element_1>>> names more than was given: 0 elements'],
    [bodyOf({ prompt: '<<<video_1>>>' }), 'prompt', '<<<video_1>>> names more than was given: 0 videos'],
    [{ model: 'kling-o3-text-to-video', prompt: 'a' }, 'model', 'asked for at POST /v1/videos/generations'],
    [{ model: 'kling-image-angles' }, list, 'names no element; name one, or give one image_urls'],
    [{ model: 'kling-image-angles', image_urls: images(2) }, 'image_urls', '2 items, at most 1 is allowed'],
    [
      { model: 'kling-image-angles', image_urls: images(1), model_params: { element_list: castOf(1) } },
      'image_urls',
      'is given beside an element; give one of them',
    ],
  ])('%j', (body, param, rule) => {
    const { code, status, param: named, message } = refuse(body);
    expect([code, status, named]).toEqual(['invalid_request', 400, param]);
    expect(message).toContain(rule);
  });

  test('a model of pictures where videos are asked for', () => {
    expect(() => chooseModel(bodyOf(), 'video')).toThrow(/asked for at POST \/v1\/images\/generations/);
  });
});

test('angles are of one element or one picture, always nine for one price, of which a share is charged when fewer come', () => {
  const body = { model: 'kling-image-angles', model_params: { element_list: castOf(1) } };
  expect(request(body)).toMatchObject({ prompt: '', count: 9, elements: [{ element_id: '4810293847561029' }] });
  expect(check({ ...body, prompt: 'A yard', n: 2 })).toMatchObject({
    request: { prompt: '', count: 9 },
    ignoredFields: ['prompt', 'n'],
  });
  expect(request({ model: 'kling-image-angles', image_urls: images(1)[0] }).sources).toMatchObject([
    { role: 'reference_image', param: 'image_urls' },
  ]);
  const prices = parseSection(section, { TROUPE_PRICE_KLING_ANGLES: '0.00001' }, []);
  expect(computePrice(chooseModel(body), request(body), prices)).toEqual({
    billing_rule: 'per_call',
    priceMicrocredits: 10,
  });
  expect([0, 5, 9].map((made) => computePictureCharge(10, { count: 9, made }))).toEqual([0, 5, 10]);
});

test('each picture costs the same, in 4k twice as much, and no more are charged than came', () => {
  const prices = parseSection(section, { TROUPE_PRICE_KLING_IMAGE: '0.000003' }, []);
  const price = (rest: object, model?: string) => {
    const body = bodyOf(rest, model);
    return computePrice(chooseModel(body), request(body), prices);
  };
  expect(price({})).toEqual({ billing_rule: 'per_call', priceMicrocredits: 3 });
  expect(price({ n: 7, quality: '2k' }).priceMicrocredits).toBe(21);
  expect(price({ n: 2, quality: '4k' }, 'kling-image-o3').priceMicrocredits).toBe(12);
  expect(computePictureCharge(21, { count: 7, made: 3 })).toBe(9);
  expect(computePictureCharge(21, { count: 7, made: 9 })).toBe(21);
});
