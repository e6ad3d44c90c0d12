import { Refusal } from './faults.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever a client sends
export type Body = Record<string, any>;

/** What the check wants to know of the elements that exist. */
interface KnownElement {
  kind: 'image_refer' | 'video_refer';
  deleted: boolean;
}
export type FindElement = (id: string) => KnownElement | undefined;

const shared = ['external_task_id', 'callback_url'];
const shots = ['multi_shot', 'shot_type', 'multi_prompt', 'prompt'];

const fields: Readonly<Record<string, readonly string[]>> = {
  '/v1/videos/omni-video': [
    ...[
      'model_name',
      ...shots,
      'image_list',
      'element_list',
      'video_list',
      'sound',
      'mode',
      'aspect_ratio',
      'duration',
    ],
  ],
  '/v1/videos/image2video': [
    ...[
      'model_name',
      ...shots,
      'image',
      'image_tail',
      'negative_prompt',
      'element_list',
      'voice_list',
      'sound',
      'mode',
    ],
    ...['duration', 'cfg_scale'],
  ],
  '/v1/videos/text2video': [
    ...['model_name', ...shots, 'negative_prompt', 'sound', 'mode', 'aspect_ratio', 'duration', 'cfg_scale'],
  ],
  '/v1/videos/motion-control': [
    ...[
      'model_name',
      'prompt',
      'image_url',
      'video_url',
      'element_list',
      'keep_original_sound',
      'character_orientation',
    ],
    'mode',
  ],
  '/v1/images/omni-image': [
    ...['model_name', 'prompt', 'image_list', 'element_list', 'resolution', 'result_type', 'n', 'series_amount'],
    'aspect_ratio',
  ],
  '/v1/images/generations': [
    ...['model_name', 'prompt', 'negative_prompt', 'image', 'image_reference', 'image_fidelity', 'human_fidelity'],
    ...['element_list', 'resolution', 'n', 'aspect_ratio'],
  ],
  '/v1/general/advanced-custom-elements': [
    ...['element_name', 'element_description', 'reference_type', 'element_image_list', 'element_video_list'],
    ...['element_voice_id', 'tag_list'],
  ],
  '/v1/general/custom-voices': ['voice_name', 'voice_url', 'video_id'],
  '/v1/general/ai-multi-shot': ['element_frontal_image'],
};

/** Paths at which things are made; their tasks are read behind them. */
export const collections: readonly string[] = Object.keys(fields);

/** Holds a create against the field tables of the vendor's pages; throws a refusal with code 1201 that names the rule. */
export function checkBody(path: string, body: Body, find: FindElement): void {
  for (const name of Object.keys(body)) {
    const mayMark = /^\/v1\/(videos|images)\//.test(path) && name === 'watermark_info';
    demand(mayMark || [...(fields[path] ?? []), ...shared].includes(name), `${name} is unknown`);
  }
  if (path.endsWith('custom-elements')) checkElement(body);
  else if (path.endsWith('custom-voices')) demand(text(body.voice_name, 20), 'voice_name');
  else if (path.endsWith('ai-multi-shot')) checkImage(body.element_frontal_image);
  else if (path.startsWith('/v1/images/')) checkPictures(path, body, find);
  else checkVideo(path, body, find);
}

function checkElement(body: Body): void {
  demand(text(body.element_name, 20), 'element_name');
  demand(text(body.element_description, 100), 'element_description');
  for (const { tag_id } of body.tag_list ?? []) demand(/^o_10[1-8]$/.test(tag_id), 'tag_list');
  if (body.reference_type === 'image_refer') {
    checkImage(body.element_image_list?.frontal_image);
    const references = body.element_image_list?.refer_images;
    demand(Array.isArray(references) && references.length >= 1 && references.length <= 3, 'refer_images');
    for (const { image_url } of references) checkImage(image_url);
  } else {
    demand(body.reference_type === 'video_refer', 'reference_type');
    const videos = body.element_video_list?.refer_videos;
    demand(Array.isArray(videos) && videos.length === 1 && isUrl(videos[0].video_url), 'refer_videos');
  }
}

const ratios = ['16:9', '9:16', '1:1', '4:3', '3:4', '3:2', '2:3', '21:9'];

/** By the vendor's pages of 2026-09-20. */
function checkPictures(path: string, body: Body, find: FindElement): void {
  const isOmni = path.endsWith('omni-image');
  const { resolution = '1k', n = 1, element_list: elements = [] } = body;
  const models = isOmni ? ['kling-image-o1', 'kling-v3-omni'] : ['kling-v3', 'kling-v2-1'];
  demand(models.includes(body.model_name ?? models[0]), 'model_name');
  demand(text(body.prompt, 2500), 'prompt must not be empty');
  const qualities = body.model_name === 'kling-v3-omni' ? ['1k', '2k', '4k'] : ['1k', '2k'];
  demand(qualities.includes(resolution), 'resolution');
  demand(Number.isInteger(n) && n >= 1 && n <= 9, 'n must be 1 to 9');
  demand([...ratios, ...(isOmni ? ['auto'] : [])].includes(body.aspect_ratio ?? '16:9'), 'aspect_ratio');
  if (body.negative_prompt !== undefined) demand(body.image === undefined, 'negative_prompt with an image');
  const images: unknown[] = isOmni
    ? (body.image_list ?? []).map(({ image }: Body) => image)
    : [body.image ?? []].flat();
  for (const image of images) checkImage(image);
  for (const { element_id } of elements) {
    demand(find(String(element_id))?.deleted === false, `element_id ${element_id} does not exist`);
  }
  demand(images.length + elements.length <= 10, 'more than 10 images and elements');
}

