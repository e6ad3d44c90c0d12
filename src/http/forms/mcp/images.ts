import { Type } from 'typebox';
import { markCharacters } from '../../bodies/mark-characters.ts';
import { TaskShape, waitField } from './shapes.ts';
import { answerTask, makeTask } from './tasks.ts';
import { defineTool } from './tool.ts';

const defaultModel = 'kling-image-o1';

export const createImage = defineTool({
  name: 'create_image',
  title: 'Create pictures',
  description:
    'Makes pictures from words, reference images and elements: a cheap look at whether a character holds before a video is made. Costs credits for ' +
    'each picture. The answer comes at once unless wait_seconds says otherwise; then ask get_task.',
  effect: 'spends',
  input: Type.Object(
    {
      prompt: Type.String({
        description: 'What it shows. `@name` of an element in element_ids, or its name alone, stands for it.',
      }),
      model: Type.Optional(Type.String({ description: `Of search_models. Default: ${defaultModel}.` })),
      element_ids: Type.Optional(Type.Array(Type.String(), { maxItems: 10, description: 'Who and what is in it.' })),
      images: Type.Optional(
        Type.Array(Type.String(), {
          maxItems: 10,
          description: 'Reference images: each a URL, a data URL, or `file:FILE_ID` of upload_file.',
        }),
      ),
      count: Type.Optional(Type.Integer({ description: 'How many pictures, 1 to 9. Default 1.' })),
      quality: Type.Optional(Type.Enum(['1k', '2k', '4k'], { type: 'string', description: 'Default 1k.' })),
      aspect_ratio: Type.Optional(Type.String({ description: 'Like 16:9, 3:2 or 1:1.' })),
      wait_seconds: waitField(0),
    },
    { additionalProperties: false },
  ),
  output: TaskShape,
  async run(call, { prompt, model = defaultModel, element_ids = [], images = [], count, wait_seconds = 0, ...rest }) {
    const body = {
      model,
      prompt: await markCharacters(call.context, call.caller, prompt, element_ids),
      ...(images.length === 0 ? {} : { image_urls: images }),
      ...(count === undefined ? {} : { n: count }),
      ...rest,
      ...(element_ids.length === 0
        ? {}
        : { model_params: { element_list: element_ids.map((element_id) => ({ element_id })) } }),
    };
    return await answerTask(call, await makeTask(call, body, wait_seconds, 'image'));
  },
});
