import { describe, expect, test } from 'vitest';
import { measureGrowth } from '../../../test/helpers/measure-growth.ts';
import type { AppError } from '../../lib/errors.ts';
import { inlineImageBytesMax, parseImageSource, type UrlCheck } from './parse-media-source.ts';

const param = 'model_params.element_image_list.frontal_image';
const checkUrl: UrlCheck = (text) =>
  /^https?:\/\//i.test(text) ? { ok: true, url: new URL(text) } : { ok: false, message: 'must use http or https' };
const parse = (text: string) => parseImageSource('frontal_image', param, text, checkUrl);
const base64 = Buffer.from('picture').toString('base64');

function ruleFor(text: string): string {
  try {
    parse(text);
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid_request', status: 400, param });
    return (error as AppError).message.slice(param.length + 2);
  }
  return 'accepted';
}

describe('an image field', () => {
  test.each(['https://a.example/x.jpg', 'HTTP://a.example/x.jpg'])('%s is a URL, kept as parsed', (text) => {
    expect(parse(text)).toEqual({ role: 'frontal_image', param, url: new URL(text).href });
  });

  test.each([
    base64,
    `data:image/png;base64,${base64}`,
    `DATA:image/svg+xml;charset=utf-8;BASE64,${base64}`,
    ` data:image/png;base64,${base64}`,
    `data:;base64,${base64}`,
    `data:base64,${base64}`,
    `data:application/octet-stream;base64,${base64}`,
    `data:text/plain; charset=x; base64 ,${base64}\n`,
    `data:image/png;base64,${encodeURIComponent(base64)}`,
    // Reads like a path, but is sound base64: what it holds will be judged with the bytes.
    'path/to/file',
  ])('%s is an inline image', (text) => {
    const bytes = Buffer.from(decodeURIComponent(text.replace(/^.*,/, '')), 'base64');
    expect(parse(text)).toEqual({ role: 'frontal_image', param, inline: bytes });
  });

  test.each([
    ['example.com/a.jpg', "is no URL with http:// or https://, and is not base64: character 8 is '.'"],
    ['ftp://a.example/x.jpg', 'must use http or https'],
    ['javascript:alert(1)', 'must use http or https'],
    ['data:image/png,QUJD', 'a data URL must begin like data:image/jpeg;base64,'],
    ['data:image/png;base64,', 'data URL is empty'],
    ['data:image/png;base64,QUJDQ', 'data URL is not base64: 5 characters, must be a multiple of 4 with padding'],
    ['data:image/png,%zz', 'data URL has a % that no two hexadecimal digits follow'],
    ['data:image/png;base64', 'a data URL must begin like data:image/jpeg;base64,'],
  ])('%j is refused: %s', (text, rule) => {
    expect(ruleFor(text)).toBe(rule);
  });

  test('a data URL without base64 is its percent-encoded bytes', () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]);
    expect(parse('data:image/png,%89PNG%0d%0A')).toEqual({ role: 'frontal_image', param, inline: bytes });
  });

  test('10 MiB pass and one byte more is refused, inline and as a data URL', () => {
    const most = Buffer.alloc(inlineImageBytesMax, 1);
    const source = parse(most.toString('base64'));
    expect('inline' in source && source.inline.equals(most)).toBe(true);
    const more = Buffer.alloc(inlineImageBytesMax + 1, 1).toString('base64');
    expect(ruleFor(more)).toBe('is 10485761 bytes when decoded, at most 10485760 are allowed');
    expect(ruleFor(`data:image/png;base64,${more}`)).toBe(
      'data URL is 10485761 bytes when decoded, at most 10485760 are allowed',
    );
  });

  test.each<(count: number) => string>([
    (count) => ' '.repeat(count),
    (count) => 'a'.repeat(count + 1),
    (count) => `data:image/${'a'.repeat(count)}`,
  ])('13 million characters of nonsense take no time that grows faster than they (%#)', (make) => {
    const [small, large] = [make(812_500), make(13_000_000)];
    expect(ruleFor(large)).not.toBe('accepted');
    // 16 times the text; its square would be 256.
    expect(
      measureGrowth(
        () => ruleFor(small),
        () => ruleFor(large),
        100,
      ),
    ).toBeLessThan(100);
  });
});
