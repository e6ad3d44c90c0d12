import { createUniqueId } from '../../../client/index.ts';
import type { MediaRequest } from '../../api/media-request.ts';
import {
  type Abilities,
  type Draft,
  emptyDraft,
  fitDraft,
  type StudioModel,
  studioModels,
  type Telling,
} from './draft.ts';

/** The body that asks for the videos or pictures; what the model doesn't take is left out. */
export function writeRequest(draft: Draft): MediaRequest {
  const able = studioModels[draft.model];
  const body = {
    model: draft.model,
    ...(draft.told === 'customize' ? {} : text('prompt', draft.prompt)),
    ...(able.negativePrompt ? text('negative_prompt', draft.negativePrompt) : {}),
    ...writeMedia(draft, able),
    ...(able.seconds.length === 0 ? {} : { duration: draft.seconds }),
    ...(able.ratios.length === 0 ? {} : text('aspect_ratio', draft.ratio || (able.ratio ?? ''))),
    ...(able.qualities.length === 0 ? {} : { quality: draft.quality }),
    ...(able.countMax === 0 ? {} : { n: draft.count }),
    ...(able.sound ? { sound: draft.sound ? 'on' : 'off' } : {}),
    ...(able.keepSoundField === 'keep_original_sound' ? { keep_original_sound: draft.keepSound } : {}),
    ...writeParams(draft, able),
    ...text('callback_url', draft.callbackUrl),
  };
  return body as MediaRequest;
}

/** A field with its text, or none of it for a blank one. */
function text(name: string, value: string): Record<string, string> {
  return value.trim() === '' ? {} : { [name]: value.trim() };
}

function writeMedia(draft: Draft, able: Abilities) {
  const images = draft.images.map((image) => image.trim()).filter((image) => image !== '');
  const video = draft.video.trim();
  return {
    ...(able.firstFrame === 'none' ? {} : text('image_start', draft.firstFrame)),
    ...(able.lastFrame ? text('image_end', draft.lastFrame) : {}),
    ...(able.imagesMax === 0 || images.length === 0 ? {} : { image_urls: images }),
    ...(able.videoField === 'video_url' ? text('video_url', video) : {}),
    ...(able.videoField === 'video_urls' && video !== '' ? { video_urls: [video] } : {}),
  };
}

function writeParams(draft: Draft, able: Abilities) {
  const params = {
    ...(draft.told === 'prompt' ? {} : { multi_shot: true, shot_type: draft.told }),
    ...(draft.told === 'customize'
      ? {
          multi_prompt: draft.shots.map(({ prompt, seconds }, at) => ({
            index: at + 1,
            prompt: prompt.trim(),
            duration: String(seconds),
          })),
        }
      : {}),
    ...(able.orientations.length === 0 ? {} : { character_orientation: draft.orientation }),
    ...(draft.cast.length === 0 ? {} : { element_list: draft.cast.map(({ element_id }) => ({ element_id })) }),
    ...(able.keepSoundField === 'keep_sound' ? { keep_sound: draft.keepSound } : {}),
    ...(able.watermark && draft.watermark ? { watermark_info: { enabled: true } } : {}),
  };
  return Object.keys(params).length === 0 ? {} : { model_params: params };
}

/** The draft that a request of one of the studio's models is written of; its cast is called by ids until somebody names it. */
export function readDraft(request: Readonly<Record<string, unknown>>): Draft {
  const sent = request as Partial<SentRequest>;
  const params = sent.model_params ?? {};
  return fitDraft({
    model: sent.model ?? emptyDraft.model,
    prompt: sent.prompt ?? '',
    negativePrompt: sent.negative_prompt ?? '',
    told: params.multi_shot === true ? (params.shot_type ?? 'prompt') : 'prompt',
    shots: (params.multi_prompt ?? [])
      .toSorted((one, other) => one.index - other.index)
      .map(({ prompt, duration }) => ({ id: createUniqueId(), prompt, seconds: Number(duration) })),
    seconds: sent.duration ?? emptyDraft.seconds,
    ratio: sent.aspect_ratio ?? '',
    quality: sent.quality ?? emptyDraft.quality,
    sound: sent.sound === 'on',
    cast: (params.element_list ?? []).map(({ element_id }) => ({ element_id, element_name: element_id })),
    firstFrame: sent.image_start ?? '',
    lastFrame: sent.image_end ?? '',
    // Null stands for one that was in the request itself and isn't kept.
    images: (sent.image_urls ?? []).filter((image) => image !== null),
    video: sent.video_url ?? sent.video_urls?.[0] ?? '',
    keepSound: sent.keep_original_sound ?? params.keep_sound ?? true,
    orientation: params.character_orientation ?? emptyDraft.orientation,
    count: sent.n ?? emptyDraft.count,
    watermark: params.watermark_info?.enabled ?? false,
    callbackUrl: sent.callback_url ?? '',
  });
}

/** A request as the API shows it again. */
interface SentRequest {
  model: StudioModel;
  prompt: string;
  negative_prompt: string;
  duration: number;
  aspect_ratio: string;
  quality: string;
  n: number;
  sound: string;
  keep_original_sound: boolean;
  image_start: string | null;
  image_end: string | null;
  image_urls: (string | null)[];
  video_url: string;
  video_urls: string[];
  callback_url: string;
  model_params: {
    multi_shot?: boolean;
    shot_type?: Telling;
    multi_prompt?: { index: number; prompt: string; duration: string }[];
    element_list?: { element_id: string }[];
    watermark_info?: { enabled?: boolean };
    character_orientation?: string;
    keep_sound?: boolean;
  };
}
