import type {
  EngineTools,
  PreparedVideo,
  ResumedOrder,
  VideoDraft,
  VideoOrder,
  VideoTools,
} from '../../engines/index.ts';
import type { ClipHeader, ClipRules } from '../../media/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import type { ElementBodyTools } from '../elements/write-element-body.ts';
import { klingRefuses } from '../errors.ts';
import type { Pool } from '../tasks/at-its-account.ts';
import { checkVideo } from './check-video.ts';
import { countMissing } from './count-missing.ts';
import { fetchResult } from './fetch-result.ts';
import { findProduct, type Product } from './products.ts';
import { type Header, inspectSources, type Picture, readPictures, turnPictures } from './read-pictures.ts';
import { prepareReferenceClip, type ReferenceClip } from './reference-clip.ts';
import { resumeOrder, runOrder } from './run-order.ts';
import type { Translation } from './translation.ts';
import { estimateUnits } from './units.ts';
import type { ResultTools } from './with-fresh-links.ts';

export type MakeVideoTools = ResultTools & Pick<ElementBodyTools, 'media'>;

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
  const work: Work = { given, order, tools, product };
  const making = {
    endpoint: product.endpoint,
    product: product.product,
    slots: 1,
    expectedUnits: estimateUnits(order.spec),
    media: given.media,
    countMissing: (session: KlingSession) => countMissing(session, order, checkVideo),
    readFiles: () => readFiles(work),
    write: (session: KlingSession, files: Files, elementIds: readonly string[]) =>
      writeBody(session, work, { ...files, elementIds }),
  };
  return await runOrder(pool, order, making, tools, (session, done) =>
    fetchResult(session, done, order, given, tools.signal),
  );
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
  const work: Work = { given, order, tools: quiet, product };
  const elementIds = order.cast.map(({ element_id }) => element_id);
  const files = await readFiles(work);
  await writeBody(session, work, { ...files, elementIds });
  const { headers } = files;
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
  tools: Pick<VideoTools, 'signal' | 'onProgress' | 'onIdle'>,
): Promise<VideoDraft | null> {
  return await resumeOrder(pool, order.task_id, tools, (session, done) =>
    fetchResult(session, done, order, given, tools.signal),
  );
}

function getProduct({ spec }: VideoOrder): Product {
  const product = findProduct(spec.model);
  if (product === null) throw klingRefuses('model', `${spec.model} is not made by the Kling API`);
  return product;
}

interface Work {
  given: Pick<MakeVideoTools, 'media'>;
  order: VideoOrder;
  tools: VideoTools;
  product: Product;
}

/** What a body is made of, but for the pictures, which are read when they are sent. */
interface Material extends Files {
  elementIds: readonly string[];
}

/** The part of it that is the same for every account. */
interface Files {
  /** Of the given files, in their order. */
  headers: readonly Header[];
  clip: ReferenceClip | null;
  /** All upright. */
  pictures: readonly Picture[];
  /** Of the first given file. */
  nearestAspectRatio: Translation['nearestAspectRatio'];
}

/** Looks into every given file by its model's rules, before anything is sent. */
async function readFiles(work: Work): Promise<Files> {
  const { given, order, tools } = work;
  const headers = await inspectSources(given.media, order.sources, tools.signal);
  return {
    headers,
    clip: await prepareClip(work, headers),
    pictures: await turnPictures(given.media, order, headers, tools.signal),
    nearestAspectRatio: chooseAspectRatio(order, headers),
  };
}

function chooseAspectRatio({ spec }: VideoOrder, [first]: readonly Header[]): Translation['nearestAspectRatio'] {
  return spec.aspect_ratio ?? (first === undefined ? '16:9' : findNearestRatio(first));
}

async function prepareClip(
  { given, order, product, tools }: Work,
  headers: readonly Header[],
): Promise<ReferenceClip | null> {
  const at = order.sources.findIndex(({ role }) => role === 'reference_video');
  const video = order.sources[at];
  if (video === undefined) return null;
  const bytesMax = Number.MAX_SAFE_INTEGER;
  const rules: ClipRules = { formats: [], bytesMax, ...video.clip_rules, ...product.clipRules?.(order.spec) };
  const place = { media: given.media, workFolder: order.workFolder, signal: tools.signal };
  return await prepareReferenceClip(video, headers[at] as ClipHeader, rules, place);
}

async function writeBody(
  session: KlingSession,
  { order, tools, product }: Work,
  material: Material,
): Promise<Record<string, unknown>> {
  const { clip, elementIds, pictures, nearestAspectRatio } = material;
  return product.translate({
    spec: order.spec,
    elementIds,
    images: await readPictures(pictures),
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
