import { Type } from 'typebox';
import { elementNames } from './element-request-schema.ts';
import { tagList } from './element-tags.ts';
import { nameText } from './fields/request-fields.ts';

const ownTags = Type.Array(Type.String({ minLength: 1, maxLength: 40, ...nameText }), {
  maxItems: 20,
  description: 'Free words to find it by, in the place of those it has; at most 20 of 1 to 40 characters.',
  examples: [['hero', 'season 2']],
});

/** What the archive of an element says in words, by the rules of creation. */
export const ArchivedElementFields = Type.Object({
  ...elementNames,
  reference_type: Type.Enum(['image_refer', 'video_refer'], { type: 'string' }),
  element_voice_id: Type.Optional(Type.String({ minLength: 1, maxLength: 128, ...nameText })),
  tag_list: tagList,
  tags: ownTags,
});

/** What the owner of an element may change, by the rules of its creation. */
export const ElementEditBody = Type.Object(
  {
    element_name: Type.Optional(elementNames.element_name),
    element_description: Type.Optional(elementNames.element_description),
    tags: Type.Optional(ownTags),
  },
  { title: 'ElementEdit', description: 'At least one of them.' },
);
