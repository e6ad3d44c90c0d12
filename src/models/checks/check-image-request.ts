import type { TSchema } from 'typebox';
import { compileCheck } from '../../lib/compile-check.ts';
import { listUnknownFields } from '../../lib/list-unknown-fields.ts';
import { omitEmptyFields } from '../../lib/omit-empty-fields.ts';
import { invalidRequest, refuse } from '../errors.ts';
import type { ImageBody, ImageRule } from '../fields/image-body.ts';
import { defaultImageQuality } from '../fields/image-fields.ts';
import type { ImageRequest } from '../fields/requests.ts';
import { listVideoSources } from '../list-video-sources.ts';
import type { CheckedRequest, RequestTools } from '../model.ts';
import { checkElements, refuseOtherIds } from './check-elements.ts';
import { checkPromptMarks } from './check-prompt-marks.ts';
import { parseDocumented } from './parse-documented.ts';
import { refuseOtherMedia } from './refuse-other-media.ts';

/** What fields are called by other image models of the hosted service, and by the vendor. */
const otherNames = { size: 'aspect_ratio', resolution: 'quality' } as const;

/**
 * The check of one model of pictures, in the order of that of a video. It throws `invalid_request` (400) with the `param` of
 * the first fault. Inline images come back decoded. `fixed` is what the model decides and no body says.
 */
export function createImageCheck(
  modelId: string,
  schema: TSchema,
  rules: readonly ImageRule[],
  fixed: Partial<Pick<ImageRequest, 'count'>> = {},
) {
  const check = compileCheck(schema);
  const { properties } = schema as unknown as { properties: { aspect_ratio?: { default: ImageBody['aspect_ratio'] } } };
  const usualRatio = properties.aspect_ratio?.default;
  return (given: unknown, { checkMediaUrl }: RequestTools): CheckedRequest<ImageRequest> => {
    const sent = takeOtherNames(given);
    const documented = parseDocumented(schema, omitEmptyFields(schema, sent));
    refuseOtherIds(documented);
    refuseOtherMedia(modelId, schema, sent);
    const checked = check(documented);
    if (!checked.ok) throw invalidRequest(checked.invalid);
    const body = { aspect_ratio: usualRatio, ...(checked.value as ImageBody) } as ImageBody;
    const { image_urls } = body;
    const fields = image_urls === undefined ? {} : { image_urls };
    const request = { ...buildRequest(body, listVideoSources(fields, sent as object, checkMediaUrl)), ...fixed };
    checkElements(request);
    for (const rule of rules) rule(request, body);
    checkPromptMarks(request, [{ param: 'prompt', prompt: request.prompt }]);
    return {
      request,
      ...(body.callback_url === undefined ? {} : { callback_url: body.callback_url }),
      ignoredFields: listUnknownFields(schema, sent),
    };
  };
}

/** Throws for a field that is given under both names: who reads one of them alone would make another picture. */
function takeOtherNames(sent: unknown): unknown {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return sent;
  const body: Record<string, unknown> = { ...sent };
  for (const [other, name] of Object.entries(otherNames)) {
    if (!Object.hasOwn(body, other)) continue;
    const value = body[other];
    delete body[other];
    if (value === null || value === '') continue;
    const known = body[name] ?? '';
    if (known !== '' && known !== value) throw refuse(other, `is given beside ${name}, which says the same`);
    body[name] = value;
  }
  return body;
}

function buildRequest(body: ImageBody, sources: ImageRequest['sources']): ImageRequest {
  const {
    prompt = '',
    negative_prompt,
    aspect_ratio = 'auto',
    quality = defaultImageQuality,
    n = 1,
    model_params,
  } = body;
  return {
    kind: 'image',
    prompt,
    ...(negative_prompt === undefined ? {} : { negative_prompt }),
    ...(aspect_ratio === 'auto' ? {} : { aspect_ratio }),
    quality,
    count: n,
    elements: (model_params?.element_list ?? []).map(({ element_id }, index) => ({
      element_id,
      param: `model_params.element_list[${index}].element_id`,
    })),
    sources,
  };
}
