import { findOutputSecondsMax, listModels, type Model } from '../src/models/index.ts';

interface Field {
  description?: string;
  enum?: readonly (string | number)[];
  default?: unknown;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

interface Schema {
  properties: Readonly<Record<string, Field | undefined>>;
  required?: readonly string[];
}

/** `console/pages/studio/model-abilities.ts`: what the studio offers of each model follows from that model's own schema. */
export function generateModelAbilities(): string {
  // Neither elements nor further views of one are told in words: each has a page of its own.
  const models = listModels().filter(({ requestSchema }) => {
    const { properties } = requestSchema as unknown as Schema;
    return properties.prompt !== undefined;
  });
  const lines = models.map((model) => `  '${model.id}': ${JSON.stringify(describe(model))},`);
  return `// Generated from src/models by npm run generate.

/** The models of videos and of pictures, and what a request to each may hold. */
export const modelAbilities = {
${lines.join('\n')}
} as const;
`;
}

function describe(model: Model) {
  const { properties, required = [] } = model.requestSchema as unknown as Schema;
  const sub = properties.model_params as unknown as Schema;
  const params = sub.properties;
  const find = <T extends string>(all: Schema['properties'], ...names: readonly T[]): T | null =>
    names.find((name) => all[name] !== undefined) ?? null;
  const need = (name: string) =>
    properties[name] === undefined ? 'none' : required.includes(name) ? 'required' : 'optional';
  return {
    makes: model.type,
    prompt: needsPrompt(model) ? 'required' : 'optional',
    negativePrompt: properties.negative_prompt !== undefined,
    negativeBesideImages:
      properties.negative_prompt === undefined ||
      properties.image_urls === undefined ||
      takesNegativeBesideImages(model),
    shotTypes: params.shot_type?.enum ?? [],
    shotsMax: params.multi_prompt?.maxItems ?? 0,
    elementsMax: params.element_list?.maxItems ?? 0,
    countMax: properties.n?.maximum ?? 0,
    firstFrame: need('image_start'),
    lastFrame: properties.image_end !== undefined,
    imagesMin: required.includes('image_urls') ? (properties.image_urls?.minItems ?? 1) : 0,
    imagesMax: properties.image_urls?.maxItems ?? 0,
    imagesNote: writeNote(properties.image_urls),
    videoField: find(properties, 'video_url', 'video_urls'),
    videoNote: writeNote(properties.video_url ?? properties.video_urls),
    keepSoundField: find(properties, 'keep_original_sound') ?? find(params, 'keep_sound'),
    orientations: params.character_orientation?.enum ?? [],
    seconds: listSeconds(properties.duration),
    // Of a model whose price follows what it made: for which it holds credits back.
    secondsMost: findMost(model, params.character_orientation?.enum ?? ['video']),
    ratios: properties.aspect_ratio?.enum ?? [],
    ratio: properties.aspect_ratio?.default ?? null,
    qualities: properties.quality?.enum ?? [],
    sound: properties.sound !== undefined,
    watermark: params.watermark_info !== undefined,
  };
}

/** What is given there, in the words of the schema, without how: a page says that in its own way. */
function writeNote(field: Field | undefined): string {
  return (field?.description ?? '')
    .replace(/ (?:Each is an|An) http or https URL.*?(?:can fetch\.|$)/s, '')
    .replace(/`image_start`/g, 'a first frame')
    .replace(/`image_end`/g, 'a last frame')
    .replace(/`model_params.(\w+)`|`(\w+)`/g, '$1$2')
    .trim();
}

function listSeconds(field: Field | undefined): readonly number[] {
  if (field?.enum !== undefined) return field.enum as readonly number[];
  const { minimum = 1, maximum = 0 } = field ?? {};
  return Array.from({ length: Math.max(0, maximum - minimum + 1) }, (_, at) => minimum + at);
}

function findMost(model: Model, orientations: readonly (string | number)[]) {
  const most = orientations.map((one) => [
    one,
    findOutputSecondsMax(model, { character_orientation: one as 'image' | 'video' }),
  ]);
  return most.some(([, seconds]) => seconds === undefined) ? null : Object.fromEntries(most);
}

/** Whether words are needed where no shots tell them: its own samples are asked, since that is a rule between fields. */
function needsPrompt(model: Model): boolean {
  const sample = Object.values(model.examples)
    .map(({ value }) => value as Record<string, unknown>)
    .find((value) => value.prompt !== undefined && JSON.stringify(value.model_params)?.includes('shot') !== true);
  const { prompt: _, ...silent } = sample ?? { model: model.id };
  return refuses(model, silent, 'prompt');
}

/** Whether a picture may be made after an image and without what is not to be seen: a rule between fields as well. */
function takesNegativeBesideImages(model: Model): boolean {
  const image_urls = ['https://example.com/lamp.jpg'];
  return !refuses(model, { model: model.id, prompt: 'A lamp', negative_prompt: 'text', image_urls }, 'negative_prompt');
}

/** Whether the model refuses the body for this field. Throws when it refuses it for another. */
function refuses(model: Model, body: object, field: string): boolean {
  try {
    model.checkRequest(body, { checkMediaUrl: (text) => ({ ok: true, url: new URL(text) }) });
    return false;
  } catch (error) {
    if ((error as { param?: string }).param === field) return true;
    throw error;
  }
}