function checkVideo(path: string, body: Body, find: FindElement): void {
  demand(['std', 'pro', '4k'].includes(body.mode ?? 'pro'), 'mode');
  demand(['on', 'off'].includes(body.sound ?? 'off'), 'sound');
  demand(['16:9', '9:16', '1:1'].includes(body.aspect_ratio ?? '1:1'), 'aspect_ratio');
  if (body.duration !== undefined) demand(/^([3-9]|1[0-5])$/.test(body.duration), 'duration');
  if (body.multi_shot === true) checkShots(body);
  else if (!path.endsWith('motion-control')) demand(text(body.prompt, 2500), 'prompt must not be empty');
  for (const { element_id } of body.element_list ?? []) {
    demand(/^\d+$/.test(String(element_id)), 'element_id must be a long');
    demand(find(String(element_id))?.deleted === false, `element_id ${element_id} does not exist`);
  }
  if (path.endsWith('omni-video')) checkOmni(body, find);
  if (path.endsWith('image2video')) {
    checkImage(body.image);
    if (body.image_tail !== undefined) checkImage(body.image_tail);
    demand((body.element_list?.length ?? 0) <= 3, 'element_list has more than 3 items');
  }
  if (path.endsWith('motion-control')) {
    checkImage(body.image_url);
    demand(isUrl(body.video_url), 'video_url');
    demand(['image', 'video'].includes(body.character_orientation), 'character_orientation');
    demand((body.element_list?.length ?? 0) <= 1, 'element_list has more than 1 item');
  }
}

function checkShots(body: Body): void {
  demand(['customize', 'intelligence'].includes(body.shot_type), 'shot_type');
  if (body.shot_type === 'intelligence') {
    demand(text(body.prompt, 2500), 'prompt must not be empty');
    return;
  }
  const list: Body[] = body.multi_prompt ?? [];
  demand(list.length >= 1 && list.length <= 6, 'multi_prompt');
  for (const [at, shot] of list.entries()) {
    demand(shot.index === at + 1 && text(shot.prompt, 512) && typeof shot.duration === 'string', 'multi_prompt item');
  }
  const sum = list.reduce((seconds, shot) => seconds + Number(shot.duration), 0);
  demand(String(sum) === body.duration, 'the durations of multi_prompt do not add up');
}

function checkOmni(body: Body, find: FindElement): void {
  const images: Body[] = body.image_list ?? [];
  const elements: Body[] = body.element_list ?? [];
  for (const { image_url } of images) checkImage(image_url);
  const hasFirst = images.some(({ type }) => type === 'first_frame');
  if (images.some(({ type }) => type === 'end_frame')) demand(hasFirst, 'end_frame without first_frame');
  const [video] = body.video_list ?? [];
  if (video !== undefined) {
    demand(isUrl(video.video_url) && ['feature', 'base'].includes(video.refer_type), 'video_list');
    demand(['yes', 'no'].includes(video.keep_original_sound), 'keep_original_sound');
    demand(body.sound === 'off', 'sound must be off with a video');
    demand(images.length + elements.length <= 4, 'more than 4 images and elements with a video');
    demand(
      !elements.some(({ element_id }) => find(String(element_id))?.kind === 'video_refer') ||
        (elements.length === 1 && images.length === 0),
      'video elements with a video, but for one alone',
    );
  }
  if (hasFirst) demand(elements.length <= 3, 'more than 3 elements with a first frame');
  demand(images.length + elements.length <= 7, 'more than 7 images and elements');
  if (!hasFirst && video?.refer_type !== 'base') demand(body.aspect_ratio !== undefined, 'aspect_ratio is required');
}

function checkImage(value: unknown): void {
  if (isUrl(value)) return;
  demand(typeof value === 'string' && !value.startsWith('data:'), 'an image must be a URL or base64 without prefix');
  const head = Buffer.from((value as string).slice(0, 16), 'base64');
  demand(head[0] === 0xff || head.subarray(1, 4).toString() === 'PNG', 'an image must be JPEG or PNG');
}

function isUrl(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//.test(value);
}

function text(value: unknown, max: number): boolean {
  return typeof value === 'string' && value.length > 0 && [...value].length <= max;
}

function demand(isTrue: boolean, rule: string): void {
  if (!isTrue) throw new Refusal(1201, rule);
}
