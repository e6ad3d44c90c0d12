import type { TSchema } from 'typebox';
import { compileCheck } from '../../lib/compile-check.ts';
import { listUnknownFields } from '../../lib/list-unknown-fields.ts';
import { omitEmptyFields } from '../../lib/omit-empty-fields.ts';
import { invalidRequest } from '../errors.ts';
import type { MediaSource } from '../fields/parse-media-source.ts';
import type { VideoRequest } from '../fields/requests.ts';
import type { VideoBody, VideoRule } from '../fields/video-body.ts';
import { defaultAspectRatio, defaultDurationSeconds, defaultQuality } from '../fields/video-fields.ts';
import { type ImageRoles, listVideoSources } from '../list-video-sources.ts';
import type { CheckedRequest, RequestTools } from '../model.ts';
import { checkElements, refuseOtherIds } from './check-elements.ts';
import { checkPromptMarks } from './check-prompt-marks.ts';
import { parseDocumented } from './parse-documented.ts';
import { parseShots, type ShotPlan } from './parse-shots.ts';
import { refuseOtherMedia } from './refuse-other-media.ts';

/**
 * The check of one video model. In the order a caller would mend things: what the model can't take; each field by
 * `schema`; the shots; each URL or inline image; the rules between fields; what prompts name. The check throws
 * `invalid_request` (400) with the `param` of the first fault. Inline images come back decoded.
 */
export function createVideoCheck(
  modelId: string,
  schema: TSchema,
  rules: readonly VideoRule[],
  imageRoles?: ImageRoles,
) {
  const check = compileCheck(schema);
  const takesDuration = 'duration' in (schema as unknown as { properties: object }).properties;
  return (sent: unknown, { checkMediaUrl }: RequestTools): CheckedRequest<VideoRequest> => {
    const documented = parseDocumented(schema, omitEmptyFields(schema, sent));
    refuseOtherIds(documented);
    refuseOtherMedia(modelId, schema, sent);
    const checked = check(documented);
    if (!checked.ok) throw invalidRequest(checked.invalid);
    const body = checked.value as VideoBody;
    const plan = parseShots(body);
    const request: VideoRequest = {
      ...buildSpec(body, plan, listVideoSources(body, sent as object, checkMediaUrl, imageRoles)),
      ...(takesDuration ? { duration_seconds: body.duration ?? defaultDurationSeconds } : {}),
    };
    checkElements(request);
    for (const rule of rules) rule(request, body);
    checkPromptMarks(request, [{ param: 'prompt', prompt: request.prompt }, ...plan.shots]);
    return {
      request,
      ...(body.callback_url === undefined ? {} : { callback_url: body.callback_url }),
      ignoredFields: [...listUnknownFields(schema, sent), ...plan.ignoredFields],
    };
  };
}

function buildSpec(body: VideoBody, plan: ShotPlan, sources: MediaSource[]): VideoRequest {
  const { negative_prompt, quality = defaultQuality, model_params: params = {} } = body;
  const hasVideo = sources.some(({ role }) => role === 'reference_video');
  const followsPicture = hasVideo || sources.some(({ role }) => role === 'image_start');
  const aspectRatio = body.aspect_ratio ?? (followsPicture ? undefined : defaultAspectRatio);
  return {
    kind: 'video',
    prompt: plan.shot_type === 'customize' ? '' : (body.prompt ?? ''),
    ...(negative_prompt === undefined ? {} : { negative_prompt }),
    ...(aspectRatio === undefined ? {} : { aspect_ratio: aspectRatio }),
    quality,
    sound: body.sound === 'on',
    ...(hasVideo ? { keep_original_sound: body.keep_original_sound ?? params.keep_sound ?? true } : {}),
    shots: plan.shots.map(({ prompt, duration_seconds }) => ({ prompt, duration_seconds })),
    ...(plan.shot_type === undefined ? {} : { shot_type: plan.shot_type }),
    ...(params.character_orientation === undefined ? {} : { character_orientation: params.character_orientation }),
    watermark: params.watermark_info?.enabled ?? false,
    elements: (params.element_list ?? []).map(({ element_id }, index) => ({
      element_id,
      param: `model_params.element_list[${index}].element_id`,
    })),
    sources,
  };
}
