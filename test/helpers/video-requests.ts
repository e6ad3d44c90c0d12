import fc from 'fast-check';
import { AppError } from '../../src/lib/errors.ts';
import { chooseModel, type Model, type VideoRequest } from '../../src/models/index.ts';
import { checkMediaUrl } from './element-requests.ts';
import { generateFromSchema, type SchemaNode, unknownFields } from './generate-from-schema.ts';

export const elementIds = ['4810293847561029', '4810293847561030', '4810293847561031', '4810293847561032'] as const;

/** `element_list` of the first `count` ids. */
export function castOf(count: number): { element_id: string }[] {
  return Array.from({ length: count }, (_, index) => ({ element_id: String(4_810_293_847_561_029 + index) }));
}

/** The check of the model that `body` names. */
export function checkVideo(body: unknown) {
  const { request, ...rest } = chooseModel(body).checkRequest(body, { checkMediaUrl });
  if (request.kind !== 'video') throw new Error('is no video request');
  return { request: request as VideoRequest, ...rest };
}

/** The error that `body` is refused with. */
export function refuseVideo(body: unknown): AppError {
  try {
    checkVideo(body);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

const start = 'https://example.com/start.jpg';
const clip = 'https://example.com/clip.mp4';

/** The least that each model accepts, and `rest`; `params` stand in `model_params` beside what must stand there. */
export function videoBodyOf(
  model: string,
  rest: Record<string, unknown> = {},
  params?: Record<string, unknown>,
): Record<string, unknown> {
  const least: Record<string, Record<string, unknown>> = {
    'kling-o3-text-to-video': { prompt: 'A walk' },
    'kling-o3-image-to-video': { prompt: 'A walk', image_start: start },
    'kling-o3-reference-to-video': { prompt: 'A walk', video_url: clip },
    'kling-o3-video-edit': { video_url: clip },
    'kling-v3-text-to-video': { prompt: 'A walk' },
    'kling-v3-image-to-video': { prompt: 'A walk', image_start: start },
    'kling-v3-turbo-text-to-video': { prompt: 'A walk' },
    'kling-v3-turbo-image-to-video': { image_start: start },
    'kling-o1-image-to-video': { prompt: 'A walk', image_urls: [start] },
    'kling-o1-video-edit': { prompt: 'At night', video_urls: [clip] },
    'kling-o1-video-edit-fast': { prompt: 'At night', video_urls: [clip] },
    'kling-v3-motion-control': { image_urls: [start], video_urls: [clip] },
  };
  const required = model === 'kling-v3-motion-control' ? { character_orientation: 'video' } : {};
  const both = { ...required, ...params };
  const model_params = params === undefined && Object.keys(both).length === 0 ? {} : { model_params: both };
  return { model, ...least[model], ...model_params, ...rest };
}

/** `multi_shot` with shots of the given seconds. */
export function shotsOf(...seconds: readonly (string | number)[]): Record<string, unknown> {
  const multi_prompt = seconds.map((duration, index) => ({ index: index + 1, prompt: `Shot ${index + 1}`, duration }));
  return { multi_shot: true, shot_type: 'customize', multi_prompt };
}

/** Requests that `model` must accept: whatever its schema allows, made to keep the rules between fields. */
export function generateVideoBody(model: Model): fc.Arbitrary<Record<string, unknown>> {
  const { properties = {}, required = [] } = model.requestSchema as SchemaNode;
  const { model_params: paramsNode, ...fields } = properties;
  const needed = required.filter((name) => name !== 'model_params');
  const params = generateFields(paramsNode?.properties ?? {}, paramsNode?.required ?? []);
  const given = required.includes('model_params') ? params : fc.option(params, { nil: undefined });
  return fc
    .tuple(generateFields(fields, needed), given, fc.nat())
    .map(([body, model_params, seed]) => mend(model, model_params ? { ...body, model_params } : body, seed));
}

let urls: fc.Arbitrary<string> | undefined;

/** Made when it's wanted: its tables of characters take a second of the processor, and most that import this never generate. */
function generateUrl(): fc.Arbitrary<string> {
  urls ??= fc.webUrl({ withQueryParameters: true });
  return urls;
}

const generateMedia = () => fc.oneof(generateUrl(), fc.constantFrom('QUJD', 'data:image/png;base64,QUJD'));
const text = fc.constantFrom(
  'A walk',
  '😀'.repeat(2500),
  'a < b << c <<< d >> e >>>',
  'two\nlines',
  '\u202eabc',
  '<'.repeat(2500),
);

const byName: Record<string, (node: SchemaNode) => fc.Arbitrary<unknown>> = {
  prompt: () => text,
  negative_prompt: () => text,
  image_start: generateMedia,
  image_end: generateMedia,
  video_url: generateUrl,
  callback_url: generateUrl,
  image_urls: ({ minItems = 0, maxItems = 0 }) =>
    fc.array(generateMedia(), { minLength: minItems, maxLength: maxItems }),
  video_urls: () => fc.array(generateUrl(), { minLength: 1, maxLength: 1 }),
  element_list: ({ maxItems = 0 }) => fc.nat({ max: maxItems }).map(castOf),
  multi_prompt: () => fc.constant([]),
};

function generateFields(fields: Record<string, SchemaNode>, required: readonly string[]) {
  const members = Object.entries(fields).map(([name, node]) => {
    const generate = byName[name];
    return [name, generate ? generate(node) : generateFromSchema(node, generateMedia())] as const;
  });
  return fc
    .tuple(fc.record(Object.fromEntries(members), { requiredKeys: [...required] }), unknownFields)
    .map(([known, unknown]) => ({ ...unknown, ...known }) as Record<string, unknown>);
}

type Body = Record<string, unknown> & { image_urls?: string[]; model_params?: Params };
type Params = Record<string, unknown> & { element_list?: { element_id: string }[] };

/** Takes away, adds and divides until the documented rules between fields hold, in some way that `seed` chooses. */
function mend(model: Model, body: Body, seed: number): Record<string, unknown> {
  const mended: Body = { ...body };
  const params: Params = { ...body.model_params };
  if (params.multi_shot === true) mendShots(model, mended, params, seed);
  const told = params.multi_shot === true && params.shot_type === 'customize';
  const needsPrompt = /text-to-video|image-to-video|reference/.test(model.id) && !told;
  if (needsPrompt && !('prompt' in mended)) mended.prompt = 'A walk';
  if (!('image_start' in mended) || mended.image_urls?.length) delete mended.image_end;
  if (model.id === 'kling-o3-image-to-video' && !mended.image_urls?.length) mended.image_start ??= start;
  const frames = ['image_start', 'image_end'].filter((name) => name in mended).length;
  const most = /reference|edit/.test(model.id) ? 4 : 7;
  if (mended.image_urls && model.id !== 'kling-v3-motion-control') {
    mended.image_urls = mended.image_urls.slice(0, most - frames);
  }
  if (params.element_list) {
    const room = most - frames - (mended.image_urls?.length ?? 0);
    params.element_list = params.element_list.slice(0, 'image_start' in mended ? Math.min(3, room) : room);
    if (model.id === 'kling-v3-motion-control' && params.element_list.length) params.character_orientation = 'video';
  }
  if (body.model_params !== undefined) mended.model_params = params;
  return mended;
}

function mendShots(model: Model, body: Body, params: Params, seed: number): void {
  params.shot_type ??= model.id === 'kling-o3-reference-to-video' ? 'intelligence' : 'customize';
  if (params.shot_type !== 'customize') return;
  const whole = (body.duration as number | undefined) ?? 5;
  const count = 1 + (seed % Math.min(6, whole));
  const seconds = Array.from({ length: count }, (_, index) => (index === 0 ? whole - (count - 1) : 1));
  const shots = seconds.map((duration, index) => ({ index: index + 1, prompt: 'A shot', duration: String(duration) }));
  params.multi_prompt = seed % 2 === 0 ? shots : shots.toReversed();
}
