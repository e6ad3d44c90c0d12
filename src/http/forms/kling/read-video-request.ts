import { showKind } from '../../../lib/show-value.ts';
import { invalidRequest, notMadeHere } from '../../errors.ts';
import type { FieldName } from '../../rename-fields.ts';
import { modelNotMade, notBesideVideo } from './errors.ts';
import { type Body, isGiven, omitEmpty, readObject, readWord, refuseOtherNames } from './read-fields.ts';

/** The body of the models' own request that a request stands for, and what its media are called in the one that came. */
export interface ReadRequest {
  body: Body;
  names: readonly FieldName[];
}

const qualities = { std: '720p', pro: '1080p', '4k': '4k' } as const;
export const yesNo = { yes: true, no: false } as const;

/** What all videos of the form have, in the models' own words. Fields that nobody knows go along, for the model to take or refuse. */
export function readShared(sent: Body, modeDefault: keyof typeof qualities): Body {
  const {
    model_name: _,
    external_task_id: __,
    mode,
    duration,
    element_list,
    multi_shot,
    shot_type,
    multi_prompt,
    watermark_info,
    voice_list,
    ...rest
  } = sent;
  if (voice_list !== undefined) throw notMadeHere('a video with the voices of voice_list');
  const params = omitEmpty({ multi_shot, shot_type, multi_prompt, watermark_info, element_list });
  return {
    ...rest,
    quality: readWord(mode, 'mode', qualities) ?? qualities[modeDefault],
    ...(duration === undefined ? {} : { duration: readDuration(duration) }),
    ...(Object.keys(params).length === 0 ? {} : { model_params: params }),
  };
}

/** Whole seconds as text; what is none goes along, for the model to refuse. */
function readDuration(sent: unknown): unknown {
  return typeof sent === 'string' && /^\d{1,9}$/.test(sent.trim()) ? Number(sent) : sent;
}

/** Throws 404 `model_not_found` naming those that are made, for every other one; 400 `invalid_request` for what is no name. */
export function checkModelName(sent: unknown, made: readonly string[]): void {
  if (!isGiven(sent)) return;
  if (typeof sent !== 'string') {
    const message = `model_name: is ${showKind(sent)}, must be text`;
    throw invalidRequest({ param: 'model_name', message });
  }
  if (!made.includes(sent)) throw modelNotMade('model_name', sent, made);
}

/** No sound is made where a video is given, and nobody should wait for it. */
export function refuseSound(sound: unknown): void {
  if (sound === 'on') throw notBesideVideo('sound');
}

/** `POST /v1/videos/image2video`. */
export function readImageToVideo(sent: unknown): ReadRequest {
  const { image, image_tail, ...rest } = omitEmpty(readObject(sent));
  refuseOtherNames(rest, { image_start: 'image', image_end: 'image_tail', quality: 'mode' });
  checkModelName(rest.model_name, ['kling-v3']);
  return {
    body: {
      ...readShared(rest, 'std'),
      ...omitEmpty({ image_start: image, image_end: image_tail }),
      model: 'kling-v3-image-to-video',
    },
    names: [
      [/^image_start$/, 'image'],
      [/^image_end$/, 'image_tail'],
    ],
  };
}

/** `POST /v1/videos/text2video`. */
export function readTextToVideo(sent: unknown): ReadRequest {
  const rest = omitEmpty(readObject(sent));
  refuseOtherNames(rest, { quality: 'mode' });
  checkModelName(rest.model_name, ['kling-v3']);
  return { body: { ...readShared(rest, 'std'), model: 'kling-v3-text-to-video' }, names: [] };
}

const motionNames = {
  image_urls: 'image_url',
  video_urls: 'video_url',
  keep_sound: 'keep_original_sound',
  quality: 'mode',
};

/** `POST /v1/videos/motion-control`. */
export function readMotionControl(sent: unknown): ReadRequest {
  const { image_url, video_url, keep_original_sound, character_orientation, ...rest } = omitEmpty(readObject(sent));
  refuseOtherNames(rest, motionNames);
  checkModelName(rest.model_name, ['kling-v3']);
  const { model_params = {}, ...shared } = readShared(rest, 'std');
  const keep_sound = readWord(keep_original_sound, 'keep_original_sound', yesNo);
  return {
    body: {
      ...shared,
      model: 'kling-v3-motion-control',
      ...(image_url === undefined ? {} : { image_urls: [image_url] }),
      ...(video_url === undefined ? {} : { video_urls: [video_url] }),
      model_params: { ...(model_params as Body), ...omitEmpty({ keep_sound, character_orientation }) },
    },
    names: [
      [/^image_urls(?:\[0\])?$/, 'image_url'],
      [/^video_urls(?:\[0\])?$/, 'video_url'],
    ],
  };
}
