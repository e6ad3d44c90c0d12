import { invalidRequest } from '../../errors.ts';
import type { FieldName } from '../../rename-fields.ts';
import { modelNotMade } from './errors.ts';
import {
  type Body,
  omitEmpty,
  readList,
  readObject,
  readWord,
  refuseOtherMedia,
  refuseOtherNames,
} from './read-fields.ts';
import { checkModelName, type ReadRequest, readShared, refuseSound, yesNo } from './read-video-request.ts';

const o3 = 'kling-v3-omni';
const o1 = 'kling-video-o1';

interface Image {
  url: unknown;
  /** Its place in `image_list`, from 0. */
  at: number;
}

interface Images {
  first: Image | undefined;
  end: Image | undefined;
  others: Image[];
}

interface Video {
  url: unknown;
  isBase: boolean;
  keep: boolean | undefined;
}

const otherNames = {
  image_start: 'image_list',
  image_end: 'image_list',
  image_urls: 'image_list',
  image_url: 'image_list',
  image: 'image_list',
  image_tail: 'image_list',
  video_url: 'video_list',
  video_urls: 'video_list',
  video: 'video_list',
  keep_original_sound: 'video_list[0].keep_original_sound',
  quality: 'mode',
};

/**
 * `POST /v1/videos/omni-video`: which of the models it is follows from what is given. Without a `model_name` it is `kling-v3-omni`, which
 * can all that the vendor's default, O1, can.
 */
export function readOmniVideo(sent: unknown): ReadRequest {
  const { image_list, video_list, sound, ...rest } = omitEmpty(readObject(sent));
  refuseOtherNames(rest, otherNames);
  checkModelName(rest.model_name, [o3, o1]);
  const images = readImages(image_list);
  const video = readVideo(video_list);
  if (video !== undefined) refuseSound(sound);
  const ordered = [images.first, images.end, ...images.others].filter((one) => one !== undefined);
  const shared = renumberMarks(readShared(rest, 'pro'), ordered);
  const isO1 = rest.model_name === o1;
  if (isO1) refuseSound(sound);
  const body = isO1 ? writeO1(shared, images, video) : writeO3(shared, images, video, sound);
  return { body, names: nameFields(images, ordered, isO1) };
}

function writeO3(shared: Body, { first, end, others }: Images, video: Video | undefined, sound: unknown): Body {
  const given = omitEmpty({ image_start: first?.url, image_end: end?.url, image_urls: others.map(({ url }) => url) });
  if (video !== undefined) {
    const model = video.isBase ? 'kling-o3-video-edit' : 'kling-o3-reference-to-video';
    return { ...shared, ...given, model, ...omitEmpty({ video_url: video.url, keep_original_sound: video.keep }) };
  }
  const model = Object.keys(given).length > 0 ? 'kling-o3-image-to-video' : 'kling-o3-text-to-video';
  return { ...shared, ...given, model, ...omitEmpty({ sound }) };
}

/** Throws 404 `model_not_found` where the models of O1 that are made here can't be meant. */
function writeO1(shared: Body, { first, end, others }: Images, video: Video | undefined): Body {
  const { model_params = {}, quality: _, ...rest } = shared;
  const { element_list } = model_params as Body;
  const plain = element_list === undefined;
  if (plain && video?.isBase && first === undefined && end === undefined) {
    const image_urls = others.map(({ url }) => url);
    const given = omitEmpty({ video_urls: [video.url], image_urls, keep_original_sound: video.keep });
    return { ...rest, ...given, model: 'kling-o1-video-edit' };
  }
  if (plain && video === undefined && first !== undefined && others.length === 0) {
    return { ...rest, image_urls: [first, end].flatMap((one) => one?.url ?? []), model: 'kling-o1-image-to-video' };
  }
  const made = `${o3}; ${o1} makes here a video from a first_frame, or changes one of refer_type base, without elements`;
  throw modelNotMade('model_name', o1, [made]);
}

function readImages(sent: unknown): Images {
  const images: Images = { first: undefined, end: undefined, others: [] };
  for (const [at, item] of readList(sent, 'image_list').entries()) {
    const { image_url: url, type } = item;
    refuseOtherMedia(item, `image_list[${at}]`, 'image_url');
    const place = readWord(type, `image_list[${at}].type`, { first_frame: 'first', end_frame: 'end' } as const);
    if (url === undefined) refuse(`image_list[${at}].image_url`, 'is required');
    if (place === undefined) images.others.push({ url, at });
    else if (images[place] === undefined) images[place] = { url, at };
    else refuse(`image_list[${at}].type`, 'is given to another image already');
  }
  if (images.end !== undefined && images.first === undefined) {
    refuse(
      `image_list[${images.end.at}].type`,
      'is end_frame without a first_frame in the list, a last frame needs a first frame',
    );
  }
  return images;
}

function readVideo(sent: unknown): Video | undefined {
  const [video, ...others] = readList(sent, 'video_list');
  if (others.length > 0) refuse('video_list', `holds ${others.length + 1} videos, must hold at most one`);
  if (video === undefined) return undefined;
  refuseOtherMedia(video, 'video_list[0]', 'video_url');
  const { video_url: url, refer_type, keep_original_sound } = omitEmpty(video);
  if (url === undefined) refuse('video_list[0].video_url', 'is required');
  const isBase = readWord(refer_type, 'video_list[0].refer_type', { base: true, feature: false }) ?? true;
  return { url, isBase, keep: readWord(keep_original_sound, 'video_list[0].keep_original_sound', yesNo) };
}

/** Here marks count images as the list has them; the models count frames first. */
function renumberMarks(body: Body, ordered: readonly Image[]): Body {
  const renumber = (text: unknown) =>
    typeof text !== 'string'
      ? text
      : text.replace(/<<<image_(\d{1,3})>>>/g, (mark, number) => {
          const place = ordered.findIndex(({ at }) => at === Number(number) - 1);
          return place === -1 ? mark : `<<<image_${place + 1}>>>`;
        });
  const params = body.model_params as Body | undefined;
  const shots = params?.multi_prompt;
  if (params !== undefined && Array.isArray(shots)) {
    const renumbered = shots.map((shot) =>
      typeof shot === 'object' && shot !== null ? { ...shot, prompt: renumber((shot as Body).prompt) } : shot,
    );
    body = { ...body, model_params: { ...params, multi_prompt: renumbered } };
  }
  return body.prompt === undefined ? body : { ...body, prompt: renumber(body.prompt) };
}

function nameFields({ first, end, others }: Images, ordered: readonly Image[], isO1: boolean): FieldName[] {
  const listed = isO1 && others.length === 0 ? ordered : others;
  const name = (at: number | undefined) => `image_list[${at ?? 0}].image_url`;
  return [
    [/^image_start$/, name(first?.at)],
    [/^image_end$/, name(end?.at)],
    [/^image_urls\[(\d+)\]$/, (_found, index = '0') => name(listed[Number(index)]?.at)],
    [/^image_urls$/, 'image_list'],
    [/^video_urls?(?:\[0\])?$/, 'video_list[0].video_url'],
    [/^keep_original_sound$/, 'video_list[0].keep_original_sound'],
  ];
}

function refuse(param: string, rule: string): never {
  throw invalidRequest({ param, message: `${param}: ${rule}` });
}
