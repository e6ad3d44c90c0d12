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
    expires_at: Type.Integer({
      description:
        'Unix seconds at which the link ends, or ended when its owner deleted the video: `results` is empty then.',
    }),
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
    not_understood: Type.Optional(
      Type.Array(Type.String(), {
        description: 'Of an animatic: parts of the prompts of which it made nothing, as they stand.',
      }),
    ),
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

/** What may be said of finished pictures that aren't what was asked for. */
const imageWarningCodes = ['fewer_than_asked', 'smaller_than_asked', 'other_shape_than_asked'] as const;
export type ImageWarningCode = (typeof imageWarningCodes)[number];

/** `result_data` of a completed task for pictures. */
export const ImageResult = Type.Object(
  {
    images: Type.Array(
      Type.Object({
        url: Type.String({ format: 'uri', description: 'The same as in `results`, in the same order.' }),
        width: Type.Integer({ minimum: 1, description: 'Pixels.', examples: [1360] }),
        height: Type.Integer({ minimum: 1, description: 'Pixels.', examples: [768] }),
        set: Type.Optional(
          Type.Integer({ minimum: 0, description: 'Of further views of an element: which set it belongs to, from 0.' }),
        ),
      }),
    ),
    expires_at: Type.Integer({ description: 'Unix seconds at which the links end.' }),
    engine: Type.String({
      description:
        'Who made them: `kling` is the official API, `animatic` previews drawn on the server, no generated pictures.',
      examples: ['animatic'],
    }),
    element_ids: Type.Array(Type.String(), { description: 'The elements in them, in the order of `element_list`.' }),
    not_understood: Type.Optional(
      Type.Array(Type.String(), { description: 'Of an animatic: parts of the prompt of which it made nothing.' }),
    ),
    warnings: Type.Array(
      Type.Object({ code: Type.Enum(imageWarningCodes, { type: 'string' }), message: Type.String() }),
      { description: 'Where they are not what was asked for; only what came is charged. Usually empty.' },
    ),
  },
  { title: 'ImageResult', additionalProperties: true },
);
export type ImageResult = Static<typeof ImageResult>;

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

const seconds = Type.Number({ minimum: 0 });

/** What there is to know of one account at the Kling API. */
const klingAccountFields = {
  name: Type.String({ description: 'What the settings call it: `default` is that of `TROUPE_KLING_API_KEY`.' }),
  account: Type.String({ description: 'The name, or the fingerprint of the key, that it is remembered under.' }),
  base_url: Type.String(),
  balance: Type.Union([
    Type.Object({
      remaining_units: Type.Number({ description: 'Of the packs that can be used.' }),
      asked_at: Type.String({ format: 'date-time' }),
      packs: Type.Array(
        Type.Object({
          name: Type.String(),
          status: Type.String(),
          total_units: Type.Number(),
          remaining_units: Type.Number(),
          ends_at: Type.Union([Type.Integer({ description: 'Unix milliseconds.' }), Type.Null()]),
        }),
      ),
    }),
    Type.Null(),
  ]),
  products: Type.Array(
    Type.Object({
      product: Type.String({ description: 'Like `video/kling-v3`; `video` and the empty text are what they share.' }),
      in_work: Type.Integer({ minimum: 0 }),
      parallel_max: Type.Union([Type.Integer(), Type.Null()], { description: 'Null of what holds no slots.' }),
      waiting: Type.Integer({ minimum: 0 }),
      paused: Type.Boolean({ description: 'For want of room there.' }),
      stop_reason: Type.Union([Type.String(), Type.Null()], {
        description: 'What has to be mended; null when all is well.',
      }),
      stopped_seconds: seconds,
    }),
  ),
  budget: Type.Object(
    {
      units_per_day: Type.Union([Type.Number(), Type.Null()]),
      account_units_per_day: Type.Union([Type.Number(), Type.Null()]),
    },
    { description: 'Null: no limit.' },
  ),
  days: Type.Array(
    Type.Object({
      day: Type.String({ examples: ['2026-11-27'] }),
      videos: Type.Integer({ minimum: 0, description: 'With the tasks for pictures.' }),
      failed: Type.Integer({ minimum: 0, description: 'Failed there, which is not billed.' }),
      units: Type.Number({ minimum: 0, description: 'Taken, or expected of what is in work.' }),
      usd: Type.Number({ minimum: 0 }),
    }),
    { description: 'The last seven days (UTC) on which a video was sent, the latest first.' },
  ),
  failures: Type.Array(Type.Object({ code: Type.String(), count: Type.Integer() }), {
    description: 'Of the last 24 hours.',
  }),
  elements: Type.Object({
    here: Type.Integer({ description: 'At this account.' }),
    elsewhere: Type.Integer({ description: 'At accounts of other names.' }),
    unwanted: Type.Integer({ description: 'Of both, deleted on this server and not there yet.' }),
  }),
  costs: Type.Array(
    Type.Object({
      task_id: Type.String(),
      units: Type.Union([Type.Number(), Type.Null()], { description: 'Taken there; null where it did not say.' }),
      usd: Type.Union([Type.Number(), Type.Null()]),
      charged_credits: Type.Union([Type.Number(), Type.Null()], {
        description: 'Charged here; 0 of a task that failed.',
      }),
    }),
    { description: 'The latest videos that were made there.' },
  ),
};

/** What an operator wants to know of an account at the Kling API, as this server sees it. */
const KlingAccountStatus = Type.Object(klingAccountFields, { title: 'KlingAccountStatus' });
/** As it is sent. */
export type KlingAccountStatus = Static<typeof KlingAccountStatus>;

/** The same of all accounts that the settings name. What stands beside the list is of the first, which was the only one once. */
export const KlingStatus = Type.Object(
  {
    ...klingAccountFields,
    accounts: Type.Array(KlingAccountStatus, { description: 'Every account of the settings, in their order.' }),
    lost_tasks: Type.Integer({
      minimum: 0,
      description: 'Videos and elements in work at accounts that the settings do not name: they are held.',
    }),
  },
  { title: 'KlingStatus', description: 'The first account of the settings, and all of them in `accounts`.' },
);
export type KlingStatus = Static<typeof KlingStatus>;

/** What a look at the account and at the settings found. */
export const KlingCheck = Type.Object(
  {
    ok: Type.Boolean({ description: 'Whether nothing is wrong; warnings are not.' }),
    checks: Type.Array(
      Type.Object({
        name: Type.Enum(['key', 'balance', 'slots', 'voices', 'links'], { type: 'string' }),
        level: Type.Enum(['ok', 'warning', 'error'], { type: 'string' }),
        account: Type.Optional(Type.String({ description: 'Which of several accounts it is about.' })),
        message: Type.String(),
        setting: Type.Optional(Type.String({ description: 'What to change, where it is a setting.' })),
      }),
    ),
  },
  { title: 'KlingCheck' },
);
export type KlingCheck = Static<typeof KlingCheck>;
