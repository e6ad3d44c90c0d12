import { type Static, Type } from 'typebox';

/** `result_data` of a completed video task. */
export const VideoResult = Type.Object(
  {
    video_url: Type.String({ format: 'uri', description: 'Same as `results[0]`.' }),
    expires_at: Type.Integer({ description: 'Unix seconds at which the link ends.' }),
    engine: Type.String({
      description:
        'Who made it: `kling` is the official API, `animatic` a preview drawn on the server, no generated video.',
      examples: ['animatic'],
    }),
    duration: Type.Number({ minimum: 0, description: 'Seconds.', examples: [5] }),
    width: Type.Integer({ minimum: 1, description: 'Pixels.', examples: [1280] }),
    height: Type.Integer({ minimum: 1, description: 'Pixels.', examples: [720] }),
    frame_rate: Type.Number({ minimum: 0, description: 'Frames a second.', examples: [24] }),
    has_sound: Type.Boolean(),
    element_ids: Type.Array(Type.String(), { description: 'The elements in it, in the order of `element_list`.' }),
  },
  { title: 'VideoResult', additionalProperties: true },
);
export type VideoResult = Static<typeof VideoResult>;

/** `result_data` of a completed dry run. */
export const DryRunResult = Type.Object(
  {
    dry_run: Type.Literal(true),
    would_reserve_credits: Type.Number({
      minimum: 0,
      description: 'Credits that the real request would reserve.',
      examples: [1],
    }),
    estimated_seconds: Type.Integer({
      minimum: 1,
      description: 'Seconds that such a task usually takes.',
      examples: [30],
    }),
    report: Type.Array(
      Type.Object(
        { code: Type.String(), level: Type.String(), message: Type.String() },
        { additionalProperties: true },
      ),
      { description: 'Of an element: what is good and what should be better. Empty of a video.' },
    ),
    sources: Type.Array(Type.Object({}, { additionalProperties: true }), {
      description: 'The given files, each with what was measured of it.',
    }),
    preview: Type.Optional(
      Type.Object(
        {
          sheet_url: Type.String({
            format: 'uri',
            description: 'All cut-outs side by side; ends like the links of a video.',
          }),
        },
        { description: 'Of an element.' },
      ),
    ),
  },
  { title: 'DryRunResult', additionalProperties: true },
);
export type DryRunResult = Static<typeof DryRunResult>;
