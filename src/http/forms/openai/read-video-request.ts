import type { AuthenticatedKey } from '../../../accounts/index.ts';
import type { Context } from '../../../flow/index.ts';
import { showKind, showValue } from '../../../lib/show-value.ts';
import { listModels, type Model } from '../../../models/index.ts';
import { markCharacters } from '../../bodies/mark-characters.ts';
import type { HttpSettings } from '../../config.ts';
import { invalidRequest } from '../../errors.ts';
import { keepNames } from '../../rename-fields.ts';
import { type Family, families } from './families.ts';
import { sizes } from './sizes.ts';
import { videoModels } from './video-models.ts';

type Body = Record<string, unknown>;

/**
 * The body of the models' own form that a request for a video stands for. Fields that the videos form hasn't go along as they
 * are, for the model to take or refuse; one that says in the model's words what a field of the form says is taken in its
 * place. Throws 400 `invalid_request` naming the form's field, also where both say something, since one of them would be
 * dropped, and for a model that makes no video.
 */
export async function readVideoRequest(
  context: Context,
  caller: AuthenticatedKey,
  sent: unknown,
  settings: Pick<HttpSettings, 'videosSora2' | 'videosSora2Pro'>,
): Promise<Body> {
  const { model: named, seconds, size, input_reference, characters, prompt, ...rest } = readObject(sent);
  refuseTwice(sent as Body);
  const reference = readReference(input_reference);
  const ids = readCharacters(characters);
  const { id, isNamed } = chooseModelId(named, reference !== undefined || isGiven(rest.image_start), settings);
  const takes = listFields(id);
  const { model_params: params = {} } = rest;
  return {
    ...(isNamed ? {} : readSize('720x1280', takes)),
    ...rest,
    model: id,
    ...(prompt === undefined ? {} : { prompt: await markCharacters(context, caller, prompt, ids) }),
    ...(isGiven(rest.duration) ? {} : readSeconds(seconds, takes.get('duration'))),
    ...readSize(size, takes),
    ...(reference === undefined
      ? {}
      : takes.has('image_urls') && !takes.has('image_start')
        ? { image_urls: [reference] }
        : { image_start: reference }),
    // What is no object goes along, for the model to refuse.
    ...(ids.length === 0 || typeof params !== 'object'
      ? {}
      : { model_params: { ...params, element_list: ids.map((element_id) => ({ element_id })) } }),
  };
}

/** Clients that always send every field send these for none. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}

/** Fields of the form, each with those of a model's request that say the same. */
const sameMeaning: readonly (readonly [own: string, others: readonly string[]])[] = [
  ['seconds', ['duration']],
  ['size', ['quality', 'aspect_ratio']],
  ['input_reference', ['image_start']],
  ['characters', ['model_params.element_list']],
];

function refuseTwice(sent: Body): void {
  const params: unknown = sent.model_params;
  const inParams = typeof params === 'object' && params !== null ? (params as Body) : {};
  const read = (path: string) =>
    path.startsWith('model_params.') ? inParams[path.slice('model_params.'.length)] : sent[path];
  for (const [own, others] of sameMeaning) {
    const twice = isGiven(sent[own]) ? others.find((path) => isGiven(read(path))) : undefined;
    if (twice !== undefined) {
      const message = `${own}: says the same as the field ${twice} beside it, only one may be sent`;
      throw keepNames(invalidRequest({ param: own, message }));
    }
  }
}

function readObject(sent: unknown): Body {
  if (typeof sent === 'object' && sent !== null && !Array.isArray(sent)) return sent as Body;
  throw invalidRequest({ param: 'body', message: 'body: must be one JSON object, or a form' });
}

