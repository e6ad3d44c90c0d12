import { type Static, Type } from 'typebox';

const ElementId = Type.String({
  pattern: '^[1-9][0-9]{15}$',
  description:
    '16 decimal digits, below 2^53, so that even a client that reads it as a JavaScript number keeps it whole. Send it ' +
    'back as a string in `element_list`.',
  examples: ['4129876500123456'],
});

/** One element as `result_data.elements` lists it, in the words of the request that made it. */
const Element = Type.Object(
  {
    element_id: ElementId,
    element_name: Type.String({ examples: ['My Character'] }),
    element_description: Type.String({ examples: ['A young woman with long black hair and brown eyes'] }),
    element_type: Type.Enum(['image_refer', 'video_refer'], {
      type: 'string',
      description: 'Same as `reference_type`; some clients read this name.',
    }),
    reference_type: Type.Enum(['image_refer', 'video_refer'], { type: 'string' }),
    status: Type.Enum(['succeed', 'deleted'], { type: 'string', description: 'Whether it can be used.' }),
    element_voice_id: Type.Optional(Type.String({ description: 'Voice bound to it.' })),
    tag_list: Type.Optional(
      Type.Array(Type.Object({ tag_id: Type.String({ examples: ['o_102'] }) }), {
        description: 'Its categories, as the request named them; absent without any.',
      }),
    ),
  },
  { title: 'Element', additionalProperties: true },
);

const open = { additionalProperties: true };
const colors = Type.Array(Type.Object({ hex: Type.String(), share: Type.Number() }), {
  description: 'Dominant colors of the subject, the largest share first.',
  examples: [[{ hex: '#ab311f', share: 0.343 }]],
});

/** The compact part of what was measured; the engine that builds an element says more or less of it. */
const measured = {
  engine: Type.String({ description: 'Who built it.', examples: ['local'] }),
  warnings: Type.Array(Type.Object({ code: Type.String(), message: Type.String() }, open), {
    description:
      'What should be better, each with its measured value: the first ones of the report that `GET ' +
      '/v1/elements/{element_id}` has in full. They warn, nothing more.',
  }),
  warning_count: Type.Integer({ minimum: 0, description: 'How many the report has.' }),
  sources: Type.Array(
    Type.Object(
      {
        role: Type.String({ examples: ['frontal_image'] }),
        matte_confidence: Type.Number({
          description: 'How sure its cut-out is, 0 to 1; below 0.7 better use the whole picture.',
        }),
        same_subject: Type.Union([Type.Number(), Type.Null()], {
          description:
            'Chance, 0 to 1, that it shows the subject of the frontal image; null for that one, and where a subject is missing: ' +
            'the report then says in which (`no_subject`, `nothing_visible`, `not_compared`).',
        }),
      },
      open,
    ),
    { description: 'In the order of the request; of a clip one entry, with its frontal frame and its least score.' },
  ),
  frontal_image: Type.Union([Type.String(), Type.Null()], { description: 'Name of the file that shows it best.' }),
  files: Type.Object(
    {},
    { ...open, description: 'Names of its files by role; `GET /v1/elements/{element_id}` links them.' },
  ),
  colors,
  scene_count: Type.Union([Type.Integer(), Type.Null()], { description: 'Scenes of the clip; null without one.' }),
  voice: Type.Union(
    [
      Type.Object(
        {
          duration_seconds: Type.Number(),
          loudness_dbfs: Type.Union([Type.Number(), Type.Null()]),
          speech_likely: Type.Union([Type.Boolean(), Type.Null()]),
        },
        open,
      ),
      Type.Null(),
    ],
    { description: 'The voice sample of the clip; null without one.' },
  ),
  placeholder_hash: Type.String({
    description: 'ThumbHash of the frontal image in base64, to show while it loads.',
  }),
};

/**
 * `result_data` of a completed element task. The id stands twice because existing clients read it in either place:
 * `result_data.element_id` or `result_data.elements[0].element_id`.
 */
