import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Publish } from '../../engines/index.ts';
import type { ElementFile, ElementManifest, Media } from '../../media/index.ts';
import { klingRefusesFile, noPublicAddress } from '../errors.ts';
import { findClip, judgeElementClip, needsConversion, shortSideMaxPx } from './element-clip.ts';

/** What an element is called upstream, and where its files come from. */
export interface ElementMaterial {
  name: string;
  description: string;
  voice_id: string | null;
  tags: readonly string[];
  manifest: ElementManifest;
  /** The request field that messages about it begin with. */
  param: string;
  /** Answers a local path of a file that the manifest names. */
  fetchFile(name: string): Promise<string>;
  /** The pictures that it was built of, as they came, in the order of the manifest's sources; absent where they are gone. */
  originals?: readonly { path: string; bytes: number }[];
  workFolder: string;
}

export interface ElementBodyTools {
  media: Pick<Media, 'convertClip' | 'rewriteImage'>;
  publish?: Publish;
  signal: AbortSignal;
}

/**
 * The body of the upstream's element create: pictures as base64 without prefix, a clip by an address that it can fetch.
 * Throws `invalid_parameters` for what the upstream doesn't take.
 */
export async function writeElementBody(
  material: ElementMaterial,
  tools: ElementBodyTools,
): Promise<Record<string, unknown>> {
  const { name, description, voice_id, tags, manifest } = material;
  const sources =
    manifest.reference_type === 'image_refer'
      ? { element_image_list: await writeImages(material, tools) }
      : { element_video_list: { refer_videos: [{ video_url: await publishClip(material, tools) }] } };
  return {
    element_name: name,
    element_description: description,
    reference_type: manifest.reference_type,
    ...sources,
    ...(voice_id === null ? {} : { element_voice_id: voice_id }),
    ...(tags.length === 0 ? {} : { tag_list: tags.map((tag_id) => ({ tag_id })) }),
  };
}

/** The upstream's limit on one picture, in bytes. */
export const imageBytesMax = 10 * 1024 * 1024;

async function writeImages(material: ElementMaterial, tools: ElementBodyTools) {
  const { manifest, param } = material;
  const uprights = manifest.files
    .filter(({ role }) => role === 'upright')
    .sort((one, other) => (one.source ?? 0) - (other.source ?? 0));
  // The frontal picture first, wherever its source stood.
  uprights.sort(
    (one, other) => Number(other.name === manifest.frontal_image) - Number(one.name === manifest.frontal_image),
  );
  const [frontal, ...references] = await Promise.all(
    uprights.slice(0, 4).map(async (file) => await readBase64(await findBest(material, file, tools), param)),
  );
  if (frontal === undefined || references.length === 0) {
    throw klingRefusesFile(param, `has ${uprights.length} pictures, the Kling API takes a frontal one and 1 to 3 more`);
  }
  return { frontal_image: frontal, refer_images: references.map((image_url) => ({ image_url })) };
}

/** What is kept is smaller than what the upstream takes: while what came is there, it is sent, without what its EXIF tells. */
async function findBest(
  { param, fetchFile, originals, workFolder }: ElementMaterial,
  { name, source }: Pick<ElementFile, 'name' | 'source'>,
  { media, signal }: ElementBodyTools,
): Promise<string> {
  const original = source === null ? undefined : originals?.[source];
  if (original === undefined) return await fetchFile(name);
  const path = join(workFolder, `upstream-${randomUUID()}-${name}`);
  await media.rewriteImage({ param, ...original }, path, { bytesMax: imageBytesMax }, { signal });
  return path;
}

/** Base64 as the upstream wants it, without `data:` before it. */
export async function readBase64(path: string, param: string): Promise<string> {
  const { size } = await stat(path);
  if (size > imageBytesMax) {
    throw klingRefusesFile(param, `a picture has ${size} bytes, the Kling API takes at most ${imageBytesMax}`);
  }
  return (await readFile(path)).toString('base64');
}

async function publishClip({ manifest, param, fetchFile, workFolder }: ElementMaterial, tools: ElementBodyTools) {
  const clip = findClip(manifest);
  if (clip === null) throw klingRefusesFile(param, noClip);
  const rule = judgeElementClip(clip.facts);
  if (rule !== null) throw klingRefusesFile(param, rule);
  if (tools.publish === undefined) throw noPublicAddress(param);
  const path = await fetchFile(clip.name);
  if (!needsConversion(clip.facts)) {
    return await tools.publish(path, clip.facts.format === 'mov' ? 'video/quicktime' : 'video/mp4');
  }
  const converted = join(workFolder, `upstream-${clip.name.replace(/\.\w+$/, '')}-${randomUUID()}.mp4`);
  const source = { param, path, bytes: clip.facts.bytes };
  await tools.media.convertClip(source, converted, { shortSideMaxPx }, { signal: tools.signal });
  return await tools.publish(converted, 'video/mp4');
}

/** Elements built before clips were kept. */
export const noClip =
  'its video was not kept when it was built, so it can not be made known to the Kling API; build it again';
