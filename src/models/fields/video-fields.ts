import { Type } from 'typebox';
import { plainText, visibleText } from './request-fields.ts';

/** The fields that video requests are put together from; each means the same in every model that has it. */

/** Code points; the hosted service's own limits. */
const promptMax = 2500;
const shotPromptMax = 512;

const marks =
  '`<<<element_1>>>`, `<<<image_1>>>` and `<<<video_1>>>` name what was given, counted from 1: elements in the order of ' +
  '`element_list`, images with the first frame first, then the last one, then `image_urls`.';

export const requiredPrompt = Type.String({
  minLength: 1,
  maxLength: promptMax,
  ...visibleText,
  description: `What happens in the video, 1 to ${promptMax} Unicode code points. ${marks}`,
});

export const optionalPrompt = Type.Optional(
  Type.String({
    maxLength: promptMax,
    ...plainText,
    description: `What to make of it, at most ${promptMax} Unicode code points. ${marks}`,
  }),
);

export const promptUnlessShots = Type.Optional(
  Type.String({
    maxLength: promptMax,
    ...plainText,
    description:
      `What happens in the video, at most ${promptMax} Unicode code points. Required unless \`shot_type\` is ` +
      `\`customize\`, where it has no effect. ${marks}`,
  }),
);

export const negativePrompt = Type.Optional(
  Type.String({
    maxLength: promptMax,
    ...plainText,
    description: `What the video should not show, at most ${promptMax} Unicode code points.`,
  }),
);

const imageRule =
  'http or https URL that the server can fetch, a `data:image/…;base64,` URL or strict base64. JPEG or PNG, at most 10 MB, ' +
  'each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.';

/** Without `minLength` for the reason that `element-request-schema.ts` gives. */
const image = (description: string) =>
  Type.String({ description: `${description} An ${imageRule}`, examples: ['https://example.com/start.jpg'] });

export const imageStart = image('The first frame.');
export const imageEnd = Type.Optional(image('The last frame; needs `image_start`.'));

/** `description` says what they are for and how many. */
export function images(description: string, limits: { minItems?: number; maxItems: number }) {
  return Type.Array(Type.String(), {
    ...limits,
    description: `${description} Each is an ${imageRule}`,
    examples: [['https://example.com/scene.jpg']],
  });
}

/** `description` says what it is for and its limits. */
export function video(description: string) {
  return Type.String({
    minLength: 1,
    format: 'uri',
    description: `${description} An http or https URL that the server can fetch.`,
    examples: ['https://example.com/clip.mp4'],
  });
}

/** When none is given. */
export const defaultDurationSeconds = 5;

/** The field `duration` in whole seconds, both ends included. */
export function duration(minimum: number, maximum: number) {
  return Type.Optional(
    Type.Integer({
      minimum,
      maximum,
      default: defaultDurationSeconds,
      description: 'Length in whole seconds; the price follows it.',
    }),
  );
}

/** Seconds of O1, which has no lengths between. */
export const durationOf5Or10 = Type.Optional(
  Type.Enum([5, 10], {
    type: 'integer',
    default: defaultDurationSeconds,
    description: 'Length in whole seconds; the price follows it.',
  }),
);

/** When none is given and there is no first frame and no video to take it from. */
export const defaultAspectRatio = '16:9';

const aspectRatios = ['16:9', '9:16', '1:1'] as const;

export const aspectRatio = Type.Optional(
  Type.Enum(aspectRatios, { type: 'string', default: defaultAspectRatio, description: 'Width to height.' }),
);

/** `follows` is what it is taken from when it isn't given. */
export function aspectRatioOf(follows: string) {
  return Type.Optional(
    Type.Enum(aspectRatios, { type: 'string', description: `Width to height. Without it, ${follows}.` }),
  );
}

/** When none is given. */
export const defaultQuality = '720p';

export const quality = choice(['720p', '1080p', '4k'], defaultQuality, 'Size of the picture; the price follows it.');
export const qualityTo1080p = choice(['720p', '1080p'], defaultQuality, 'Size of the picture; the price follows it.');

export const sound = choice(['on', 'off'], 'off', 'Whether sound is made; the price follows it.');

export const keepSound = Type.Optional(
  Type.Boolean({ default: true, description: "Whether the given video's own sound stays. No other sound is made." }),
);

export const watermarkInfo = Type.Optional(
  Type.Object(
    { enabled: Type.Optional(Type.Boolean({ default: false })) },
    { description: 'Whether the video carries a watermark.' },
  ),
);

/** `description` says which elements and how many. */
export function elementList(maxItems: number, description: string) {
  return Type.Optional(
    Type.Array(
      Type.Object({
        element_id: Type.String({
          pattern: '^[0-9]{16}$',
          'x-rule': "must be the 16 digits that an element's finished task names in result_data.element_id",
          description: 'The 16 digits of `result_data.element_id`. A number is accepted too.',
          examples: ['4810293847561029'],
        }),
      }),
      { maxItems, description },
    ),
  );
}

const shots = Type.Optional(
  Type.Array(
    Type.Object({
      index: Type.Integer({ minimum: 1, description: 'Place of the shot, from 1, each once.' }),
      prompt: Type.String({
        minLength: 1,
        maxLength: shotPromptMax,
        ...visibleText,
        description: `What happens in the shot, 1 to ${shotPromptMax} Unicode code points, with the same marks as \`prompt\`.`,
      }),
      duration: Type.String({
        pattern: '^[1-9][0-9]?$',
        'x-rule': "must be whole seconds, at least 1, like '5'",
        description: 'Length in whole seconds, at least 1, as text. A number is accepted too.',
        examples: ['5'],
      }),
    }),
    {
      maxItems: 6,
      description: '1 to 6 shots; required with `customize`. Their durations must add up to `duration`.',
    },
  ),
);

/** The fields of several shots, for a model that knows the given shot types. */
export function shotFields(types: readonly ('customize' | 'intelligence')[]) {
  const meanings = {
    customize: '`customize`: `multi_prompt` tells the shots, and `prompt` has no effect.',
    intelligence: '`intelligence`: the model cuts the story of `prompt` into shots.',
  };
  return {
    multi_shot: Type.Optional(Type.Boolean({ default: false, description: 'Whether the video has several shots.' })),
    shot_type: Type.Optional(
      Type.Enum([...types], {
        type: 'string',
        description: `Required with \`multi_shot\`. ${types.map((type) => meanings[type]).join(' ')}`,
      }),
    ),
    multi_prompt: shots,
  };
}

function choice<const T extends string>(words: readonly T[], fallback: NoInfer<T>, description: string) {
  return Type.Optional(Type.Enum([...words], { type: 'string', default: fallback, description }));
}
