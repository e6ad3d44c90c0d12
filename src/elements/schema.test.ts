import { expect, test } from 'vitest';
import { compileCheck } from '../lib/compile-check.ts';
import { ElementResult } from './schema.ts';

const check = compileCheck(ElementResult);
const element = {
  element_id: '4129876500123456',
  element_name: 'My Character',
  element_description: 'A young woman',
  element_type: 'image_refer',
  reference_type: 'image_refer',
  status: 'succeed',
  thumbnail_url: 'https://example.com/thumbnail.webp',
};

test('a result carries the id at the top and in its one element, and may carry more', () => {
  expect(check({ element_id: element.element_id, elements: [element], engine: 'local' }).ok).toBe(true);
});

test.each([4129876500123456, '412987650012345', '0129876500123456', '41298765001234567'])(
  '%j is no element id: 16 digits as text, the first not 0',
  (element_id) => {
    expect(check({ element_id, elements: [{ ...element, element_id }] })).toMatchObject({
      ok: false,
      invalid: { param: 'element_id' },
    });
  },
);
