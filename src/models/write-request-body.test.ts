import { describe, expect, test } from 'vitest';
import { checkMediaUrl } from '../../test/helpers/element-requests.ts';
import { listModels } from './catalogue.ts';
import { type WrittenRequest, writeRequestBody } from './write-request-body.ts';

const samples = listModels().flatMap((model) =>
  Object.entries(model.examples).map(([name, { value }]) => ({ model, name: `${model.id}, ${name}`, value })),
);

describe('the body that is written of a checked request asks for the same', () => {
  test.each(samples)('$name', ({ model, value }) => {
    const { request } = model.checkRequest(value, { checkMediaUrl });
    const sources = request.sources.map((source) => ({ ...source, text: 'url' in source ? source.url : null }));
    const body = writeRequestBody(model, { ...request, sources } as WrittenRequest);
    expect(model.checkRequest(body, { checkMediaUrl })).toMatchObject({ request, ignoredFields: [] });
  });
});

test('what can not be given again is null where it stood', () => {
  const model = listModels().find(({ id }) => id === 'kling-custom-element') as ReturnType<typeof listModels>[number];
  const at = 'model_params.element_image_list';
  const body = writeRequestBody(model, {
    kind: 'element',
    element_name: 'Duck',
    element_description: 'A duck',
    reference_type: 'image_refer',
    sources: [
      { role: 'frontal_image', param: `${at}.frontal_image`, text: null },
      { role: 'refer_image', param: `${at}.refer_images[0].image_url`, text: 'file:file_1' },
    ],
  });
  expect(body).toMatchObject({
    model_params: { element_image_list: { frontal_image: null, refer_images: [{ image_url: 'file:file_1' }] } },
  });
});
