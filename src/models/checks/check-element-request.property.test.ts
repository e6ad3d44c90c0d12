import fc from 'fast-check';
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
import { generateFromSchema, listMutations, type SchemaNode } from '../../../test/helpers/generate-from-schema.ts';
import { AppError } from '../../lib/errors.ts';
import { ElementRequestBody, ImageElementBody, VideoElementBody } from '../element-request-schema.ts';

const media = fc.oneof(
  fc.webUrl({ withQueryParameters: true }),
  fc
    .base64String({ minLength: 4, maxLength: 40 })
    .filter((text) => Buffer.from(text, 'base64').toString('base64') === text),
);
const url = fc.webUrl();

describe('whatever is sent', () => {
  test('every request that the schema allows is accepted', () => {
    const valid = fc.oneof(
      generateFromSchema(ImageElementBody as SchemaNode, media),
      generateFromSchema(VideoElementBody as SchemaNode, url),
    );
    fc.assert(fc.property(valid, (body) => check(body).request.sources.length > 0));
  });

  test.each([
    ['images', ImageElementBody as SchemaNode, media],
    ['a video', VideoElementBody as SchemaNode, url],
  ])('one mistake in a good request for %s is refused naming the very field', (_, schema, mediaText) => {
    fc.assert(
      fc.property(generateFromSchema(schema, mediaText), fc.nat(), (body, choice) => {
        const mutations = listMutations(schema, body);
        const mutation = mutations[choice % mutations.length];
        if (mutation === undefined) throw new Error('no mutation');
        const changed = mutation.apply();
        const error = refusal(changed);
        const param = mutation.param === '' ? 'body' : mutation.param;
        expect(error.message.startsWith(`${param}: `), `${mutation.label}: ${error.message}`).toBe(true);
        expect(error.param).toBe(param);
      }),
      { numRuns: 1000 },
    );
  });

  test('any JSON value in any place is answered or refused with a param, never anything else', () => {
    const known = Object.keys({
      ...ImageElementBody.properties.model_params.properties,
      ...VideoElementBody.properties.model_params.properties,
    });
    const garbage = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(imageList, videoList, ...Object.values(texts), 'image_refer', 'video_refer'),
    );
    const params = fc.dictionary(fc.constantFrom(...known), garbage);
    const bodies = fc.oneof(
      fc.jsonValue(),
      fc.record({ model: garbage, model_params: garbage }),
      params.map((extra) => imageBody(extra)),
      params.map((extra) => videoBody(extra)),
    );
    fc.assert(
      fc.property(bodies, (body) => {
        try {
          check(body);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).param).toBeTruthy();
          expect((error as AppError).message.length).toBeLessThan(500);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('no message repeats an inline image or the query of a URL', () => {
    const blob = Buffer.alloc(3000, 7).toString('base64');
    const secret = 'https://cdn.example.com/a.jpg?X-Amz-Signature=5eed5eed';
    for (const text of [blob, `data:image/png;base64,${blob}!`, `${blob}*`, secret, `x${secret}`]) {
      for (const body of [
        imageBody({ reference_type: text }),
        imageBody({ element_name: text }),
        imageBody({ element_image_list: text }),
        imageBody({ element_image_list: { ...imageList, refer_images: text } }),
        videoBody({ element_video_list: { video_url: `ftp:${text}` } }),
      ]) {
        const { message } = refusal(body);
        expect(message).not.toContain('5eed5eed');
        expect(message).not.toContain(blob.slice(0, 24));
      }
    }
  });
});

test('the documented schema is the two checked shapes and forbids no extra field', () => {
  expect(ElementRequestBody.properties.model_params.anyOf).toEqual([
    ImageElementBody.properties.model_params,
    VideoElementBody.properties.model_params,
  ]);
  expect(JSON.stringify(ElementRequestBody)).not.toContain('additionalProperties');
});
