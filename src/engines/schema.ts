import { type Static, Type } from 'typebox';

/** What may be said of a finished video that isn't what was asked for. */
const videoWarningCodes = [
  'shorter_than_asked',
  'longer_than_asked',
  'smaller_than_asked',
  'other_shape_than_asked',
  'silent',
] as const;
export type VideoWarningCode = (typeof videoWarningCodes)[number];

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
    // Tasks of before 2026-11-27 have none.
    warnings: Type.Optional(
      Type.Array(
        Type.Object({
          code: Type.Enum(videoWarningCodes, { type: 'string' }),
          message: Type.String(),
        }),
        { description: 'Where it is not what was asked for; it is charged by what it is then. Usually empty.' },
      ),
    ),
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
