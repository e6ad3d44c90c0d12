import type { TSchema } from 'typebox';
import type { MediaRole } from './fields/parse-media-source.ts';
import type { ElementRequest, ImageRequest, ModelRequest, VideoRequest } from './fields/requests.ts';
import type { Model } from './model.ts';

/** A source as it was given: its path in the request and what stood there; null for what can't be given again. */
export interface WrittenSource {
  role: MediaRole;
  param: string;
  text: string | null;
}

type Checked<R extends ModelRequest> = Omit<R, 'sources'> & { sources: readonly WrittenSource[] };

/** A checked request whose sources are texts again. */
export type WrittenRequest = Checked<ElementRequest> | Checked<VideoRequest> | Checked<ImageRequest>;

/**
 * A body that asks for the same in the model's documented form: defaults are filled in, what had no effect is left out. Its
 * check gives the same request again, but for sources whose text is null, which stay null.
 */
export function writeRequestBody({ id, requestSchema }: Model, request: WrittenRequest): Record<string, unknown> {
  const body: Record<string, unknown> = { model: id };
  const fields = listFields(request, requestSchema);
  for (const [path, value] of fields) if (value !== undefined) setAt(body, path, value);
  for (const { param, text } of request.sources) setAt(body, param, text);
  return body;
}

type Field = readonly [path: string, value: unknown];

function listFields(request: WrittenRequest, schema: TSchema): Field[] {
  if (request.kind === 'element') return listElementFields(request);
  return request.kind === 'image' ? listImageFields(request, schema) : listVideoFields(request, schema);
}

function listImageFields({ elements, ...request }: Checked<ImageRequest>, schema: TSchema): Field[] {
  const fields: Field[] = [
    ['prompt', request.prompt],
    ['negative_prompt', request.negative_prompt],
    ['aspect_ratio', request.aspect_ratio],
    ['quality', request.quality],
    ['n', request.count],
    ['model_params.element_list', writeElementList(elements)],
  ];
  return fields.filter(([path]) => isField(schema, path));
}

/** Undefined when there is none. */
function writeElementList(elements: VideoRequest['elements']) {
  return elements.length === 0 ? undefined : elements.map(({ element_id }) => ({ element_id }));
}

function listElementFields({
  element_name,
  element_description,
  reference_type,
  ...rest
}: Checked<ElementRequest>): Field[] {
  const { voice_id, tags } = rest;
  return [
    ['model_params.element_name', element_name],
    ['model_params.element_description', element_description],
    ['model_params.reference_type', reference_type],
    ['model_params.element_voice_id', voice_id],
    ['model_params.tag_list', tags?.map((tag_id) => ({ tag_id }))],
  ];
}

function listVideoFields(request: Checked<VideoRequest>, schema: TSchema): Field[] {
  const { shots, elements } = request;
  const hasShots = request.shot_type !== undefined;
  const isTold = request.shot_type === 'customize';
  const fields: Field[] = [
    ['prompt', request.prompt || undefined],
    ['negative_prompt', request.negative_prompt],
    ['duration', request.duration_seconds],
    ['aspect_ratio', request.aspect_ratio],
    ['quality', request.quality],
    ['sound', request.sound ? 'on' : 'off'],
    ['keep_original_sound', request.keep_original_sound],
    ['model_params.keep_sound', request.keep_original_sound],
    ['model_params.multi_shot', hasShots || undefined],
    ['model_params.shot_type', request.shot_type],
    ['model_params.multi_prompt', isTold ? shots.map(presentShot) : undefined],
    ['model_params.element_list', writeElementList(elements)],
    ['model_params.watermark_info', request.watermark ? { enabled: true } : undefined],
    ['model_params.character_orientation', request.character_orientation],
  ];
  return fields.filter(([path]) => isField(schema, path));
}

const presentShot = ({ prompt, duration_seconds }: VideoRequest['shots'][number], at: number) => ({
  index: at + 1,
  prompt,
  duration: String(duration_seconds),
});

/** Whether the model has this field: models leave out what they have no use for. */
function isField(schema: unknown, path: string): boolean {
  let at: unknown = schema;
  for (const name of path.split('.')) at = (at as { properties?: Record<string, unknown> })?.properties?.[name];
  return at !== undefined;
}

/** Puts a value at a path like `model_params.refer_images[1].image_url`, making what leads there. */
function setAt(body: Record<string, unknown>, path: string, value: unknown): void {
  const steps = path.split(/[.[\]]+/).filter(Boolean);
  let at: Record<string, unknown> = body;
  for (const [place, step] of steps.entries()) {
    const next = steps[place + 1];
    if (next === undefined) at[step] = value;
    else at[step] ??= /^\d+$/.test(next) ? [] : {};
    at = at[step] as Record<string, unknown>;
  }
}
