import { Type } from 'typebox';

/** The upstream's categories of an element, in its words. Source: the vendor's page on elements, 2026-09-20. */
export const elementTags = {
  o_101: 'hottest or meme',
  o_102: 'character',
  o_103: 'animal',
  o_104: 'item',
  o_105: 'costume',
  o_106: 'scene',
  o_107: 'effect',
  o_108: 'others',
} as const;

const ids = Object.keys(elementTags) as (keyof typeof elementTags)[];

/** No field of the hosted service: its clients send none, and nothing changes for them. */
export const tagList = Type.Optional(
  Type.Array(Type.Object({ tag_id: Type.Enum(ids, { type: 'string', examples: ['o_102'] }) }), {
    maxItems: ids.length,
    description: `Addition of this server: categories of the element, as the Kling API has them. ${ids
      .map((id) => `\`${id}\` ${elementTags[id]}`)
      .join(', ')}. Shown in the library, and sent along when the element is made at the Kling API.`,
    examples: [[{ tag_id: 'o_102' }]],
  }),
);