/** The models that stand for the vendor's own, with a first frame and without. */
function chooseModelId(
  named: unknown,
  hasPicture: boolean,
  { videosSora2, videosSora2Pro }: { videosSora2: Family; videosSora2Pro: Family },
): { id: string; isNamed: boolean } {
  const absent = named === undefined || named === null || named === '';
  if (!absent && typeof named !== 'string') {
    throw invalidRequest({ param: 'model', message: `model: is ${showKind(named)}, must be text` });
  }
  if (!absent && !/^sora-2(?:-|$)/.test(named as string)) {
    refuseOtherThings(named as string);
    return { id: named as string, isNamed: true };
  }
  const family = families[/^sora-2-pro/.test(String(named)) ? videosSora2Pro : videosSora2];
  return { id: hasPicture ? family.image : family.text, isNamed: false };
}

/** What is made by a model of another kind could not be had through this form. */
function refuseOtherThings(id: string): void {
  if (videoModels.includes(id) || !listModels().some((one) => one.id === id)) return;
  const rule = `makes no video; those that do are ${videoModels.join(', ')}`;
  throw invalidRequest({ param: 'model', message: `model: ${showValue(id)} ${rule}` });
}

/** The fields of a model's request with their schemas; none of a model that isn't there. */
function listFields(id: string): ReadonlyMap<string, object> {
  const model: Model | undefined = listModels().find((one) => one.id === id);
  const { properties = {} } = (model?.requestSchema ?? {}) as { properties?: Record<string, object> };
  return new Map(Object.entries(properties));
}

const secondsDefault = 4;

function readSeconds(seconds: unknown, field: object | undefined): Body {
  if (seconds === undefined || seconds === null || seconds === '') {
    const { minimum = 0, enum: lengths } = (field ?? {}) as { minimum?: number; enum?: unknown[] };
    const takesDefault = field !== undefined && (lengths?.includes(secondsDefault) ?? minimum <= secondsDefault);
    return takesDefault ? { duration: secondsDefault } : {};
  }
  // Where the length follows a given video there is no such field, and the model would ignore it.
  if (field === undefined) throw invalidRequest({ param: 'seconds', message: 'seconds: this model takes no length' });
  return { duration: typeof seconds === 'string' && /^\d{1,9}$/.test(seconds.trim()) ? Number(seconds) : seconds };
}

function readSize(size: unknown, takes: ReadonlyMap<string, object>): Body {
  if (size === undefined || size === null || size === '') return {};
  const known = typeof size === 'string' && Object.hasOwn(sizes, size) ? sizes[size] : undefined;
  if (known === undefined) {
    const list = Object.keys(sizes).join(', ');
    throw invalidRequest({ param: 'size', message: `size: is ${showValue(size)}, must be one of ${list}` });
  }
  const { quality, aspect_ratio } = known;
  return { quality, ...(takes.has('aspect_ratio') ? { aspect_ratio } : {}) };
}

function readReference(sent: unknown): string | undefined {
  if (sent === undefined || sent === null || sent === '') return undefined;
  if (typeof sent === 'string') return sent;
  const { image_url, file_id } = sent as { image_url?: unknown; file_id?: unknown };
  const rule = 'must be a file of the form, or hold image_url or file_id';
  const refuse = (what: string) =>
    invalidRequest({ param: 'input_reference', message: `input_reference: ${what}, ${rule}` });
  if (isGiven(image_url) && isGiven(file_id)) throw refuse('holds both of them');
  if (typeof image_url === 'string' && image_url !== '') return image_url;
  if (typeof file_id === 'string' && file_id !== '') return file_id.startsWith('file:') ? file_id : `file:${file_id}`;
  throw refuse(`is ${showKind(sent)}`);
}

function readCharacters(sent: unknown): string[] {
  if (sent === undefined || sent === null || sent === '') return [];
  if (!Array.isArray(sent)) {
    throw invalidRequest({ param: 'characters', message: `characters: is ${showKind(sent)}, must be a list` });
  }
  return sent.map((one: unknown, at) => {
    const id = typeof one === 'object' && one !== null ? (one as { id?: unknown }).id : one;
    if (typeof id === 'string' && id !== '') return id;
    const param = `characters[${at}].id`;
    throw invalidRequest({ param, message: `${param}: is ${showKind(id)}, must be the id of a character as text` });
  });
}
