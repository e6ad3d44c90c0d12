import type { MediaSource, ModelRequest } from '../../models/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { Task } from '../../tasks/index.ts';
import { type AcceptedSource, readAcceptedRequest } from '../accepted-request.ts';
import { inputsPrefix } from './stored-prefixes.ts';

export interface StoredInputs {
  /** The sources, each inline picture replaced by the key of its stored copy, and each stored file by its own. */
  sources: readonly AcceptedSource[];
  /** Removes the copies when no task came of them. */
  discard(): Promise<void>;
}

/**
 * Puts inline pictures into storage, so that neither a task nor a job ever carries media bytes. When one can't be stored,
 * none is. `fileKeys` tells where the stored files lie, by their ids.
 */
export async function storeInputs(
  storage: Storage,
  taskId: string,
  request: ModelRequest,
  fileKeys: ReadonlyMap<string, string>,
): Promise<StoredInputs> {
  const keys: string[] = [];
  const sources: AcceptedSource[] = [];
  const discard = async () => {
    for (const key of keys) await storage.delete(key).catch(() => undefined); // the sweep finds what stays
  };
  for (const [index, source] of request.sources.entries()) {
    if (!('inline' in source)) {
      sources.push('file_id' in source ? nameStored(source, fileKeys) : source);
      continue;
    }
    const key = `${inputsPrefix}${taskId}/${index}`;
    keys.push(key);
    try {
      await storage.put(key, { bytes: source.inline });
    } catch (error) {
      await discard();
      throw error;
    }
    sources.push({ role: source.role, param: source.param, storage_key: key });
  }
  return { sources, discard };
}

function nameStored(
  { role, param, file_id }: Extract<MediaSource, { file_id: string }>,
  fileKeys: ReadonlyMap<string, string>,
): AcceptedSource {
  const storage_key = fileKeys.get(file_id);
  if (storage_key === undefined) throw new Error(`${param}: nobody has looked for ${file_id}`);
  return { role, param, storage_key };
}

/** Removes the copies of a finished task. What can't be removed now is left to the sweep. */
export async function removeInputs(storage: Storage, task: Task): Promise<void> {
  const { sources } = readAcceptedRequest(task);
  for (const source of sources) {
    const isCopy = 'storage_key' in source && source.storage_key.startsWith(inputsPrefix);
    if (isCopy) await storage.delete(source.storage_key).catch(() => undefined);
  }
}
