import type { Readable } from 'node:stream';
import type { MediaSource, ModelRequest } from '../../models/index.ts';
import type { Storage } from '../../storage/index.ts';
import type { Task } from '../../tasks/index.ts';
import { type AcceptedSource, readAcceptedRequest } from '../accepted-request.ts';
import { picturesGone } from '../errors.ts';
import { inputsPrefix } from './stored-prefixes.ts';

export interface StoredInputs {
  /** The sources, each inline picture and each of the program's own replaced by the key of its copy, and each stored file by its own. */
  sources: readonly AcceptedSource[];
  /** Removes the copies when no task came of them. */
  discard(): Promise<void>;
}

/**
 * Puts inline pictures into storage, so that neither a task nor a job ever carries media bytes. When one can't be stored,
 * none is. `fileKeys` tells where the stored files lie, by their ids, `stored` where what else is kept here does; of that a copy is
 * taken, since it may be deleted before the task runs. Throws 410 `link_expired` when it was already.
 */
export async function storeInputs(
  storage: Storage,
  taskId: string,
  request: ModelRequest,
  { fileKeys, stored }: Record<'fileKeys' | 'stored', ReadonlyMap<string, string>>,
): Promise<StoredInputs> {
  const keys: string[] = [];
  const sources: AcceptedSource[] = [];
  const discard = async () => {
    for (const key of keys) await storage.delete(key).catch(() => undefined); // the sweep finds what stays
  };
  for (const [index, source] of request.sources.entries()) {
    const from = 'file_id' in source && source.by === 'program' ? stored.get(source.file_id) : undefined;
    if (!('inline' in source) && from === undefined) {
      sources.push('file_id' in source ? nameStored(source, fileKeys) : source);
      continue;
    }
    const key = `${inputsPrefix}${taskId}/${index}`;
    keys.push(key);
    try {
      await storage.put(key, 'inline' in source ? { bytes: source.inline } : { stream: await open(storage, from) });
    } catch (error) {
      await discard();
      throw error;
    }
    sources.push({ role: source.role, param: source.param, storage_key: key });
  }
  return { sources, discard };
}

async function open(storage: Storage, key: string | undefined): Promise<Readable> {
  if (key === undefined) throw picturesGone();
  return await storage.get(key).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? picturesGone() : error;
  });
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
