import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type {
  EngineTools,
  PreparedVideo,
  ResumedOrder,
  VideoDraft,
  VideoOrder,
  VideoSource,
  VideoTools,
} from '../../engines/index.ts';
import type { ClipHeader, ClipRules, ImageHeader, MediaFile } from '../../media/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { forgetLostElements } from '../elements/forget-lost-elements.ts';
import { provisionElement } from '../elements/provision-element.ts';
import { type ElementBodyTools, imageBytesMax, readBase64 } from '../elements/write-element-body.ts';
import { klingRefuses } from '../errors.ts';
import { resumeKlingTask, runKlingTask } from '../tasks/run-task.ts';
import { fetchResult, type ResultTools } from './fetch-result.ts';
import { findProduct, type Product } from './products.ts';
import { prepareReferenceClip, type ReferenceClip } from './reference-clip.ts';
import type { Translation } from './translation.ts';
import { estimateUnits } from './units.ts';

export type MakeVideoTools = ResultTools & Pick<ElementBodyTools, 'media'>;

type Picture = Pick<VideoSource, 'role' | 'param' | 'path'>;

/**
 * Has one video made upstream and fetches it. May be ended at any moment and called again with the same `task_id`: it
 * goes on from what the database knows.
 */
export async function makeVideo(
  session: KlingSession,
  given: MakeVideoTools,
  order: VideoOrder,
  tools: VideoTools,
): Promise<VideoDraft> {
  const product = getProduct(order);
  const work: Work = { session, given, order, tools, product };
  let ready: Promise<Material> | undefined;
  let elementIds: readonly string[] = [];
  const prepare = async () => {
    ready ??= prepareMaterial(work);
    const material = await ready;
    elementIds = material.elementIds;
    return material;
  };
  let isMended = false;
  const done = await runKlingTask(session, {
    async mend() {
      if (isMended || order.cast.length === 0) return false;
      isMended = true;
      const isLost = await forgetLostElements(session, order.cast, tools.signal);
      if (isLost) ready = undefined;
      return isLost;
    },
    explain: (said) => nameOwnElements(said, order.cast, elementIds),
    purpose: 'video',
    subject: order.task_id,
    endpoint: product.endpoint,
    product: product.product,
    owner: String(order.account_id ?? ''),
    holdsSlot: true,
    expectedUnits: estimateUnits(order.spec),
    async prepare() {
      await prepare();
    },
    writeBody: async () => await writeBody(work, await prepare()),
    signal: tools.signal,
    onProgress: tools.onProgress,
    onIdle: tools.onIdle,
  });
  tools.onProgress(0.9, 'fetching');
  return await fetchResult(session, done, order, given, tools.signal);
}

/**
 * The beginning of {@link makeVideo}, up to where an element would be made known or anything be sent: the files, the conversion of
 * a video, the body with places for ids that are not known yet.
 */
export async function prepareVideo(
  session: KlingSession,
  given: Pick<MakeVideoTools, 'media'>,
  order: VideoOrder,
  tools: EngineTools,
): Promise<PreparedVideo> {
  const product = getProduct(order);
  const quiet = { ...tools, publish: async () => 'https://example.com/', withdraw: async () => undefined };
  const work: Work = { session, given, order, tools: quiet, product };
  const headers = await inspectSources(work);
  await writeBody(work, {
    elementIds: order.cast.map(({ element_id }) => element_id),
    clip: await prepareClip(work, headers),
    pictures: await turnPictures(work, headers),
    nearestAspectRatio: chooseAspectRatio(order, headers),
  });
  return { sources: order.sources.map(({ role, param }, at) => ({ role, param, facts: headers[at] as Header })) };
}

/**
 * Fetches a video that an earlier call has sent, when that was so: neither its sources nor its elements matter any more,
 * for it may be paid for. Null when it has to be made.
 */
export async function resumeVideo(
  session: KlingSession,
  given: ResultTools,
  order: ResumedOrder,
  { signal, onProgress, onIdle }: Pick<VideoTools, 'signal' | 'onProgress' | 'onIdle'>,
): Promise<VideoDraft | null> {
  const done = await resumeKlingTask(session, order.task_id, { signal, onProgress, onIdle });
  if (done === null) return null;
  onProgress(0.9, 'fetching');
  return await fetchResult(session, done, order, given, signal);
}

/** An id of the upstream's is one that the caller has never seen. */
function nameOwnElements(said: string, cast: VideoOrder['cast'], elementIds: readonly string[]): string {
  return elementIds.reduce((text, id, at) => text.replaceAll(id, cast[at]?.element_id ?? id), said);
}

function getProduct({ spec }: VideoOrder): Product {
  const product = findProduct(spec.model);
  if (product === null) throw klingRefuses('model', `${spec.model} is not made by the Kling API`);
  return product;
}

