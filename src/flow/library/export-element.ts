import type { Readable } from 'node:stream';
import {
  archiveFormat,
  archiveVersion,
  elementFileNotFound,
  elementNotFound,
  findElement,
  listElementFiles,
  writeArchive,
} from '../../elements/index.ts';
import type { Context } from '../context.ts';

export interface ExportedElement {
  stream: Readable;
  sizeBytes: number;
}

/**
 * Streams an element of the account as one file that it can be made of again, here or elsewhere. Reads one of its files at a time.
 * Throws 404 `element_not_found`; 404 `element_file_not_found` before the first byte when one of them is gone from storage.
 */
export async function exportElement(
  { database: { db }, storage }: Pick<Context, 'database' | 'storage'>,
  accountId: number | null,
  elementId: number,
): Promise<ExportedElement> {
  const element = await findElement(db, accountId, elementId);
  if (element === null) throw elementNotFound();
  const { name, description, reference_type, voice_id, tags, labels, manifest } = element;
  const records = new Map((await listElementFiles(db, elementId)).map((file) => [file.name, file]));
  const files = manifest.files.map((file) => {
    const record = records.get(file.name);
    if (record === undefined) throw elementFileNotFound();
    const { storage_key, size_bytes, sha256 } = record;
    return { name: file.name, sizeBytes: size_bytes, sha256, storage_key, open: () => storage.get(storage_key) };
  });
  for (const { storage_key, sizeBytes } of files) {
    if ((await storage.find(storage_key))?.sizeBytes !== sizeBytes) throw elementFileNotFound();
  }
  return await writeArchive(
    {
      format: archiveFormat,
      format_version: archiveVersion,
      element_id: String(elementId),
      element_name: name,
      element_description: description,
      reference_type,
      ...(voice_id === null ? {} : { element_voice_id: voice_id }),
      ...(tags.length === 0 ? {} : { tag_list: tags.map((tag_id) => ({ tag_id })) }),
      tags: labels,
      revision: element.revision,
      created_at: element.created_at.toISOString(),
      manifest,
    },
    files,
  );
}
