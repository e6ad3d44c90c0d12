import { refuse } from './errors.ts';

const mediaFields = ['image_start', 'image_end', 'image_urls', 'video_url', 'video_urls'] as const;

/** What elements are often sent as. */
const otherNames = ['element_ids', 'element_id', 'elements'] as const;
const elementsPlace = 'is no field; elements stand in model_params.element_list, each as {"element_id": "…"}';

interface ObjectNode {
  properties: Record<string, ObjectNode>;
}

/**
 * Refuses images, videos and elements that other models take and this one doesn't, and elements by another name. Unknown
 * fields are ignored as a rule, but these decide who and what is seen: the caller would pay for another video than the one
 * that was asked for. Empty ones (`null`, `''`, `[]`) are let through, since some clients always send every field.
 */
export function refuseOtherMedia(modelId: string, schema: object, sent: object): void {
  const { properties } = schema as ObjectNode;
  for (const param of mediaFields) {
    if (!Object.hasOwn(properties, param) && holdsSomething(sent, param)) throw refuseInput(modelId, param);
  }
  const params = (sent as { model_params?: object }).model_params ?? {};
  const takesElements = Object.hasOwn(properties.model_params?.properties ?? {}, 'element_list');
  if (!takesElements && holdsSomething(params, 'element_list')) throw refuseInput(modelId, 'model_params.element_list');
  const [misplaced] = [
    ...['element_list', ...otherNames].filter((name) => holdsSomething(sent, name)),
    ...otherNames.filter((name) => holdsSomething(params, name)).map((name) => `model_params.${name}`),
  ];
  if (misplaced === undefined) return;
  throw takesElements ? refuse(misplaced, elementsPlace) : refuseInput(modelId, misplaced);
}

function refuseInput(modelId: string, param: string) {
  return refuse(
    param,
    `is not taken by ${modelId}, so the video would not show it; leave it out or choose another model`,
  );
}

function holdsSomething(object: object, key: string): boolean {
  const value = Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
}
