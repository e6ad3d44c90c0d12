import { Type } from 'typebox';
import { plainText, visibleText } from './request-fields.ts';
import { type ImageRequest, imageRatios } from './requests.ts';

/** The fields that requests for pictures are put together from; each means the same in every model that has it. */

/** Code points; the vendor's limit. */
const promptMax = 2500;

/** When none is given. */
export const defaultImageQuality = '1k';

/** Pictures of one request; the vendor's limit. */
const pictureCountMax = 9;

export const imagePrompt = Type.String({
  minLength: 1,
  maxLength: promptMax,
  ...visibleText,
  description:
    `What the picture shows, 1 to ${promptMax} Unicode code points. \`<<<element_1>>>\` and \`<<<image_1>>>\` name what was ` +
    'given, counted from 1, in the order of `element_list` and `image_urls`.',
});

export const imageNegativePrompt = Type.Optional(
  Type.String({
    maxLength: promptMax,
    ...plainText,
    description: `What the picture should not show, at most ${promptMax} Unicode code points. Not beside \`image_urls\`.`,
  }),
);

/** With `auto` where it is left to who makes it, which is then the default. */
export function imageRatio(mayBeAuto: boolean) {
  return Type.Optional(
    Type.Enum<string[]>(mayBeAuto ? [...imageRatios, 'auto'] : [...imageRatios], {
      type: 'string',
      default: mayBeAuto ? 'auto' : '16:9',
      description: `Width to height. Also taken under the name \`size\`.${mayBeAuto ? ' `auto` follows what was given.' : ''}`,
    }),
  );
}

/** `words` are the qualities of the model. */
export function imageQuality(words: readonly ImageRequest['quality'][]) {
  return Type.Optional(
    Type.Enum([...words], {
      type: 'string',
      default: defaultImageQuality,
      description: 'Size of each picture. Also taken under the name `resolution`.',
    }),
  );
}

export const pictureCount = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: pictureCountMax,
    default: 1,
    description: 'How many pictures to make; each is charged.',
  }),
);
