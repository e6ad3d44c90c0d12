import type { Model } from '../../../client/index.ts';
import { modelAbilities } from './model-abilities.ts';

/** An element that the words name, in the order of its marks. */
export interface CastMember {
  element_id: string;
  element_name: string;
}

export interface Shot {
  id: string;
  prompt: string;
  seconds: number;
}

/** In one prompt, shot by shot, or in one prompt that the model cuts into shots; the last two as the API calls them. */
export type Telling = 'prompt' | 'customize' | 'intelligence';

/** What is being written; it stays in the tab until it's closed. What a model doesn't take is kept for the next that does. */
export interface Draft {
  model: StudioModel;
  prompt: string;
  negativePrompt: string;
  told: Telling;
  shots: Shot[];
  seconds: number;
  /** `''` for what the model makes of it. */
  ratio: string;
  quality: string;
  sound: boolean;
  cast: CastMember[];
  /** Addresses, or `file:` and the id of a kept file; `''` for none. */
  firstFrame: string;
  lastFrame: string;
  images: string[];
  video: string;
  /** Whether the given video's own sound stays. */
  keepSound: boolean;
  /** What the character faces like. */
  orientation: string;
  /** How many pictures. */
  count: number;
  watermark: boolean;
  /** Where the finished task is posted; empty for nowhere. */
  callbackUrl: string;
}

/** What a request to a model may hold, by its schema. */
export interface Abilities {
  makes: 'video' | 'image';
  prompt: 'required' | 'optional';
  negativePrompt: boolean;
  /** Whether that may be said where an image is given. */
  negativeBesideImages: boolean;
  shotTypes: readonly Telling[];
  shotsMax: number;
  elementsMax: number;
  /** How many pictures may be made of one request; 0 where it is one video. */
  countMax: number;
  firstFrame: 'none' | 'optional' | 'required';
  lastFrame: boolean;
  imagesMin: number;
  imagesMax: number;
  /** What the images are for, and how many there may be. */
  imagesNote: string;
  videoField: 'video_url' | 'video_urls' | null;
  /** What the video is for and what it must be like. */
  videoNote: string;
  keepSoundField: 'keep_original_sound' | 'keep_sound' | null;
  orientations: readonly string[];
  /** The lengths that can be asked for; empty where the given video decides. */
  seconds: readonly number[];
  /** By orientation, for how many seconds credits are held back where the given video decides. */
  secondsMost: Readonly<Partial<Record<string, number>>> | null;
  ratios: readonly string[];
  /** The one that is taken where none is given; null where the picture or the video decides. */
  ratio: string | null;
  qualities: readonly string[];
  sound: boolean;
  watermark: boolean;
}

export type StudioModel = keyof typeof modelAbilities;

/** The models that the studio speaks to, as the catalogue has them. */
export const studioModels: Readonly<Record<StudioModel, Abilities>> = modelAbilities;

/** Those that the signed-in key may use, with the chosen one, and all as long as that isn't known. */
export function listOffered(chosen: StudioModel, models: readonly Model[] | undefined): StudioModel[] {
  const all = Object.keys(studioModels) as StudioModel[];
  return all.filter((id) => id === chosen || (models?.some((one) => one.id === id) ?? true));
}

export const promptMax = 2500;
export const shotPromptMax = 512;

export const emptyDraft: Draft = {
  model: 'kling-o3-text-to-video',
  prompt: '',
  negativePrompt: '',
  told: 'prompt',
  shots: [],
  seconds: 5,
  ratio: '',
  quality: '720p',
  sound: false,
  cast: [],
  firstFrame: '',
  lastFrame: '',
  images: [],
  video: '',
  keepSound: true,
  orientation: 'video',
  count: 1,
  watermark: false,
  callbackUrl: '',
};

/** The draft as its model can take it, as near to what was chosen as it gets. */
export function fitDraft(draft: Draft): Draft {
  const { shotTypes, seconds, ratios, qualities, orientations } = studioModels[draft.model];
  const near = seconds.reduce<number | null>(
    (best, one) => (best === null || Math.abs(one - draft.seconds) < Math.abs(best - draft.seconds) ? one : best),
    null,
  );
  return {
    ...draft,
    told: shotTypes.includes(draft.told) ? draft.told : 'prompt',
    seconds: near ?? draft.seconds,
    ratio: ratios.includes(draft.ratio) ? draft.ratio : '',
    quality: qualities.includes(draft.quality) ? draft.quality : (qualities[0] ?? emptyDraft.quality),
    orientation: orientations.includes(draft.orientation) ? draft.orientation : emptyDraft.orientation,
  };
}

/** The fields that the model takes one picture in, in the order in which prompts count them. */
export function listPictures(draft: Draft): string[] {
  const { firstFrame, lastFrame, imagesMax } = studioModels[draft.model];
  return [
    ...(firstFrame === 'none' ? [] : [draft.firstFrame]),
    ...(lastFrame ? [draft.lastFrame] : []),
    ...(imagesMax === 0 ? [] : draft.images),
  ].filter((address) => address.trim() !== '');
}

