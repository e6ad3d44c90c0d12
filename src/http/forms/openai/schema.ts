import { Type } from 'typebox';
import { describeRefusals } from '../../document/describe-api.ts';

/** The body of every refusal of the videos form. */
const VideosError = Type.Object(
  {
    error: Type.Object({
      message: Type.String({ description: 'The field, the measured value and the rule.' }),
      type: Type.String({ examples: ['invalid_request_error'] }),
      param: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'The field at fault.' }),
      code: Type.String({ examples: ['invalid_request'] }),
      request_id: Type.String(),
    }),
  },
  { title: 'VideosError', description: 'Why the request was refused.' },
);

/** The error answers of a route, for its `response` schema. */
export function describeErrors(...statuses: number[]) {
  return describeRefusals(VideosError, statuses);
}

const seconds = (description: string) => Type.Unsafe<number | null>({ type: ['integer', 'null'], description });

export const Video = Type.Object(
  {
    id: Type.String({ description: 'The id of the task.', examples: ['task-unified-1757169780-k2v7q0ha'] }),
    object: Type.Literal('video'),
    model: Type.String({ description: 'The model that makes it.', examples: ['kling-o3-text-to-video'] }),
    status: Type.Enum(['queued', 'in_progress', 'completed', 'failed'], { type: 'string' }),
    progress: Type.Integer({ minimum: 0, maximum: 100 }),
    created_at: Type.Integer({ description: 'Unix seconds.' }),
    completed_at: seconds('Unix seconds; null until it is completed.'),
    expires_at: seconds('Unix seconds until which its content can be had; null until it is completed.'),
    seconds: Type.String({ examples: ['8'] }),
    size: Type.String({ description: 'Width and height in pixels.', examples: ['1280x720'] }),
    prompt: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'With marks for the characters.' }),
    remixed_from_video_id: Type.Null(),
    error: Type.Unsafe<{ code: string; message: string } | null>({
      type: ['object', 'null'],
      properties: { code: { type: 'string' }, message: { type: 'string' } },
      required: ['code', 'message'],
      description: 'Why it failed.',
    }),
    dry_run: Type.Optional(
      Type.Literal(true, {
        description:
          'Of a request with `dry_run`: checked, nothing made or charged; `GET /v1/tasks/{task_id}` has its report.',
      }),
    ),
  },
  { title: 'Video' },
);

export const VideoList = Type.Object(
  {
    object: Type.Literal('list'),
    data: Type.Array(Video),
    first_id: Type.Unsafe<string | null>({ type: ['string', 'null'] }),
    last_id: Type.Unsafe<string | null>({ type: ['string', 'null'], description: 'Hand it back as `after`.' }),
    has_more: Type.Boolean(),
  },
  { title: 'VideoList' },
);

export const DeletedVideo = Type.Object(
  { id: Type.String(), object: Type.Literal('video.deleted'), deleted: Type.Literal(true) },
  { title: 'DeletedVideo' },
);

export const Character = Type.Object(
  {
    id: Type.String({
      description:
        'The `element_id`, to be named in `characters`; while it is made, the id of its task, by which it can be asked for.',
    }),
    object: Type.Literal('character'),
    name: Type.String(),
    created_at: Type.Integer({ description: 'Unix seconds.' }),
    status: Type.Enum(['in_progress', 'completed', 'failed'], { type: 'string' }),
    error: Type.Optional(Type.Object({ code: Type.String(), message: Type.String() })),
  },
  { title: 'Character' },
);

const reference = Type.Object({
  image_url: Type.Optional(Type.String({ description: 'A URL, or a data URL.' })),
  file_id: Type.Optional(Type.String({ description: 'A file that is kept here (`/api/v1/files`).' })),
});

export const CreateVideoBody = Type.Object(
  {
    prompt: Type.String({
      description: 'What happens in it. `@name`, or the name of a character that `characters` names, becomes its mark.',
    }),
    model: Type.Optional(
      Type.String({
        description:
          'A video model of `GET /v1/models`. `sora-2`, `sora-2-pro` and none are what this server makes in their place ' +
          '(`TROUPE_VIDEOS_SORA_2`, `TROUPE_VIDEOS_SORA_2_PRO`).',
        examples: ['sora-2'],
      }),
    ),
    seconds: Type.Optional(
      Type.Union([Type.String(), Type.Integer()], {
        description: 'Whole seconds that the model takes. Default: 4 where the model takes them.',
        examples: ['8'],
      }),
    ),
    size: Type.Optional(
      Type.String({
        description:
          'Width and height: 720 or 1280 make 720p, 1024, 1080, 1792 or 1920 make 1080p, 2160 and 3840 make 4k. Default: 720x1280, of a model ' +
          "named by Troupe's own name that model's.",
        examples: ['1280x720'],
      }),
    ),
    input_reference: Type.Optional(
      Type.Union([Type.String({ description: 'A URL, or a data URL. In a form: the file itself.' }), reference], {
        description: 'The first frame.',
      }),
    ),
    characters: Type.Optional(
      Type.Array(Type.Object({ id: Type.String({ description: 'An `element_id`.' }) }), {
        description: 'Who is in it, in the order in which marks count them.',
      }),
    ),
  },
  {
    additionalProperties: true,
    description: "Other fields are those of the model's own request, such as `sound` or `callback_url`.",
  },
);

export const CharacterForm = Type.Object({
  name: Type.String({ description: 'At most 20 characters.' }),
  video: Type.String({ format: 'binary', description: 'A clip of at most 8 s of one person.' }),
  description: Type.Optional(Type.String({ description: 'What the person looks like; default: the name.' })),
});
