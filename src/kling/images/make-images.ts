import type {
  CastElement,
  EngineTools,
  ImageDraft,
  ImageOrder,
  PreparedVideo,
  ResumedImages,
  VideoTools,
} from '../../engines/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { klingRefuses } from '../errors.ts';
import type { Pool } from '../tasks/at-its-account.ts';
import { countMissing } from '../videos/count-missing.ts';
import type { MakeVideoTools } from '../videos/make-video.ts';
import { inspectSources, type Picture, readPictures, turnPictures } from '../videos/read-pictures.ts';
import { resumeOrder, runOrder } from '../videos/run-order.ts';
import type { ResultTools } from '../videos/with-fresh-links.ts';
import { checkImages } from './check-images.ts';
import { fetchImages } from './fetch-images.ts';
import { findImageProduct, type ImageProduct } from './image-products.ts';

/** As `makeVideo`, of pictures. */
export async function makeImages(
  pool: Pool,
  given: MakeVideoTools,
  order: ImageOrder,
  tools: VideoTools,
): Promise<ImageDraft> {
  const product = getProduct(order);
  const named = { ...order, cast: product.looksAtFrontal ? [] : order.cast };
  const making = {
    endpoint: product.endpoint,
    product: product.product,
    slots: product.slots(order.spec),
    expectedUnits: product.units(order.spec),
    media: given.media,
    countMissing: (session: KlingSession) => countMissing(session, named, checkImages),
    readFiles: () => readMaterial(given, order, product, tools),
    write: (session: KlingSession, files: Pick<Material, 'pictures'>, elementIds: readonly string[]) =>
      writeBody(session, order, product, { pictures: files.pictures, elementIds }),
  };
  return await runOrder(pool, named, making, tools, (session, done) =>
    fetchImages(session, done, order, given, tools.signal),
  );
}

/** As `prepareVideo`. */
export async function prepareImages(
  session: KlingSession,
  given: Pick<MakeVideoTools, 'media'>,
  order: ImageOrder,
  tools: EngineTools,
): Promise<PreparedVideo> {
  const product = getProduct(order);
  const { sources, pictures } = await readMaterial(given, order, product, tools);
  await writeBody(session, order, product, { pictures, elementIds: order.cast.map(({ element_id }) => element_id) });
  return { sources };
}

/** As `resumeVideo`. */
export async function resumeImages(
  pool: Pool,
  given: ResultTools,
  order: ResumedImages,
  tools: Pick<VideoTools, 'signal' | 'onProgress' | 'onIdle'>,
): Promise<ImageDraft | null> {
  return await resumeOrder(pool, order.task_id, tools, (session, done) =>
    fetchImages(session, done, order, given, tools.signal),
  );
}

interface Material {
  elementIds: readonly string[];
  /** All upright. */
  pictures: readonly Picture[];
}

function getProduct({ spec }: ImageOrder): ImageProduct {
  const product = findImageProduct(spec.model);
  if (product === null) throw klingRefuses('model', `${spec.model} is not made by the Kling API`);
  return product;
}

async function readMaterial(
  { media }: Pick<MakeVideoTools, 'media'>,
  order: ImageOrder,
  { looksAtFrontal }: ImageProduct,
  { signal }: Pick<EngineTools, 'signal'>,
): Promise<PreparedVideo & Pick<Material, 'pictures'>> {
  const headers = await inspectSources(media, order.sources, signal);
  const pictures = await turnPictures(media, order, headers, signal);
  const sources = order.sources.flatMap(({ role, param }, at) => {
    const facts = headers[at];
    return facts === undefined ? [] : [{ role, param, facts }];
  });
  const frontals = looksAtFrontal ? await Promise.all(order.cast.map(fetchFrontal)) : [];
  return { pictures: [...pictures, ...frontals], sources };
}

async function fetchFrontal({ param, manifest, fetchFile }: CastElement): Promise<Picture> {
  if (manifest.frontal_image === null) throw klingRefuses(param, 'has no picture');
  return { role: 'reference_image', param, path: await fetchFile(manifest.frontal_image) };
}

async function writeBody(
  { elementIdForm }: Pick<KlingSession, 'elementIdForm'>,
  { spec }: ImageOrder,
  product: ImageProduct,
  { elementIds, pictures }: Material,
): Promise<Record<string, unknown>> {
  return product.translate({ spec, elementIds, elementIdForm, images: await readPictures(pictures) });
}