/** The mark by which a prompt names the element at this place of the cast, from 0. */
export function writeMark(at: number): string {
  return `<<<element_${at + 1}>>>`;
}

/** The draft without one of its cast: its marks become its name, those behind it count one less. */
export function dropFromCast(draft: Draft, at: number): Draft {
  const gone = draft.cast[at];
  const mend = (text: string) =>
    text.replace(/<<<element_(\d+)>>>/g, (mark, digits: string) => {
      const place = Number(digits) - 1;
      if (place === at) return gone?.element_name ?? mark;
      return place > at ? writeMark(place - 1) : mark;
    });
  return {
    ...draft,
    prompt: mend(draft.prompt),
    shots: draft.shots.map((shot) => ({ ...shot, prompt: mend(shot.prompt) })),
    cast: draft.cast.toSpliced(at, 1),
  };
}

/** Seconds of all shots together. */
export function sumShots({ shots }: Draft): number {
  return shots.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** The shots and one more: it lasts what the video has left, else half of the longest, so that all still fill it. */
export function addShot(draft: Draft): Shot[] {
  const { shots, seconds } = draft;
  const free = seconds - sumShots(draft);
  const longest = shots.reduce((max, shot) => Math.max(max, shot.seconds), 0);
  const given = free > 0 ? 0 : Math.floor(longest / 2);
  const at = shots.findIndex((shot) => shot.seconds === longest);
  return [
    ...shots.map((shot, place) => (place === at ? { ...shot, seconds: shot.seconds - given } : shot)),
    { id: crypto.randomUUID(), prompt: '', seconds: Math.max(1, free, given) },
  ];
}

/** What the API refuses at once and can be seen without it, in words; null for a draft that can be sent. */
export function findFault(draft: Draft): string | null {
  const able = studioModels[draft.model];
  if (draft.cast.length > able.elementsMax) {
    return able.elementsMax === 0
      ? 'This model takes no elements.'
      : `This model takes at most ${able.elementsMax} ${able.elementsMax === 1 ? 'element' : 'elements'}.`;
  }
  return findMissingPicture(draft, able) ?? findMissingWords(draft, able);
}

function findMissingPicture(draft: Draft, able: Abilities): string | null {
  const isEmpty = (text: string) => text.trim() === '';
  const images = draft.images.filter((image) => !isEmpty(image));
  if (!able.negativeBesideImages && images.length > 0 && !isEmpty(draft.negativePrompt)) {
    return 'Beside an image, this model is not told what is not to be seen.';
  }
  if (able.videoField !== null && isEmpty(draft.video)) return 'This model needs a video.';
  if (able.firstFrame === 'required' && isEmpty(draft.firstFrame)) return 'This model needs a first frame.';
  if (images.length < able.imagesMin) return 'This model needs an image.';
  const needsSome = able.firstFrame === 'optional' && able.videoField === null;
  if (needsSome && listPictures(draft).length === 0 && draft.cast.length === 0) {
    return 'This model needs a first frame, an image or an element.';
  }
  if (able.lastFrame && !isEmpty(draft.lastFrame) && isEmpty(draft.firstFrame))
    return 'A last frame needs a first one.';
  return null;
}

function findMissingWords(draft: Draft, able: Abilities): string | null {
  if (draft.told !== 'customize') {
    const isNeeded = able.prompt === 'required' || draft.told === 'intelligence';
    return isNeeded && draft.prompt.trim() === '' ? 'The prompt is missing.' : null;
  }
  const empty = draft.shots.findIndex(({ prompt }) => prompt.trim() === '');
  if (empty !== -1) return `Shot ${empty + 1} has no words yet.`;
  const sum = sumShots(draft);
  return sum === draft.seconds ? null : `The shots are ${sum} s together, the video is ${draft.seconds} s.`;
}

/**
 * Credits of the draft by the catalogue's entry, as `src/models/compute-price.ts` has it: of a video rate × seconds × multiplier,
 * rounded half up to 10⁻⁴, and no less than the model's least, of the longest where the given video decides how long it gets; of
 * pictures rate × multiplier, rounded half up to 10⁻⁶, for each. Undefined for a quality that the model hasn't.
 */
export function computePrice(draft: Draft, model: Model | undefined): number | undefined {
  if (model === undefined) return undefined;
  const able = studioModels[draft.model];
  const bySound = model.multipliers?.[draft.quality as '720p'];
  const multiplier = able.sound && draft.sound ? bySound?.on : bySound?.off;
  if (able.makes === 'image') {
    return multiplier === undefined ? undefined : (Math.round(model.credits * multiplier * 1e6) * draft.count) / 1e6;
  }
  const seconds = able.secondsMost === null ? draft.seconds : able.secondsMost[draft.orientation];
  if (multiplier === undefined || seconds === undefined) return undefined;
  const price = Math.round(Number((model.credits * seconds * multiplier * 10_000).toFixed(4))) / 10_000;
  return Math.max(price, model.minimum_credits ?? 0);
}