export const ElementResult = Type.Object(
  {
    element_id: ElementId,
    elements: Type.Array(Element, { minItems: 1, maxItems: 1 }),
    ...Type.Partial(Type.Object(measured)).properties,
  },
  { title: 'ElementResult', additionalProperties: true },
);
export type ElementResult = Static<typeof ElementResult>;

/** One file of an element, and where its owner downloads it. */
const ElementFileLink = Type.Object(
  {
    name: Type.String({ examples: ['sheet.webp'] }),
    role: Type.String({
      description: 'What it is.',
      examples: ['upright', 'matte', 'cutout', 'thumbnail', 'sheet', 'frame'],
    }),
    media_type: Type.String({ examples: ['image/webp'] }),
    bytes: Type.Integer({ minimum: 1 }),
    source: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
      description: 'Which of `sources` it was made of; null for all of them.',
    }),
    width_px: Type.Optional(Type.Integer({ minimum: 1 })),
    height_px: Type.Optional(Type.Integer({ minimum: 1 })),
    url: Type.String({ format: 'uri', description: 'Needs the key of the account.' }),
  },
  { title: 'ElementFile', additionalProperties: true },
);

/** One line of the library. */
export const ElementLine = Type.Object(
  {
    ...Element.properties,
    tags: Type.Array(Type.String(), {
      description: 'Free words of the account, set by `PATCH`; the Kling categories are `tag_list`.',
      examples: [['hero', 'season 2']],
    }),
    imported_from: Type.Optional(
      Type.String({ description: 'The id that it had where it was exported, when that one was not free here.' }),
    ),
    task_id: Type.String({
      description: 'The task that made it; `adopted-…` or `imported-…` when it was taken over from elsewhere.',
    }),
    engine: Type.String({ description: 'Who built it.', examples: ['local'] }),
    revision: Type.Integer({
      minimum: 1,
      description: 'How often its cut-outs have changed, beginning at 1; names of changed files change with it.',
    }),
    created: Type.Integer({ description: 'Unix seconds.' }),
    files: Type.Array(ElementFileLink),
  },
  { title: 'ElementLine', additionalProperties: true },
);

/** An element with everything that is known of it. */
export const ElementDetails = Type.Object(
  {
    ...ElementLine.properties,
    sources: Type.Array(Type.Object({}, { additionalProperties: true }), {
      description: 'The reference images or the clip, each with what was measured of it.',
    }),
    colors,
    report: Type.Array(
      Type.Object(
        { code: Type.String(), level: Type.String(), message: Type.String() },
        { additionalProperties: true },
      ),
      { description: 'What is good and what should be better, each with its measured value. It warns, nothing more.' },
    ),
  },
  { title: 'ElementDetails', additionalProperties: true },
);

/** The cut-out of one picture of an element. */
export const Cutout = Type.Object(
  {
    element_id: ElementId,
    view: Type.String({ description: 'The picture.', examples: ['frontal'] }),
    revision: Type.Integer({ minimum: 1, description: 'Of the element; also the `ETag`.' }),
    matte_source: Type.Enum(['automatic', 'mended'], { type: 'string', description: 'Who found the subject.' }),
    matte_confidence: Type.Number({ description: 'How sure the cut-out is, 0 to 1; of a mended one 1.' }),
    width_px: Type.Integer({ description: 'Of the upright picture, in whose pixels strokes are told.' }),
    height_px: Type.Integer(),
    picture_url: Type.String({ format: 'uri', description: 'The upright picture. Needs the key of the account.' }),
    matte_url: Type.Union([Type.String({ format: 'uri' }), Type.Null()], {
      description: 'Its matte, a grey PNG in which white is the subject, at most as large; null where none was found.',
    }),
    cutout_url: Type.Union([Type.String({ format: 'uri' }), Type.Null()], { description: 'The trimmed cut-out.' }),
    strokes: Type.Array(Type.Object({}, { additionalProperties: true }), {
      description: 'What it was mended with so far; empty while it is automatic.',
    }),
    facts: Type.Object({}, { additionalProperties: true, description: 'What was measured of it.' }),
  },
  { title: 'Cutout', additionalProperties: true },
);