interface Work {
  session: KlingSession;
  given: Pick<MakeVideoTools, 'media'>;
  order: VideoOrder;
  tools: VideoTools;
  product: Product;
}

/** All elements at once; when one can't be made the others are still waited for, since they go on upstream anyway. */
async function provisionCast({ session, given, order, tools }: Work): Promise<string[]> {
  const { workFolder, cast } = order;
  const bodyTools = {
    media: given.media,
    signal: tools.signal,
    publish: tools.publish.bind(tools),
    withdraw: tools.withdraw.bind(tools),
    onProgress: tools.onProgress.bind(tools),
  };
  const settled = await Promise.allSettled(
    cast.map((element) => provisionElement(session, element, workFolder, bodyTools)),
  );
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/** What a body is made of, but for the pictures, which are read when they are sent. */
interface Material {
  elementIds: readonly string[];
  clip: ReferenceClip | null;
  /** All upright. */
  pictures: readonly Picture[];
  /** Of the first given file. */
  nearestAspectRatio: Translation['nearestAspectRatio'];
}

async function prepareMaterial(work: Work): Promise<Material> {
  const headers = await inspectSources(work);
  const clip = await prepareClip(work, headers);
  const pictures = await turnPictures(work, headers);
  return {
    elementIds: await provisionCast(work),
    clip,
    pictures,
    nearestAspectRatio: chooseAspectRatio(work.order, headers),
  };
}

function chooseAspectRatio({ spec }: VideoOrder, [first]: readonly Header[]): Translation['nearestAspectRatio'] {
  return spec.aspect_ratio ?? (first === undefined ? '16:9' : findNearestRatio(first));
}

/** Looks into every given file by its model's rules, before anything is sent. */
async function inspectSources({ given, order, tools }: Work): Promise<Header[]> {
  if (order.sources.length === 0) return [];
  return (await given.media.inspect(order.sources.map(toMediaFile), { signal: tools.signal })) as Header[];
}

type Header = ClipHeader | ImageHeader;

/** A video is held against the rules of its model and of the upstream only where no conversion mends what breaks them. */
function toMediaFile({ role, param, path, bytes, clip_rules, conversion }: VideoSource): MediaFile {
  if (role !== 'reference_video') return { kind: 'image', param, path, bytes, ...(conversion && { conversion }) };
  const bytesMax = clip_rules?.bytesMax ?? Number.MAX_SAFE_INTEGER;
  return { kind: 'clip', param, path, bytes, clip_rules: { formats: ['mp4', 'mov', 'webm'], bytesMax } };
}

/** The upstream shows the pixels as they are stored, and a telephone stores what was held upright lying on its side. */
async function turnPictures({ given, order, tools }: Work, headers: Header[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const [at, source] of order.sources.entries()) {
    const header = headers[at] as Header;
    if (header.kind !== 'image') continue;
    if (header.orientation === 1) {
      pictures.push(source);
      continue;
    }
    const path = join(order.workFolder, `upright-${at}-${randomUUID()}`);
    await given.media.rewriteImage(source, path, { bytesMax: imageBytesMax }, { signal: tools.signal });
    pictures.push({ ...source, path });
  }
  return pictures;
}

async function prepareClip({ given, order, product, tools }: Work, headers: Header[]): Promise<ReferenceClip | null> {
  const at = order.sources.findIndex(({ role }) => role === 'reference_video');
  const video = order.sources[at];
  if (video === undefined) return null;
  const bytesMax = Number.MAX_SAFE_INTEGER;
  const rules: ClipRules = { formats: [], bytesMax, ...video.clip_rules, ...product.clipRules?.(order.spec) };
  const place = { media: given.media, workFolder: order.workFolder, signal: tools.signal };
  return await prepareReferenceClip(video, headers[at] as ClipHeader, rules, place);
}

/** Read only now, with a slot in hand: what waits in long queues holds no pictures in memory. */
async function writeBody(
  { session, order, tools, product }: Work,
  material: Material,
): Promise<Record<string, unknown>> {
  const images: Translation['images'][number][] = [];
  const { clip, elementIds, pictures, nearestAspectRatio } = material;
  for (const { role, path, param } of pictures) images.push({ role, base64: await readBase64(path, param) });
  return product.translate({
    spec: order.spec,
    elementIds,
    images,
    nearestAspectRatio,
    ...(clip === null ? {} : { videoUrl: await tools.publish(clip.path, clip.media_type) }),
    elementIdForm: session.elementIdForm,
  });
}

const ratios = [
  ['16:9', 16 / 9],
  ['9:16', 9 / 16],
  ['1:1', 1],
] as const;

function findNearestRatio({ width_px, height_px }: Header): Translation['nearestAspectRatio'] {
  const distance = (ratio: number) => Math.abs(Math.log(width_px / height_px / ratio));
  return [...ratios].sort((one, other) => distance(one[1]) - distance(other[1]))[0]?.[0] ?? '16:9';
}
