import { join } from 'node:path';
import type { ElementSource } from '../../engines/index.ts';
import type { Network } from '../../lib/safe-fetch/index.ts';
import { absentCode, invalidValueCode } from '../api/codes.ts';
import type { KlingClient } from '../api/create-kling-client.ts';
import { deleteElementPaths, elementsPath, presetElementsPath } from '../api/endpoints.ts';
import { type KlingElement, readTaskAnswer } from '../api/read-answer.ts';
import { KlingRefusal } from '../api/refusal.ts';
import { absentAtKling } from '../errors.ts';

/** The vendor's bounds on lists. */
const pageSizeMax = 500;
const pagesMax = 1000;

/** The account's own elements, or the vendor's, newest first as the upstream lists them; those deleted included. */
export async function* listKlingElements(client: KlingClient, whose: 'own' | 'presets'): AsyncGenerator<KlingElement> {
  const path = whose === 'own' ? elementsPath : presetElementsPath;
  for (let page = 1; page <= pagesMax; page += 1) {
    const { data } = await client.call(`${path}?pageNum=${page}&pageSize=${pageSizeMax}`);
    const tasks = Array.isArray(data) ? data : [];
    for (const task of tasks) yield* readTaskAnswer(task)?.elements ?? [];
    // The list tells no total: a page that isn't full is the last.
    if (tasks.length < pageSizeMax) return;
  }
}

/**
 * An element of the account by its own id, or one of the vendor's. The API finds elements only by the task that made
 * them, so the lists are gone through. Throws 404 `resource_not_found`, for a deleted one as well.
 */
export async function readKlingElement(client: KlingClient, upstreamElementId: string): Promise<KlingElement> {
  for (const whose of ['own', 'presets'] as const) {
    for await (const element of listKlingElements(client, whose)) {
      if (element.element_id === upstreamElementId && !element.deleted) return element;
    }
  }
  throw absentAtKling('element', upstreamElementId);
}

/**
 * Deletes an element of the account. Two paths lead there and not every host has both. Deleting what is gone is no error.
 * Throws {@link KlingRefusal} for anything else that is refused.
 */
export async function deleteKlingElement(client: KlingClient, upstreamElementId: string): Promise<void> {
  let nowhere: unknown;
  for (const path of deleteElementPaths) {
    try {
      await client.call(path, { body: { element_id: upstreamElementId } });
      return;
    } catch (error) {
      if (isGone(error)) return;
      if (!isAbsent(error)) throw error;
      nowhere = error;
    }
  }
  // A web page that says 404 on both paths knows nothing of elements: it's the wrong address.
  if ((nowhere as KlingRefusal).code === null) throw nowhere;
}

/** Either the path or the element doesn't exist: the same code says both. */
function isAbsent(error: unknown): boolean {
  return error instanceof KlingRefusal && (error.status === 404 || error.code === absentCode);
}

function isGone(error: unknown): boolean {
  if (!(error instanceof KlingRefusal) || error.code !== invalidValueCode) return false;
  return /delet|not (exist|found)/i.test(error.upstreamMessage);
}

/** Bytes of one picture or clip of the vendor's copies. */
const copyBytesMax = 200 * 1024 * 1024;

/**
 * Copies an element's material into `folder`, which exists, in the form that an element is built from: the vendor says
 * nothing of how long its links last. Throws as {@link Network.download} does.
 */
export async function downloadKlingElement(
  element: KlingElement,
  folder: string,
  download: Network['download'],
  signal: AbortSignal,
): Promise<ElementSource[]> {
  const isClip = element.reference_type === 'video_refer';
  const urls = isClip ? element.refer_videos.slice(0, 1) : [element.frontal_image, ...element.refer_images];
  const sources: ElementSource[] = [];
  for (const [at, url] of urls.entries()) {
    if (url === null) continue;
    const path = join(folder, `upstream-${at}`);
    const { bytes } = await download(url, { path, bytesMax: copyBytesMax, timeoutMs: 120_000, signal });
    const role = isClip ? 'refer_video' : at === 0 ? 'frontal_image' : 'refer_image';
    sources.push({ role, param: role, path, bytes });
  }
  return sources;
}
