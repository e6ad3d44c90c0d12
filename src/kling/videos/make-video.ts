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
import { atItsAccount, findItsAccount, type Pool, type Stay } from '../tasks/at-its-account.ts';
import { MovedElsewhere } from '../tasks/follow-task.ts';
import type { KlingTask } from '../tasks/queries.ts';
import { resumeKlingTask, runKlingTask } from '../tasks/run-task.ts';
import { countMissing } from './count-missing.ts';
import { fetchResult, type ResultTools } from './fetch-result.ts';
import { findProduct, type Product } from './products.ts';
import { prepareReferenceClip, type ReferenceClip } from './reference-clip.ts';
import type { Translation } from './translation.ts';
import { estimateUnits } from './units.ts';

export type MakeVideoTools = ResultTools & Pick<ElementBodyTools, 'media'>;

type Picture = Pick<VideoSource, 'role' | 'param' | 'path'>;

/**
 * Has one video made upstream, at one of the accounts, and fetches it. May be ended at any moment and called again with the same
 * `task_id`: it goes on from what the database knows.
 */
export async function makeVideo(
  pool: Pool,
  given: MakeVideoTools,
  order: VideoOrder,
  tools: VideoTools,
): Promise<VideoDraft> {
  const product = getProduct(order);
  const files = rememberFiles({ given, order, tools, product });
  const route = {
    purpose: 'video' as const,
    subject: order.task_id,
    product: product.product,
    holdsSlot: true,
    units: estimateUnits(order.spec),
    countMissing: (session: KlingSession) => countMissing(session, order),
    signal: tools.signal,
  };
  return await atItsAccount(pool, route, async (session, stay) => {
    const work: Work = { session, given, order, tools: { ...tools, signal: stay.signal }, product };
    const done = await runVideo(work, stay, files);
    tools.onProgress(0.9, 'fetching');
    return await fetchResult(session, done, order, given, tools.signal);
  });
}

async function runVideo(work: Work, stay: Stay, files: () => Promise<Files>): Promise<KlingTask> {
  const { session, order, tools, product } = work;
  let ready: Promise<readonly string[]> | undefined;
  let elementIds: readonly string[] = [];
  const prepare = async () => {
    const material = await files();
    ready ??= provisionCast(work, stay);
    elementIds = await ready;
    return { ...material, elementIds };
  };
  let isMended = false;
  return await runKlingTask(session, {
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
    candidates: stay.candidates,
  });
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
  pool: Pool,
  given: ResultTools,
  order: ResumedOrder,
  { signal, onProgress, onIdle }: Pick<VideoTools, 'signal' | 'onProgress' | 'onIdle'>,
): Promise<VideoDraft | null> {
  for (;;) {
    const session = await findItsAccount(pool, { purpose: 'video', subject: order.task_id });
    if (session === null) return null;
    try {
      await session.opened();
      const done = await resumeKlingTask(session, order.task_id, { signal, onProgress, onIdle });
      if (done === null) return null;
      onProgress(0.9, 'fetching');
      return await fetchResult(session, done, order, given, signal);
    } catch (error) {
      if (!(error instanceof MovedElsewhere)) throw error;
    }
  }
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
async function provisionCast({ session, given, order, tools }: Work, stay: Stay): Promise<string[]> {
  const { workFolder, cast } = order;
  const bodyTools = {
    media: given.media,
    signal: tools.signal,
    publish: tools.publish.bind(tools),
    withdraw: tools.withdraw.bind(tools),
    onProgress: tools.onProgress.bind(tools),
    reconsider: stay.reconsider,
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
interface Material extends Files {
  elementIds: readonly string[];
}

/** The part of it that is the same for every account. */
interface Files {
  clip: ReferenceClip | null;
  /** All upright. */
  pictures: readonly Picture[];
  /** Of the first given file. */
  nearestAspectRatio: Translation['nearestAspectRatio'];
}

/** Prepares the files once, whichever account they go to; after a failure the next who asks tries again. */
function rememberFiles(work: Omit<Work, 'session'>): () => Promise<Files> {
  let ready: Promise<Files> | undefined;
  return () => {
    ready ??= prepareFiles(work);
    return ready;
  };
}

async function prepareFiles(work: Omit<Work, 'session'>): Promise<Files> {
  const headers = await inspectSources(work);
  const clip = await prepareClip(work, headers);
  const pictures = await turnPictures(work, headers);
  return { clip, pictures, nearestAspectRatio: chooseAspectRatio(work.order, headers) };
}

function chooseAspectRatio({ spec }: VideoOrder, [first]: readonly Header[]): Translation['nearestAspectRatio'] {
  return spec.aspect_ratio ?? (first === undefined ? '16:9' : findNearestRatio(first));
}

/** Looks into every given file by its model's rules, before anything is sent. */
async function inspectSources({ given, order, tools }: Omit<Work, 'session'>): Promise<Header[]> {
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
async function turnPictures({ given, order, tools }: Omit<Work, 'session'>, headers: Header[]): Promise<Picture[]> {
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

async function prepareClip(
  { given, order, product, tools }: Omit<Work, 'session'>,
  headers: Header[],
): Promise<ReferenceClip | null> {
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
