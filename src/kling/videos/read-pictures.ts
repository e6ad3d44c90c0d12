import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { VideoOrder, VideoSource } from '../../engines/index.ts';
import type { ClipHeader, ImageHeader, Media, MediaFile } from '../../media/index.ts';
import { imageBytesMax, readBase64 } from '../elements/write-element-body.ts';
import type { Translation } from './translation.ts';

export type Header = ClipHeader | ImageHeader;

export type Picture = Pick<VideoSource, 'role' | 'param' | 'path'>;

/** Looks into every given file by its model's rules, before anything is sent. */
export async function inspectSources(
  media: Pick<Media, 'inspect'>,
  sources: VideoOrder['sources'],
  signal: AbortSignal,
): Promise<Header[]> {
  if (sources.length === 0) return [];
  return (await media.inspect(sources.map(toMediaFile), { signal })) as Header[];
}

/** A video is held against the rules of its model and of the upstream only where no conversion mends what breaks them. */
function toMediaFile({ role, param, path, bytes, clip_rules, conversion }: VideoSource): MediaFile {
  if (role !== 'reference_video') return { kind: 'image', param, path, bytes, ...(conversion && { conversion }) };
  const bytesMax = clip_rules?.bytesMax ?? Number.MAX_SAFE_INTEGER;
  return { kind: 'clip', param, path, bytes, clip_rules: { formats: ['mp4', 'mov', 'webm'], bytesMax } };
}

/** The upstream shows the pixels as they are stored, and a telephone stores what was held upright lying on its side. */
export async function turnPictures(
  media: Pick<Media, 'rewriteImage'>,
  order: Pick<VideoOrder, 'sources' | 'workFolder'>,
  headers: readonly Header[],
  signal: AbortSignal,
): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const [at, source] of order.sources.entries()) {
    const header = headers[at] as Header;
    if (header.kind !== 'image') continue;
    if (header.orientation === 1) {
      pictures.push(source);
      continue;
    }
    const path = join(order.workFolder, `upright-${at}-${randomUUID()}`);
    await media.rewriteImage(source, path, { bytesMax: imageBytesMax }, { signal });
    pictures.push({ ...source, path });
  }
  return pictures;
}

/** Meant for when they are sent: what waits in long queues holds no pictures in memory. */
export async function readPictures(pictures: readonly Picture[]): Promise<Translation['images']> {
  const images: Translation['images'][number][] = [];
  for (const { role, path, param } of pictures) images.push({ role, base64: await readBase64(path, param) });
  return images;
}
