import { createHash } from 'node:crypto';
import { createElementId, type NewElementFile } from '../../elements/index.ts';
import type { DraftPicture, ElementDraft, ImageDraft, VideoDraft } from '../../engines/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { Task } from '../../tasks/index.ts';
import { elementsPrefix, resultsPrefix } from './stored-prefixes.ts';

/** What an attempt has made, its files in storage, in no table yet. */
export type StoredDraft = StoredElement | StoredVideo | StoredImages | StoredRehearsal;

export interface StoredElement extends Pick<ElementDraft, 'manifest' | 'summary' | 'upstream'> {
  kind: 'element';
  element_id: number;
  engine: string;
  files: readonly NewElementFile[];
}

export interface StoredVideo extends Omit<VideoDraft, 'file'> {
  kind: 'video';
  engine: string;
  files: readonly [{ storage_key: string }];
}

export interface StoredImages extends Pick<ImageDraft, 'warnings' | 'details'> {
  kind: 'image';
  engine: string;
  files: readonly ({ storage_key: string } & Pick<DraftPicture, 'width_px' | 'height_px' | 'set'>)[];
}

/** What a dry run has found. */
export interface StoredRehearsal extends Pick<ElementDraft['manifest'], 'report'> {
  kind: 'rehearsal';
  /** Each given file with what was measured of it. */
  sources: readonly object[];
  /** The sheet of an element, where one was made. */
  files: readonly { storage_key: string }[];
}

/**
 * Puts the files of a draft into storage, its manifest beside them as `element.json`. The id of the element to be is
 * drawn here, anew in each attempt, so that no two attempts write to the same place and what an abandoned one leaves
 * can be told from what an element uses.
 */
export async function storeElement(storage: Storage, draft: ElementDraft): Promise<StoredElement> {
  const element_id = createElementId();
  const { manifest, summary, upstream } = draft;
  const files = await storeElementFiles(storage, { folder: element_id, elementId: element_id }, draft.files, manifest);
  const kept = upstream === undefined ? {} : { upstream };
  return { kind: 'element', element_id, engine: manifest.engine.name, manifest, summary, files, ...kept };
}

/**
 * The same for files that no engine has made. `folder` begins with an element's id, and nothing else writes to it, whatever the element itself is
 * called. When one can't be kept, those before it are removed again.
 */
export async function storeElementFiles(
  storage: Storage,
  { folder, elementId }: { folder: number | string; elementId: number },
  drafts: ElementDraft['files'],
  manifest: object,
): Promise<NewElementFile[]> {
  const files: NewElementFile[] = [];
  try {
    for (const file of drafts) {
      const storage_key = `${elementsPrefix}${folder}/${file.name}`;
      await storage.put(storage_key, { path: file.path });
      const { name, media_type, bytes, sha256 } = file;
      files.push({ name, storage_key, media_type, size_bytes: bytes, sha256: Buffer.from(sha256, 'hex') });
    }
    // The database has the manifest as well; the file is for those who look at the pictures.
    if (files.length > 0) files.push(await storeManifest(storage, folder, elementId, manifest));
    return files;
  } catch (error) {
    // Where the disk is full, each attempt would leave some more until the sweep.
    await discardFiles(storage, files);
    throw error;
  }
}

async function storeManifest(
  storage: Storage,
  folder: number | string,
  elementId: number,
  manifest: object,
): Promise<NewElementFile> {
  const name = 'element.json';
  const storage_key = `${elementsPrefix}${folder}/${name}`;
  const bytes = Buffer.from(`${JSON.stringify({ element_id: String(elementId), ...manifest }, null, 2)}\n`);
  await storage.put(storage_key, { bytes });
  const sha256 = createHash('sha256').update(bytes).digest();
  return { name, storage_key, media_type: 'application/json', size_bytes: bytes.length, sha256 };
}

/** Puts a made video into storage, under this attempt's own key. */
export async function storeVideo(
  storage: Storage,
  { id, attempt }: Task,
  engine: string,
  { file, ...facts }: VideoDraft,
): Promise<StoredVideo> {
  const storage_key = `${resultsPrefix}${id}/${attempt}/video.mp4`;
  await storage.put(storage_key, { path: file.path });
  return { kind: 'video', engine, files: [{ storage_key }], ...facts };
}

/** Puts made pictures into storage, under this attempt's own keys. When one can't be kept, those before it are removed again. */
export async function storeImages(
  storage: Storage,
  { id, attempt }: Task,
  engine: string,
  { pictures, warnings, details }: ImageDraft,
): Promise<StoredImages> {
  const files: StoredImages['files'][number][] = [];
  try {
    for (const [at, { path, media_type, ...facts }] of pictures.entries()) {
      const ending = media_type === 'image/png' ? 'png' : 'jpg';
      const storage_key = `${resultsPrefix}${id}/${attempt}/image-${at + 1}.${ending}`;
      await storage.put(storage_key, { path });
      files.push({ storage_key, ...facts });
    }
  } catch (error) {
    await discardFiles(storage, files);
    throw error;
  }
  return { kind: 'image', engine, files, warnings, details };
}

/** Puts the sheet of a dry run into storage, under this attempt's own key, for as long as results live. */
export async function storePreview(
  storage: Storage,
  { id, attempt }: Task,
  { path, name }: { path: string; name: string },
): Promise<{ storage_key: string }> {
  const storage_key = `${resultsPrefix}${id}/${attempt}/${name}`;
  await storage.put(storage_key, { path });
  return { storage_key };
}

/** Removes the files of a draft that nothing came of. What can't be removed now is left to the sweep. */
export async function discardDraft(storage: Storage, draft: StoredDraft): Promise<void> {
  await discardFiles(storage, draft.files);
}

/** The same for files alone. */
export async function discardFiles(
  storage: Storage,
  files: readonly Pick<NewElementFile, 'storage_key'>[],
): Promise<void> {
  for (const file of files) await storage.delete(file.storage_key).catch(() => undefined);
}
