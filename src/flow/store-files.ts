import type { ElementDraft } from '../engines/index.ts';
import type { Storage } from '../storage/index.ts';
import type { Claim } from '../tasks/index.ts';

/** Where elements' files lie: `elements/<task>-<attempt>/<name>`. */
export const elementsPrefix = 'elements/';

export interface StoredFile {
  name: string;
  storage_key: string;
  media_type: string;
  size_bytes: number;
  sha256: Buffer;
}

export interface StoredDraft {
  engine: string;
  manifest: Record<string, unknown>;
  files: readonly StoredFile[];
}

/**
 * Puts the files of a draft into storage under a prefix of this attempt alone, so that two attempts never write to the
 * same place and what an abandoned one leaves can be told from what an element uses.
 */
export async function storeDraft(storage: Storage, claim: Claim, draft: ElementDraft): Promise<StoredDraft> {
  const files: StoredFile[] = [];
  for (const file of draft.files) {
    const key = `${elementsPrefix}${claim.id}-${claim.attempt}/${file.name}`;
    await storage.put(key, { path: file.path });
    files.push({
      name: file.name,
      storage_key: key,
      media_type: file.media_type,
      size_bytes: file.bytes,
      sha256: Buffer.from(file.sha256, 'hex'),
    });
  }
  return { engine: draft.manifest.engine.name, manifest: draft.manifest, files };
}

/** Removes the files of a draft that no element came of. What can't be removed now is left to the sweep. */
export async function discardDraft(storage: Storage, draft: StoredDraft): Promise<void> {
  for (const file of draft.files) await storage.delete(file.storage_key).catch(() => undefined);
}
