import type { Static, TSchema } from 'typebox';
import { type Checked, compileCheck } from '../../lib/compile-check.ts';
import { listUnknownFields } from '../../lib/list-unknown-fields.ts';
import { omitEmptyFields } from '../../lib/omit-empty-fields.ts';
import {
  AnyElementBody,
  ImageElementBody,
  modelId,
  OlderVideoElementBody,
  VideoElementBody,
} from '../element-request-schema.ts';
import { invalidRequest } from '../errors.ts';
import { type MediaSource, parseImageSource, parseVideoSource } from '../fields/parse-media-source.ts';
import type { ElementRequest } from '../fields/requests.ts';
import type { CheckedRequest, RequestTools } from '../model.ts';
import { refuseStrayMedia } from './refuse-other-media.ts';

const checkAny = compileCheck(AnyElementBody);
const checkImageBody = compileCheck(ImageElementBody);
const checkVideoBody = compileCheck(VideoElementBody);
const checkOlderVideoBody = compileCheck(OlderVideoElementBody);

const voiceParam = 'model_params.element_voice_id';
const imageParam = 'model_params.element_image_list';
const videoParam = 'model_params.element_video_list';

/** Every form, since the list of the other `reference_type` is known and ignored. */
const forms = [ImageElementBody, VideoElementBody, OlderVideoElementBody];
const mediaPlaces = {
  first_image: `${imageParam}.frontal_image`,
  last_image: `${imageParam}.refer_images[].image_url`,
  reference_image: `${imageParam}.refer_images[].image_url`,
  video: `${videoParam}.refer_videos[].video_url`,
};

/**
 * Every rule of an element request that can be known without fetching, in the order a caller would fix them: media where
 * none is taken, the common fields, the list of the given `reference_type`, then each URL or inline image. The other list is ignored, whatever it
 * holds. Throws `invalid_request` (400) with the `param` of the first fault. Inline images come back decoded.
 */
export function checkElementRequest(sent: unknown, tools: RequestTools): CheckedRequest<ElementRequest> {
  const body = omitEmptyFields(VideoElementBody, sent); // which has every field that may be left out
  refuseStrayMedia(modelId, forms, sent, mediaPlaces);
  const { model_params: params } = accept(checkAny(body));
  if (params.reference_type === 'video_refer') return checkVideoRequest(body, tools);
  if ('element_voice_id' in params) {
    throw invalidRequest({
      param: voiceParam,
      message: `${voiceParam}: is given with image_refer, is available with video_refer only`,
    });
  }
  return checkImageRequest(body, tools);
}

function checkImageRequest(body: unknown, { checkMediaUrl }: RequestTools): CheckedRequest<ElementRequest> {
  const sent = accept(checkImageBody(body));
  const { frontal_image, refer_images } = sent.model_params.element_image_list;
  const sources = [
    parseImageSource('frontal_image', `${imageParam}.frontal_image`, frontal_image, checkMediaUrl),
    ...refer_images.map(({ image_url }, index) =>
      parseImageSource('refer_image', `${imageParam}.refer_images[${index}].image_url`, image_url, checkMediaUrl),
    ),
  ];
  return present(ImageElementBody, sent, sources);
}

function checkVideoRequest(body: unknown, { checkMediaUrl }: RequestTools): CheckedRequest<ElementRequest> {
  if (isOlderForm(body)) {
    const sent = accept(checkOlderVideoBody(body));
    const url = sent.model_params.element_video_list.video_url;
    const source = parseVideoSource('refer_video', `${videoParam}.video_url`, url, checkMediaUrl);
    return present(OlderVideoElementBody, sent, [source], sent.model_params.element_voice_id);
  }
  const sent = accept(checkVideoBody(body));
  const [video] = sent.model_params.element_video_list.refer_videos as [{ video_url: string }];
  const param = `${videoParam}.refer_videos[0].video_url`;
  const source = parseVideoSource('refer_video', param, video.video_url, checkMediaUrl);
  return present(VideoElementBody, sent, [source], sent.model_params.element_voice_id);
}

/** `video_url` beside `refer_videos` is not the older form: the documented field wins and the other is ignored. */
function isOlderForm(body: unknown): boolean {
  const list = (body as Static<typeof VideoElementBody>).model_params.element_video_list as unknown;
  return typeof list === 'object' && list !== null && 'video_url' in list && !('refer_videos' in list);
}

function present(
  schema: TSchema,
  sent: Static<typeof AnyElementBody>,
  sources: MediaSource[],
  voiceId?: string,
): CheckedRequest<ElementRequest> {
  const { element_name, element_description, reference_type, tag_list = [] } = sent.model_params;
  const request: ElementRequest = {
    kind: 'element',
    element_name,
    element_description,
    reference_type,
    ...(voiceId === undefined ? {} : { voice_id: voiceId }),
    ...(tag_list.length === 0 ? {} : { tags: [...new Set(tag_list.map(({ tag_id }) => tag_id))] }),
    sources,
  };
  return {
    request,
    ...(sent.callback_url === undefined ? {} : { callback_url: sent.callback_url }),
    ignoredFields: listUnknownFields(schema, sent),
  };
}

function accept<T>(checked: Checked<T>): T {
  if (!checked.ok) throw invalidRequest(checked.invalid);
  return checked.value;
}
