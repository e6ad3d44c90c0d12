import type { Model, VideoRequest } from '../../../client/index.ts';

/** An element that a video names, in the order of its marks. */
export interface CastMember {
  element_id: string;
  element_name: string;
}

export interface Shot {
  id: string;
  prompt: string;
  seconds: number;
}

/** What is being written; it stays in the tab until it's closed. */
export interface Draft {
  model: StudioModel;
  prompt: string;
  /** Told shot by shot, in the place of the prompt. */
  inShots: boolean;
  shots: Shot[];
  seconds: number;
  ratio: string;
  quality: string;
  sound: boolean;
  cast: CastMember[];
  /** Address of the first frame. */
  firstFrame: string;
  /** Where the finished task is posted; empty for nowhere. */
  callbackUrl: string;
}

interface Abilities {
  label: string;
  secondsMin: number;
  secondsMax: number;
  elementsMax: number;
  /** Whether its width to height can be chosen. */
  ratio: boolean;
  sound: boolean;
  firstFrame: 'none' | 'optional' | 'required';
}

/** The models that the studio speaks to and what each takes; `test/console/studio.test.ts` holds it against the API's own schemas. */
export const studioModels = {
  'kling-o3-text-to-video': {
    label: 'O3, from words',
    secondsMin: 3,
    secondsMax: 15,
    elementsMax: 7,
    ratio: true,
    sound: true,
    firstFrame: 'none',
  },
  'kling-o3-image-to-video': {
    label: 'O3, from a first frame',
    secondsMin: 3,
    secondsMax: 15,
    elementsMax: 7,
    ratio: true,
    sound: true,
    firstFrame: 'optional',
  },
  'kling-v3-image-to-video': {
    label: 'V3, from a first frame',
    secondsMin: 3,
    secondsMax: 15,
    elementsMax: 3,
    ratio: false,
    sound: true,
    firstFrame: 'required',
  },
  'kling-v3-text-to-video': {
    label: 'V3, from words, without elements',
    secondsMin: 3,
    secondsMax: 15,
    elementsMax: 0,
    ratio: true,
    sound: true,
    firstFrame: 'none',
  },
} as const satisfies Record<string, Abilities>;

export type StudioModel = keyof typeof studioModels;

export const ratios = ['16:9', '9:16', '1:1'];
export const shotsMax = 6;
export const promptMax = 2500;
export const shotPromptMax = 512;

export const emptyDraft: Draft = {
  model: 'kling-o3-text-to-video',
  prompt: '',
  inShots: false,
  shots: [],
  seconds: 5,
  ratio: '16:9',
  quality: '720p',
  sound: false,
  cast: [],
  firstFrame: '',
  callbackUrl: '',
};

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

/** What the API refuses at once, in words; null for a draft that can be sent. */
export function findFault(draft: Draft): string | null {
  const { elementsMax, firstFrame } = studioModels[draft.model];
  if (draft.cast.length > elementsMax) {
    return elementsMax === 0 ? 'This model takes no elements.' : `This model takes at most ${elementsMax} elements.`;
  }
  if (firstFrame === 'required' && draft.firstFrame.trim() === '') return 'This model needs a first frame.';
  if (draft.model === 'kling-o3-image-to-video' && draft.firstFrame.trim() === '' && draft.cast.length === 0) {
    return 'This model needs a first frame or an element.';
  }
  if (!draft.inShots) return draft.prompt.trim() === '' ? 'The prompt is missing.' : null;
  const empty = draft.shots.findIndex(({ prompt }) => prompt.trim() === '');
  if (empty !== -1) return `Shot ${empty + 1} has no words yet.`;
  const sum = sumShots(draft);
  return sum === draft.seconds ? null : `The shots are ${sum} s together, the video is ${draft.seconds} s.`;
}

/** The body of `POST /v1/videos/generations`. */
export function writeRequest(draft: Draft): VideoRequest {
  const { ratio, firstFrame, sound } = studioModels[draft.model];
  const params = {
    ...(draft.inShots
      ? {
          multi_shot: true,
          shot_type: 'customize',
          multi_prompt: draft.shots.map(({ prompt, seconds }, at) => ({
            index: at + 1,
            prompt: prompt.trim(),
            duration: String(seconds),
          })),
        }
      : {}),
    ...(draft.cast.length === 0 ? {} : { element_list: draft.cast.map(({ element_id }) => ({ element_id })) }),
  };
  const body = {
    model: draft.model,
    ...(draft.inShots ? {} : { prompt: draft.prompt.trim() }),
    ...(firstFrame !== 'none' && draft.firstFrame.trim() !== '' ? { image_start: draft.firstFrame.trim() } : {}),
    duration: draft.seconds,
    ...(ratio ? { aspect_ratio: draft.ratio } : {}),
    quality: draft.quality,
    ...(sound ? { sound: draft.sound ? 'on' : 'off' } : {}),
    ...(Object.keys(params).length === 0 ? {} : { model_params: params }),
    ...(draft.callbackUrl.trim() === '' ? {} : { callback_url: draft.callbackUrl.trim() }),
  };
  return body as VideoRequest;
}

/** The draft that a request of one of the studio's models is written of; its cast is called by ids until somebody names it. */
export function readDraft(request: Readonly<Record<string, unknown>>): Draft {
  const { model, prompt, duration, aspect_ratio, quality, sound, image_start, callback_url, model_params } =
    request as Partial<SentVideo>;
  const { multi_prompt = [], shot_type, element_list = [] } = model_params ?? {};
  const inShots = shot_type === 'customize';
  return {
    ...emptyDraft,
    model: model ?? emptyDraft.model,
    prompt: prompt ?? '',
    inShots,
    shots: multi_prompt.map((shot) => ({
      id: crypto.randomUUID(),
      prompt: shot.prompt,
      seconds: Number(shot.duration),
    })),
    seconds: duration ?? emptyDraft.seconds,
    ratio: aspect_ratio ?? emptyDraft.ratio,
    quality: quality ?? emptyDraft.quality,
    sound: sound === 'on',
    cast: element_list.map(({ element_id }) => ({ element_id, element_name: element_id })),
    firstFrame: image_start ?? '',
    callbackUrl: callback_url ?? '',
  };
}

/** What `writeRequest` writes, as it's read again. */
interface SentVideo {
  model: StudioModel;
  prompt: string;
  duration: number;
  aspect_ratio: string;
  quality: string;
  sound: string;
  image_start: string | null;
  callback_url: string;
  model_params: {
    shot_type?: string;
    multi_prompt?: { prompt: string; duration: string }[];
    element_list?: { element_id: string }[];
  };
}

/**
 * Credits of the draft by the catalogue's entry: rate × seconds × multiplier, rounded half up to 10⁻⁴, and no less than the
 * model's least; as `src/models/compute-price.ts` has it. Undefined for a quality that the model hasn't.
 */
export function computePrice({ quality, sound, seconds }: Draft, model: Model | undefined): number | undefined {
  if (model === undefined) return undefined;
  const bySound = model.multipliers?.[quality as '720p'];
  const multiplier = sound ? bySound?.on : bySound?.off;
  if (multiplier === undefined) return undefined;
  const price = Math.round(Number((model.credits * seconds * multiplier * 10_000).toFixed(4))) / 10_000;
  return Math.max(price, model.minimum_credits ?? 0);
}
