import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DraftPicture, ImageDraft, ImageSpec, ResumedImages } from '../../engines/index.ts';
import type { ImageHeader } from '../../media/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import type { KlingImage } from '../api/read-answer.ts';
import type { KlingTask } from '../tasks/queries.ts';
import { downloadMs, type ResultTools, withFreshLinks } from '../videos/with-fresh-links.ts';

/**
 * Fetches the pictures of a task that has succeeded into the work folder, at most as many as were asked for, and reads what
 * their headers tell. Throws as `withFreshLinks`.
 */
export async function fetchImages(
  session: KlingSession,
  done: KlingTask,
  { spec, workFolder }: Pick<ResumedImages, 'spec' | 'workFolder'>,
  { media, download }: ResultTools,
  signal: AbortSignal,
): Promise<ImageDraft> {
  const list = ({ images }: { images: readonly KlingImage[] }) => images.slice(0, spec.count).map(({ url }) => url);
  const bytesMax = session.limits.resultBytesMax;
  const { task, made } = await withFreshLinks(session, done, { what: 'a picture', list, signal }, async (links) => {
    const fetched: DraftPicture[] = [];
    for (const [at, url] of links.entries()) {
      const path = join(workFolder, `upstream-picture-${at + 1}`);
      await download(url, { path, bytesMax, timeoutMs: downloadMs, signal });
      const { size: bytes } = await stat(path);
      const source = { kind: 'image' as const, param: 'the picture', path, bytes, bytesMax };
      const [facts] = (await media.inspect([source], { signal })) as [ImageHeader];
      const { format, width_px, height_px } = facts;
      fetched.push({ path, media_type: `image/${format}`, width_px, height_px });
    }
    return fetched;
  });
  const pictures = made.map((picture, at) => {
    const { set } = task.images[at] ?? {};
    return set === undefined ? picture : { ...picture, set };
  });
  return {
    pictures,
    warnings: compareImages(spec, pictures),
    details: {
      upstream_task_id: task.task_id,
      upstream_request_ids: done.request_ids,
      ...(task.final_unit_deduction === null ? {} : { final_unit_deduction: task.final_unit_deduction }),
    },
  };
}

/** Pixels of a picture by its quality: the vendor's sides are near these in any shape. */
const areas = { '1k': 1024 * 1024, '2k': 2048 * 2048, '4k': 3840 * 2160 } as const;

/** Of a quality's area that still counts as that quality, and by how much a shape may differ. */
const tolerance = { areaShareMin: 0.5, shape: 0.05 };

/** What came against what was asked for: what is missing isn't charged, the rest is only told. */
export function compareImages(
  { count, quality, aspect_ratio }: ImageSpec,
  pictures: readonly Pick<DraftPicture, 'width_px' | 'height_px'>[],
): ImageDraft['warnings'] {
  const sizes = pictures.map(({ width_px, height_px }) => `${width_px} × ${height_px} px`);
  const isSmall = pictures.map(
    ({ width_px, height_px }) => width_px * height_px < areas[quality] * tolerance.areaShareMin,
  );
  const isOther = pictures.map((picture) => aspect_ratio !== undefined && differs(picture, aspect_ratio));
  const tell = (are: readonly boolean[]) => sizes.filter((_, at) => are[at]).join(', ');
  return [
    pictures.length < count
      ? [{ code: 'fewer_than_asked' as const, message: `${pictures.length} of ${count} pictures` }]
      : [],
    isSmall.includes(true)
      ? [{ code: 'smaller_than_asked' as const, message: `${tell(isSmall)} instead of ${quality}` }]
      : [],
    isOther.includes(true)
      ? [{ code: 'other_shape_than_asked' as const, message: `${tell(isOther)} instead of ${aspect_ratio}` }]
      : [],
  ].flat();
}

function differs({ width_px, height_px }: Pick<DraftPicture, 'width_px' | 'height_px'>, ratio: string): boolean {
  const [across, down] = ratio.split(':').map(Number) as [number, number];
  return Math.abs(Math.log(width_px / height_px / (across / down))) > tolerance.shape;
}
