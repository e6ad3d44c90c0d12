import { type TSchema, Type } from 'typebox';
import { describeRefusals } from '../../document/describe-api.ts';

export const tags = ['Official Kling form'];

/** The body of every refusal of the official form. */
const KlingError = Type.Object(
  {
    code: Type.Integer({ description: "The vendor's code: 1000 to 1303, 5000 to 5002.", examples: [1201] }),
    message: Type.String({ description: 'The field, the measured value and the rule.' }),
    request_id: Type.String(),
  },
  { title: 'KlingError', description: 'Why the request was refused.' },
);

/** The error answers of a route, for its `response` schema. */
export function describeErrors(...statuses: number[]) {
  return describeRefusals(KlingError, statuses);
}

/** What every answer of the form is wrapped in. */
export function describeEnvelope<T extends TSchema>(data: T) {
  return Type.Object({
    code: Type.Literal(0),
    message: Type.String(),
    request_id: Type.String(),
    data,
  });
}

const time = Type.Integer({ description: 'Unix milliseconds.' });

const Video = Type.Object({
  id: Type.String(),
  url: Type.String({ description: 'A link that needs no key, for a limited time.' }),
  duration: Type.String({ description: 'Seconds.', examples: ['5'] }),
});

const link = Type.Optional(Type.String({ description: 'A link that needs no key, for a limited time.' }));

/** A picture has `url`, a set of further views the others. */
const Image = Type.Object({ index: Type.Integer({ minimum: 0 }), url: link, url_1: link, url_2: link, url_3: link });

/** Ours are below 2^53; those of the vendor may have 19 digits. */
const ElementId = Type.Unsafe<number | string>({
  type: 'integer',
  description: 'The `element_id`, as a whole number.',
});

const Element = Type.Object({
  element_id: ElementId,
  element_name: Type.String(),
  element_description: Type.String(),
  reference_type: Type.Enum(['image_refer', 'video_refer'], { type: 'string' }),
  element_image_list: Type.Optional(
    Type.Object({
      frontal_image: Type.String(),
      refer_images: Type.Array(Type.Object({ image_url: Type.String() })),
    }),
  ),
  element_video_list: Type.Optional(
    Type.Object({ refer_videos: Type.Array(Type.Object({ video_url: Type.String() })) }),
  ),
  element_voice_info: Type.Optional(Type.Object({ voice_id: Type.String() })),
  tag_list: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), description: Type.String() })),
  owned_by: Type.String(),
  status: Type.Enum(['succeed', 'deleted'], { type: 'string' }),
});

const Voice = Type.Object({
  voice_id: Type.String(),
  voice_name: Type.String(),
  trial_url: Type.Optional(Type.String()),
  owned_by: Type.String(),
});

export const KlingTask = Type.Object(
  {
    task_id: Type.String({
      description: "The task's id in every form.",
      examples: ['task-unified-1757169743-8dxnm6yz'],
    }),
    task_status: Type.Enum(['submitted', 'processing', 'succeed', 'failed'], { type: 'string' }),
    task_status_msg: Type.String({ description: 'Why it failed; else empty.' }),
    task_info: Type.Object({ external_task_id: Type.Optional(Type.String()) }),
    task_result: Type.Optional(
      Type.Object({
        videos: Type.Optional(Type.Array(Video)),
        images: Type.Optional(Type.Array(Image)),
        elements: Type.Optional(Type.Array(Element)),
        voices: Type.Optional(Type.Array(Voice)),
      }),
    ),
    final_unit_deduction: Type.Optional(Type.String({ description: 'Credits, of a task that has ended.' })),
    created_at: time,
    updated_at: time,
  },
  { title: 'KlingTask' },
);

export const ListQuery = Type.Object({
  pageNum: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 30 })),
});

export const TaskParams = Type.Object({
  id: Type.String({ description: 'The id of its task, or its `external_task_id`.', examples: ['shot-12'] }),
});

const externalTaskId = Type.Optional(
  Type.String({ description: 'What the caller calls the task, once: a repetition is refused and makes nothing.' }),
);
const callbackUrl = Type.Optional(
  Type.String({ description: 'Told of the end in this form, signed as Standard Webhooks are.' }),
);
const others = { additionalProperties: true };

