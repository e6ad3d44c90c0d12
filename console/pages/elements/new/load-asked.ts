import {
  downloadFile,
  type ElementDetails,
  getElement,
  getTask,
  getTaskRequest,
  parseElementResult,
} from '../../../../client/index.ts';
import { client } from '../../../api/client.ts';
import { fileUrl } from '../../../parts/element-picture.tsx';
import { placeholders } from './pictures.ts';

/** What an element's task was asked for, as the form takes it. */
interface Asked {
  name: string;
  description: string;
  category: string | null;
  voice: string;
  /** Files and addresses in their order, the picture from the front first. */
  given: (File | string)[];
  /** How many of them can't be had any more. */
  gone: number;
}

interface SentElement {
  element_name: string;
  element_description: string;
  tag_list?: { tag_id: string }[];
  element_voice_id?: string;
  element_image_list?: { frontal_image: string | null; refer_images: { image_url: string | null }[] };
  element_video_list?: { refer_videos: { video_url: string | null }[] };
}

/**
 * What the task was asked for. Addresses stay what they are; files that are still kept are loaded, and in the place of others
 * the pictures of the element that came of it.
 */
export async function loadAsked(taskId: string, signal: AbortSignal): Promise<Asked> {
  const { request } = await getTaskRequest(client, taskId, signal);
  const sent = request.model_params as unknown as SentElement;
  const { frontal_image = null, refer_images = [] } = sent.element_image_list ?? {};
  const addresses =
    sent.element_video_list === undefined
      ? [frontal_image, ...refer_images.map(({ image_url }) => image_url)]
      : sent.element_video_list.refer_videos.map(({ video_url }) => video_url);
  const type = sent.element_video_list === undefined ? 'image/jpeg' : 'video/mp4';
  const kept = await Promise.all(addresses.map((address, at) => loadKept(address, { at, type, signal })));
  const isWhole = kept.every((one) => one !== null);
  const element = isWhole || type === 'video/mp4' ? null : await findMade(taskId, signal);
  const given = await Promise.all(
    kept.map(async (one, at) => one ?? (element && (await loadView(element, at, signal)))),
  );
  return {
    name: sent.element_name === placeholders.name ? '' : sent.element_name,
    description: sent.element_description === placeholders.description ? '' : sent.element_description,
    category: sent.tag_list?.[0]?.tag_id ?? null,
    voice: sent.element_voice_id ?? '',
    given: given.filter((one) => one !== null),
    gone: given.filter((one) => one === null).length,
  };
}

const nameView = (at: number) => (at === 0 ? 'front' : `view ${at + 1}`);

/** Null for a picture that stood in the request itself, and for a file that has been removed meanwhile. */
async function loadKept(
  address: string | null,
  { at, type, signal }: { at: number; type: string; signal: AbortSignal },
): Promise<File | string | null> {
  if (address === null) return null;
  const [, id] = /^file:(.+)$/.exec(address) ?? [];
  if (id === undefined) return address;
  const bytes = await downloadFile(client, id, signal).catch(() => null);
  return bytes === null ? null : new File([await new Response(bytes).blob()], nameView(at), { type });
}

async function findMade(taskId: string, signal: AbortSignal): Promise<ElementDetails | null> {
  const made = parseElementResult(await getTask(client, taskId, signal));
  return made === undefined ? null : await getElement(client, made.element_id, signal).catch(() => null);
}

async function loadView({ element_id, files }: ElementDetails, at: number, signal: AbortSignal): Promise<File | null> {
  const view = files.find(({ role, source }) => role === 'upright' && source === at);
  if (view === undefined) return null;
  const answer = await fetch(fileUrl(element_id, view.name), { signal });
  return answer.ok ? new File([await answer.blob()], nameView(at), { type: view.media_type }) : null;
}
