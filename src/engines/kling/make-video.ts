import type { ClipHeader, ImageHeader, MediaFile } from '../../media/index.ts';
import type { ResumedOrder, VideoDraft, VideoOrder, VideoSource, VideoTools } from '../video-engine.ts';
import type { Desk } from './desk.ts';
import { klingRefuses, klingRefusesFile } from './errors.ts';
import { fetchResult, type ResultTools } from './fetch-result.ts';
import { findProduct, type Product } from './products.ts';
import { provisionElement } from './provision-element.ts';
import { resumeUpstreamVideo, runUpstreamTask } from './run-upstream-task.ts';
import type { Translation } from './translation.ts';
import { type ElementBodyTools, readBase64 } from './write-element-body.ts';

export type MakeVideoTools = ResultTools & Pick<ElementBodyTools, 'media'>;

/**
 * Has one video made upstream and fetches it. May be ended at any moment and called again with the same `task_id`: it
 * goes on from what the database knows.
 */
export async function makeVideo(
  desk: Desk,
  given: MakeVideoTools,
  order: VideoOrder,
  tools: VideoTools,
): Promise<VideoDraft> {
  const product = findProduct(order.wish.model);
  if (product === null) throw klingRefuses('model', `${order.wish.model} is not made by the Kling API`);
  const work: Work = { desk, given, order, tools, product };
  let elementIds: readonly string[] | undefined;
  const provision = async () => {
    elementIds ??= await provisionCast(work);
    return elementIds;
  };
  const done = await runUpstreamTask(desk, {
    purpose: 'video',
    subject: order.task_id,
    endpoint: product.endpoint,
    holdsSlot: true,
    async prepare() {
      await inspectSources(work);
      await provision();
    },
    writeBody: async () => await writeBody(work, await provision()),
    signal: tools.signal,
    onProgress: tools.onProgress,
  });
  tools.onProgress(0.9, 'fetching');
  return await fetchResult(desk, done, order, given, tools.signal);
}

/**
 * Fetches a video that an earlier call has sent, when that was so: neither its sources nor its elements matter any more,
 * for it may be paid for. Null when it has to be made.
 */
export async function resumeVideo(
  desk: Desk,
  given: ResultTools,
  order: ResumedOrder,
  { signal, onProgress }: Pick<VideoTools, 'signal' | 'onProgress'>,
): Promise<VideoDraft | null> {
  const done = await resumeUpstreamVideo(desk, order.task_id, { signal, onProgress });
  if (done === null) return null;
  onProgress(0.9, 'fetching');
  return await fetchResult(desk, done, order, given, signal);
}

interface Work {
  desk: Desk;
  given: MakeVideoTools;
  order: VideoOrder;
  tools: VideoTools;
  product: Product;
}

/** All elements at once; when one can't be made the others are still waited for, since they go on upstream anyway. */
async function provisionCast({ desk, given, order, tools }: Work): Promise<string[]> {
  const { workFolder, cast } = order;
  const bodyTools = {
    ...{ media: given.media, signal: tools.signal },
    ...{ publish: tools.publish.bind(tools), withdraw: tools.withdraw.bind(tools) },
  };
  const settled = await Promise.allSettled(
    cast.map((element) => provisionElement(desk, element, workFolder, bodyTools)),
  );
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}

/**
 * Looks into every given file by its model's rules, before anything is sent, and holds the video against the upstream's
 * own, which the contract's don't imply.
 */
async function inspectSources({ given, order, product, tools }: Work): Promise<void> {
  if (order.sources.length === 0) return;
  const headers = await given.media.inspect(order.sources.map(toMediaFile), { signal: tools.signal });
  const at = order.sources.findIndex(({ role }) => role === 'reference_video');
  const rules = product.clipRules?.(order.wish);
  const video = order.sources[at];
  if (video === undefined || rules === undefined) return;
  const { duration_seconds: seconds, bytes } = headers[at] as ClipHeader;
  const { durationMinSeconds: min = 0, durationMaxSeconds: max = Number.POSITIVE_INFINITY } = rules;
  if (seconds < min - toleranceSeconds || seconds > max + toleranceSeconds) {
    const shown = Math.round(seconds * 100) / 100;
    throw klingRefusesFile(video.param, `${shown} s long, the Kling API takes ${min} to ${max} s here`);
  }
  if (bytes > (rules.bytesMax ?? bytes)) {
    throw klingRefusesFile(video.param, `${bytes} bytes, the Kling API takes at most ${rules.bytesMax}`);
  }
}

/** As everywhere in this program: a clip cut to "10 s" ends with a whole frame. */
const toleranceSeconds = 0.05;

function toMediaFile({ role, param, path, bytes, clip_rules }: VideoSource): MediaFile {
  if (role !== 'reference_video') return { kind: 'image', param, path, bytes };
  const rules = clip_rules ?? { formats: ['mp4', 'mov'], bytesMax: Number.MAX_SAFE_INTEGER };
  return { kind: 'clip', param, path, bytes, clip_rules: rules };
}

/** Read only now, with a slot in hand: what waits in long queues holds no pictures in memory. */
async function writeBody(work: Work, elementIds: readonly string[]): Promise<Record<string, unknown>> {
  const { desk, order, tools, product } = work;
  const images: Translation['images'][number][] = [];
  for (const { role, path, param } of order.sources) {
    if (role !== 'reference_video') images.push({ role, base64: await readBase64(path, param) });
  }
  const video = order.sources.find(({ role }) => role === 'reference_video');
  return product.translate({
    wish: order.wish,
    elementIds,
    images,
    ...(video === undefined ? {} : { videoUrl: await publish(video, tools) }),
    nearestAspectRatio: await chooseNearestAspectRatio(work),
    elementIdForm: desk.elementIdForm,
  });
}

async function publish({ path }: VideoSource, tools: VideoTools): Promise<string> {
  return await tools.publish(path, 'video/mp4');
}

const ratios = [
  ['16:9', 16 / 9],
  ['9:16', 9 / 16],
  ['1:1', 1],
] as const;

async function chooseNearestAspectRatio({ given, order, tools }: Work): Promise<Translation['nearestAspectRatio']> {
  const [first] = order.sources;
  if (order.wish.aspect_ratio !== undefined || first === undefined) return order.wish.aspect_ratio ?? '16:9';
  const [header] = await given.media.inspect([toMediaFile(first)], { signal: tools.signal });
  const { width_px, height_px } = header as ClipHeader | ImageHeader;
  const distance = (ratio: number) => Math.abs(Math.log(width_px / height_px / ratio));
  return [...ratios].sort((one, other) => distance(one[1]) - distance(other[1]))[0]?.[0] ?? '16:9';
}
