import { parseExactJson } from '../../lib/exact-json.ts';

/** What the upstream says of one of its tasks, whichever of its shapes it used. */
export interface TaskAnswer {
  task_id: string;
  external_task_id: string | null;
  status: 'submitted' | 'processing' | 'succeeded' | 'failed';
  /** Only here stands why a task failed. */
  message: string;
  elements: readonly KlingElement[];
  voices: readonly KlingVoice[];
  videos: readonly KlingVideo[];
  /** In the order of their numbers. */
  images: readonly KlingImage[];
  /** Units taken, as the upstream writes them: digits with or without a fraction. */
  final_unit_deduction: string | null;
}

/** An element of the account or of the vendor. */
export interface KlingElement {
  element_id: string;
  element_name: string;
  element_description: string;
  reference_type: 'image_refer' | 'video_refer';
  /** The vendor's copies of its material. */
  frontal_image: string | null;
  refer_images: readonly string[];
  refer_videos: readonly string[];
  voice_id: string | null;
  tags: readonly string[];
  /** `kling` or the id of an account. */
  owned_by: string;
  deleted: boolean;
}

/** A voice as the account knows it; `owned_by` is `kling` for those of the vendor. */
export interface KlingVoice {
  voice_id: string;
  voice_name: string;
  trial_url: string | null;
  owned_by: string;
}

/** A picture, and of several sets the number of its own, from 0. */
export interface KlingImage {
  url: string;
  set?: number;
}

interface KlingVideo {
  id: string;
  url: string;
  /** The same with the vendor's watermark, when that was asked for. */
  watermark_url: string | null;
}

/** The words for a status in both of the vendor's standards and in relays. */
const statuses: Readonly<Record<string, TaskAnswer['status']>> = {
  submitted: 'submitted',
  pending: 'submitted',
  queued: 'submitted',
  processing: 'processing',
  running: 'processing',
  succeed: 'succeeded',
  succeeded: 'succeeded',
  completed: 'succeeded',
  failed: 'failed',
  cancelled: 'failed',
  canceled: 'failed',
  expired: 'failed',
};

type Fields = Record<string, unknown>;

/** Reads the task in a whole answer, as it came. */
export function readWholeAnswer(answer: string | null): TaskAnswer | null {
  return readTaskAnswer(asFields(parseExactJson(answer ?? '{}')).data);
}

/**
 * Reads the `data` of a create or query answer, of parsed callbacks as well. Tolerates every shape that was seen: nested
 * or flat element ids, ids as numbers or text, `element_type` for `reference_type`. Null when it is no task.
 */
export function readTaskAnswer(data: unknown): TaskAnswer | null {
  const task = asFields(data);
  const task_id = readId(task.task_id ?? task.id);
  const status = statuses[String(task.task_status ?? task.status)];
  if (task_id === null || status === undefined) return null;
  const result = asFields(task.task_result);
  const elements = readList(result.elements, readKlingElement);
  const flat = elements.length === 0 ? readKlingElement(result) : null;
  return {
    task_id,
    external_task_id: readId(asFields(task.task_info).external_task_id ?? task.external_task_id ?? task.external_id),
    status,
    message: readText(task.task_status_msg ?? task.message),
    elements: flat === null ? elements : [flat],
    voices: readList(result.voices, readVoice),
    videos: readList(result.videos, readVideo),
    images: readList(result.images, readImages)
      .sort((one, other) => one.index - other.index)
      .flatMap(({ pictures }) => pictures),
    final_unit_deduction: readUnits(task.final_unit_deduction),
  };
}

function readKlingElement(value: unknown): KlingElement | null {
  const element = asFields(value);
  const element_id = readId(element.element_id ?? element.id);
  if (element_id === null || !/^\d{1,30}$/.test(element_id)) return null;
  const images = asFields(element.element_image_list);
  const videos = asFields(element.element_video_list);
  return {
    element_id,
    element_name: readText(element.element_name ?? element.name),
    element_description: readText(element.element_description ?? element.description),
    reference_type: isVideoElement(element.reference_type ?? element.element_type) ? 'video_refer' : 'image_refer',
    frontal_image: readUrl(images.frontal_image),
    refer_images: readList(images.refer_images, (one) => readUrl(asFields(one).image_url)),
    refer_videos: readList(videos.refer_videos, (one) => readUrl(asFields(one).video_url)),
    voice_id: readId(asFields(element.element_voice_info).voice_id),
    tags: readList(element.tag_list, (one) => readTag(asFields(one).id ?? asFields(one).tag_id)),
    owned_by: readId(element.owned_by) ?? '',
    deleted: element.status === 'deleted',
  };
}

/** Two vocabularies: `video_refer`, and `video_character_elements`. */
function isVideoElement(kind: unknown): boolean {
  return typeof kind === 'string' && kind.startsWith('video');
}

function readVoice(value: unknown): KlingVoice | null {
  const voice = asFields(value);
  const voice_id = readId(voice.voice_id ?? voice.id);
  // Lists go on naming what was deleted, as those of elements do.
  if (voice_id === null || voice.status === 'deleted') return null;
  return {
    voice_id,
    voice_name: readText(voice.voice_name ?? voice.name),
    trial_url: readUrl(voice.trial_url),
    owned_by: readId(voice.owned_by) ?? '',
  };
}

function readVideo(value: unknown): KlingVideo | null {
  const video = asFields(value);
  const url = readUrl(video.url);
  return url === null ? null : { id: readId(video.id) ?? '', url, watermark_url: readUrl(video.watermark_url) };
}

/** One picture by its number, or a set of them. */
function readImages(value: unknown): { index: number; pictures: KlingImage[] } | null {
  const image = asFields(value);
  const index = Number(image.index) || 0;
  const url = readUrl(image.url);
  if (url !== null) return { index, pictures: [{ url }] };
  const links = [image.url_1, image.url_2, image.url_3].map(readUrl).filter((link) => link !== null);
  return links.length === 0 ? null : { index, pictures: links.map((link) => ({ url: link, set: index })) };
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function readList<T>(value: unknown, read: (one: unknown) => T | null): T[] {
  return Array.isArray(value) ? value.map(read).filter((one) => one !== null) : [];
}

/** Ids come as numbers and as text. */
function readId(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value.slice(0, 200);
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

function readUnits(value: unknown): string | null {
  const text = readId(value);
  return text !== null && /^\d{1,12}(\.\d{1,12})?$/.test(text) ? text : null;
}

/** As far as it is one that can be sent back. */
function readTag(value: unknown): string | null {
  return typeof value === 'string' && /^o_\d{1,6}$/.test(value) ? value : null;
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 1000) : '';
}

function readUrl(value: unknown): string | null {
  return typeof value === 'string' && /^https?:\/\//.test(value) ? value : null;
}
