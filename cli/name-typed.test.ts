import { expect, test } from 'vitest';
import { TroupeError } from '../client/index.ts';
import { nameTyped, withTyped } from './name-typed.ts';

const typed = {
  prompt: '--prompt',
  'model_params.multi_prompt[0].prompt': '--shot 1',
  'model_params.multi_prompt[1].prompt': '--shot 2',
  'image_urls[1]': '--image b.jpg',
  image_urls: '--image',
};

test.each([
  ['prompt: is required', '--prompt (prompt): is required'],
  [
    'model_params.multi_prompt[1].prompt: names <<<image_3>>>',
    '--shot 2 (model_params.multi_prompt[1].prompt): names <<<image_3>>>',
  ],
  ['image_urls[1] is like image_urls[0]', '--image b.jpg (image_urls[1]) is like image_urls[0]'],
  ['image_urls: 8 items', '--image (image_urls): 8 items'],
  ['negative_prompt: is too long', 'negative_prompt: is too long'],
  ['the prompts differ', 'the prompts differ'],
  ['the prompt is long', 'the prompt is long'],
  ['see image_urls.', 'see --image (image_urls).'],
])('%s is told as %s', (text, told) => {
  expect(nameTyped(text, typed)).toBe(told);
  expect(nameTyped(text, {})).toBe(text);
});

test('a refusal keeps its code, its field and its request id', async () => {
  const details = {
    code: 'invalid_request',
    status: 400,
    param: 'prompt',
    requestId: 'req_1',
    message: 'prompt: is blank',
  };
  const refused = withTyped(typed, async () => {
    throw new TroupeError(details);
  });
  await expect(refused).rejects.toMatchObject({ ...details, message: '--prompt (prompt): is blank' });
});
