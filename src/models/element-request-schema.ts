import { Type } from 'typebox';
import { tagList } from './element-tags.ts';
import { dryRunField } from './fields/parse-dry-run.ts';
import { callbackField, nameText } from './fields/request-fields.ts';

export const modelId = 'kling-custom-element';

/** The fields of every request for an element that its owner may change later. */
export const elementNames = {
  element_name: Type.String({
    minLength: 1,
    maxLength: 20,
    ...nameText,
    description: 'Name of the element, 1 to 20 Unicode code points.',
    examples: ['My Character'],
  }),
  element_description: Type.String({
    minLength: 1,
    maxLength: 100,
    ...nameText,
    description: 'What the subject looks like, 1 to 100 Unicode code points.',
    examples: ['A young woman with long black hair and brown eyes'],
  }),
};

const names = { ...elementNames, tag_list: tagList };

/** Without `minLength`: Ajv would count the code points of all 13 million characters to know that there is one. */
const imageText = (description: string) =>
  Type.String({
    description:
      `${description} An http or https URL that the server can fetch, a \`data:image/…;base64,\` URL or strict base64. ` +
      'JPEG or PNG, at most 10 MB, each side at least 300 px, aspect ratio from 1:2.5 to 2.5:1.',
    examples: ['https://example.com/front.jpg'],
  });

const ImageList = Type.Object(
  {
    frontal_image: imageText('The subject seen from the front.'),
    refer_images: Type.Array(Type.Object({ image_url: imageText('The same subject from another angle.') }), {
      minItems: 1,
      maxItems: 3,
      description: '1 to 3 further views of the subject.',
    }),
  },
  { description: 'The images of an element made with `image_refer`.' },
);

const videoText = Type.String({
  minLength: 1,
  format: 'uri',
  description:
    'http or https URL that the server can fetch. MP4, MOV or WebM, at most 8 s and 100 MB, 720 to 2160 px wide, with one ' +
    'person whose face is clearly visible.',
  examples: ['https://example.com/reference.mp4'],
});

const VideoList = Type.Object(
  {
    refer_videos: Type.Array(Type.Object({ video_url: videoText }), {
      minItems: 1,
      maxItems: 1,
      description: 'Exactly one reference video.',
    }),
  },
  {
    description:
      'The video of an element made with `video_refer`. The older form `{"video_url": "https://…"}` is accepted too.',
  },
);

const OlderVideoList = Type.Object({ video_url: videoText });

const ImageParams = Type.Object(
  {
    ...names,
    reference_type: Type.Literal('image_refer', { description: 'The element is made from images.' }),
    element_image_list: ImageList,
  },
  {
    title: 'From images',
    description: '`element_voice_id` is refused here; an `element_video_list` is ignored.',
  },
);

const VideoParams = Type.Object(
  {
    ...names,
    reference_type: Type.Literal('video_refer', { description: 'The element is made from a video.' }),
    element_video_list: VideoList,
    element_voice_id: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 128,
        ...nameText,
        description: 'Voice to bind to the element.',
        examples: ['829824295735410756'],
      }),
    ),
  },
  { title: 'From a video', description: 'An `element_image_list` is ignored.' },
);

const frame = {
  model: Type.Literal(modelId, { description: 'Selects the model and with it the shape of this body.' }),
  callback_url: callbackField,
  dry_run: dryRunField,
};

/** The body as documented. */
export const ElementRequestBody = Type.Object(
  { ...frame, model_params: Type.Union([ImageParams, VideoParams]) },
  { title: modelId, description: 'Makes a reusable element from reference images or a short reference video.' },
);

/** What can be checked before the kind of reference is known. */
export const AnyElementBody = Type.Object({
  ...frame,
  model_params: Type.Object({
    ...names,
    reference_type: Type.Enum(['image_refer', 'video_refer'], { type: 'string' }),
  }),
});

export const ImageElementBody = Type.Object({ ...frame, model_params: ImageParams });
export const VideoElementBody = Type.Object({ ...frame, model_params: VideoParams });

/** The contract's form until 2026-08-06. */
export const OlderVideoElementBody = Type.Object({
  ...frame,
  model_params: Type.Object({ ...VideoParams.properties, element_video_list: OlderVideoList }),
});
