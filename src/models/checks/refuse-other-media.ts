import { refuse } from '../errors.ts';
import { findStrayMedia, type StrayMeaning } from './stray-media.ts';

/** The fields of one model that take media, by what is put into them; absent where it takes none of that kind. */
export type MediaPlaces = Readonly<Partial<Record<Exclude<StrayMeaning, 'callback' | 'sound' | 'unknown'>, string>>>;

/** What elements are often sent as. */
const otherNames = ['element_ids', 'element_id', 'elements'] as const;
const elementsPlace = 'is no field; elements stand in model_params.element_list, each as {"element_id": "…"}';

const loss = 'so what is made would not show it';

interface ObjectNode {
  properties: Record<string, ObjectNode>;
}

/**
 * Refuses images, videos and elements in fields that the video model doesn't have: those of other models and of other
 * services. Unknown fields are ignored as a rule, but these decide who and what is seen: the caller would pay for another
 * video than the one that was asked for. Empty ones are let through, since some clients always send every field.
 */
export function refuseOtherMedia(modelId: string, schema: object, sent: unknown): void {
  if (typeof sent !== 'object' || sent === null) return;
  const { properties } = schema as ObjectNode;
  const takesElements = Object.hasOwn(properties.model_params?.properties ?? {}, 'element_list');
  refuseMisplacedElements(modelId, sent, takesElements);
  const take = (...fields: string[]) => fields.find((field) => Object.hasOwn(properties, field));
  const places = {
    first_image: take('image_start', 'image_urls'),
    last_image: take('image_end', 'image_start', 'image_urls'),
    reference_image: take('image_urls', 'image_start'),
    video: take('video_url', 'video_urls'),
    element: takesElements ? 'model_params.element_list' : undefined,
  };
  refuseStrayMedia(modelId, [schema], sent, places as MediaPlaces);
}

/**
 * Refuses media in any field of `sent` that none of `schemas` knows, whatever the field is called, and names the field of
 * the model that it was meant for. Throws `invalid_request` with its `param`.
 */
export function refuseStrayMedia(
  modelId: string,
  schemas: readonly object[],
  sent: unknown,
  places: MediaPlaces,
): void {
  const stray = findStrayMedia(schemas, sent);
  if (stray === null) return;
  const meant = choosePlace(stray.meaning, places);
  const advice =
    meant === undefined
      ? 'leave it out or choose another model'
      : `send it as ${meant}${tellLevel(stray.param, meant)} or leave it out`;
  throw refuse(stray.param, `is not taken by ${modelId}, ${effects[stray.meaning] ?? loss}; ${advice}`);
}

const effects: Partial<Record<StrayMeaning, string>> = {
  callback: 'so nothing would be called',
  sound: 'so it would not be heard',
};

/** The name alone doesn't tell where it belongs when the field stood deeper, above all under the very same name. */
function tellLevel(param: string, meant: string): string {
  if (meant.includes('.')) return '';
  if (param.startsWith('model_params.')) return ' beside model_params, not in it,';
  return /[.[]/.test(param) ? ' at the top of the body' : '';
}

function choosePlace(meaning: StrayMeaning, places: MediaPlaces): string | undefined {
  if (meaning === 'callback') return 'callback_url';
  if (meaning === 'sound') return undefined;
  if (meaning === 'unknown') return places.first_image ?? places.video ?? places.element;
  return places[meaning];
}

function refuseMisplacedElements(modelId: string, sent: object, takesElements: boolean): void {
  const params: object = (sent as { model_params?: object | null }).model_params ?? {};
  if (!takesElements && holdsSomething(params, 'element_list')) throw refuseInput(modelId, 'model_params.element_list');
  const [misplaced] = [
    ...['element_list', ...otherNames].filter((name) => holdsSomething(sent, name)),
    ...otherNames.filter((name) => holdsSomething(params, name)).map((name) => `model_params.${name}`),
  ];
  if (misplaced === undefined) return;
  throw takesElements ? refuse(misplaced, elementsPlace) : refuseInput(modelId, misplaced);
}

function refuseInput(modelId: string, param: string) {
  return refuse(param, `is not taken by ${modelId}, ${loss}; leave it out or choose another model`);
}

function holdsSomething(object: object, key: string): boolean {
  const value = Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}
