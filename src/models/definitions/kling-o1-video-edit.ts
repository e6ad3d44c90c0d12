import { Type } from 'typebox';
import { o1ClipRules } from '../clip-rules.ts';
import { images, keepSound, requiredPrompt } from '../fields/video-fields.ts';
import { defineVideoModel } from './define-video-model.ts';
import { minimumSeconds, o1Multipliers } from './video-prices.ts';

/** O1 gives back at most as many seconds as it takes. */
const outputSecondsMax = 10;

export const klingO1VideoEdit = defineEdit('kling-o1-video-edit', 'Kling O1 Video Edit', '');

/** No page tells its fields apart from those of the other. */
export const klingO1VideoEditFast = defineEdit('kling-o1-video-edit-fast', 'Kling O1 Video Edit Fast', ', sooner');

function defineEdit(id: string, title: string, manner: string) {
  return defineVideoModel({
    id,
    title,
    description: `Changes a given video as the prompt says${manner}. Its length stays; makes no sound. Takes no elements. Charged by the length of what was made.`,
    created: 1_764_547_200,
    fields: {
      prompt: requiredPrompt,
      video_urls: Type.Array(Type.String({ minLength: 1, format: 'uri' }), {
        minItems: 1,
        maxItems: 1,
        description:
          'Exactly one video: the one to change. An http or https URL that the server can fetch. MP4 or MOV, at most 100 ' +
          'MB, 3 to 10 s.',
        examples: [['https://example.com/street.mp4']],
      }),
      image_urls: Type.Optional(images('At most 4 images of what it should look like.', { maxItems: 4 })),
      keep_original_sound: keepSound,
    },
    params: {},
    rules: [],
    clipRules: o1ClipRules,
    examples: {
      edit: {
        summary: 'Another mood, after a picture',
        value: {
          model: id,
          prompt: 'Make it a winter evening as in <<<image_1>>>',
          video_urls: ['https://example.com/street.mp4'],
          image_urls: ['https://example.com/winter.jpg'],
          keep_original_sound: false,
        },
      },
    },
    estimatedSeconds: 300,
    price: {
      billing_rule: 'per_second',
      setting: 'priceKlingO1WithVideo',
      multipliers: o1Multipliers,
      minimumSeconds,
      outputSecondsMax: () => outputSecondsMax,
    },
  });
}