export const ElementBody = Type.Object(
  {
    element_name: Type.String({ description: 'At most 20 characters.' }),
    element_description: Type.String({ description: 'At most 100 characters.' }),
    reference_type: Type.Enum(['image_refer', 'video_refer'], { type: 'string' }),
    element_image_list: Type.Optional(
      Type.Object({
        frontal_image: Type.String({ description: 'A URL, or base64.' }),
        refer_images: Type.Array(Type.Object({ image_url: Type.String() }), { minItems: 1, maxItems: 3 }),
      }),
    ),
    element_video_list: Type.Optional(
      Type.Object({ refer_videos: Type.Array(Type.Object({ video_url: Type.String() }), { maxItems: 1 }) }),
    ),
    element_voice_id: Type.Optional(Type.String()),
    tag_list: Type.Optional(Type.Array(Type.Object({ tag_id: Type.String({ examples: ['o_102'] }) }))),
    callback_url: callbackUrl,
    external_task_id: externalTaskId,
  },
  others,
);

const elementList = Type.Optional(Type.Array(Type.Object({ element_id: ElementId })));
const onOff = Type.Optional(Type.Enum(['on', 'off'], { type: 'string' }));
const yesNo = Type.Optional(Type.Enum(['yes', 'no'], { type: 'string' }));
const video = {
  model_name: Type.Optional(Type.String()),
  prompt: Type.Optional(Type.String()),
  element_list: elementList,
  mode: Type.Optional(Type.Enum(['std', 'pro', '4k'], { type: 'string', description: '720p, 1080p, 4k.' })),
  callback_url: callbackUrl,
  external_task_id: externalTaskId,
};
const length = {
  duration: Type.Optional(Type.String({ description: 'Whole seconds.', examples: ['5'] })),
  sound: onOff,
};
const ratio = { aspect_ratio: Type.Optional(Type.String({ examples: ['16:9'] })) };
const shots = {
  multi_shot: Type.Optional(Type.Boolean()),
  shot_type: Type.Optional(Type.String()),
  multi_prompt: Type.Optional(
    Type.Array(Type.Object({ index: Type.Integer(), prompt: Type.String(), duration: Type.String() })),
  ),
};
const negative = { negative_prompt: Type.Optional(Type.String()) };

export const OmniBody = Type.Object(
  {
    ...video,
    ...length,
    ...ratio,
    ...shots,
    image_list: Type.Optional(
      Type.Array(
        Type.Object({
          image_url: Type.String({ description: 'A URL, or base64.' }),
          type: Type.Optional(Type.Enum(['first_frame', 'end_frame'], { type: 'string' })),
        }),
      ),
    ),
    video_list: Type.Optional(
      Type.Array(
        Type.Object({
          video_url: Type.String(),
          refer_type: Type.Optional(Type.Enum(['base', 'feature'], { type: 'string', default: 'base' })),
          keep_original_sound: yesNo,
        }),
        { maxItems: 1 },
      ),
    ),
  },
  others,
);

export const ImageToVideoBody = Type.Object(
  {
    ...video,
    ...length,
    ...shots,
    ...negative,
    image: Type.Optional(Type.String({ description: 'The first frame: a URL, or base64.' })),
    image_tail: Type.Optional(Type.String({ description: 'The last frame.' })),
  },
  others,
);

export const TextToVideoBody = Type.Object({ ...video, ...length, ...ratio, ...shots, ...negative }, others);

export const MotionControlBody = Type.Object(
  {
    ...video,
    image_url: Type.String({ description: 'The character: a URL, or base64.' }),
    video_url: Type.String({ description: 'The motion.' }),
    keep_original_sound: yesNo,
    character_orientation: Type.Enum(['image', 'video'], { type: 'string' }),
  },
  others,
);

const images = {
  model_name: Type.Optional(Type.String()),
  prompt: Type.String({ description: 'At most 2,500 characters.' }),
  element_list: elementList,
  resolution: Type.Optional(Type.Enum(['1k', '2k', '4k'], { type: 'string', default: '1k' })),
  n: Type.Optional(Type.Integer({ minimum: 1, maximum: 9, default: 1 })),
  ...ratio,
  callback_url: callbackUrl,
  external_task_id: externalTaskId,
};

export const OmniImageBody = Type.Object(
  {
    ...images,
    image_list: Type.Optional(
      Type.Array(Type.Object({ image: Type.String({ description: 'A URL, or base64.' }) }), { maxItems: 10 }),
    ),
    result_type: Type.Optional(Type.Enum(['single'], { type: 'string' })),
  },
  others,
);

export const AnglesBody = Type.Object(
  {
    element_frontal_image: Type.String({ description: 'What is to be seen from other sides: a URL, or base64.' }),
    callback_url: callbackUrl,
    external_task_id: externalTaskId,
  },
  others,
);

export const ImagesBody = Type.Object(
  { ...images, ...negative, image: Type.Optional(Type.String({ description: 'A URL, or base64.' })) },
  others,
);
