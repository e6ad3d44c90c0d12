import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { listKnownStorageKeys } from '../elements/index.ts';
import { listUnfinishedIds } from '../tasks/index.ts';
import { elementsPrefix } from './store-files.ts';
import { inputsPrefix } from './store-inputs.ts';

/** Whatever is younger may belong to work that runs right now; the longest build is a few minutes. */
const leftoverAgeMs = 3_600_000;

const batchSize = 500;

export interface Expired {
  workFolders: number;
  storedFiles: number;
}

/**
 * Removes what killed processes left behind: work folders, interrupted writes, stored files that no element uses and
 * inputs of finished tasks. Rows never point at a file that this removes: a file is older than `leftoverAgeMs` or kept.
 * Throws the reason of `signal` between two files when the process stops.
 */
export async function expire(context: Context, signal?: AbortSignal): Promise<Expired> {
  const before = new Date(context.clock.now().getTime() - leftoverAgeMs);
  await context.storage.sweep(before);
  const workFolders = await removeWorkFolders(context.workFolder, before, signal);
  const unusedFiles = await removeStored(context, elementsPrefix, before, signal, (keys) =>
    listKnownStorageKeys(context.database.db, keys),
  );
  const unusedInputs = await removeStored(context, inputsPrefix, before, signal, async (keys) => {
    const unfinished = new Set(await listUnfinishedIds(context.database.db, keys.map(taskIdOf)));
    return keys.filter((key) => unfinished.has(taskIdOf(key)));
  });
  return { workFolders, storedFiles: unusedFiles + unusedInputs };
}

const taskIdOf = (inputKey: string) => inputKey.split('/')[1] ?? '';

async function removeWorkFolders(folder: string, before: Date, signal: AbortSignal | undefined): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder)) {
    signal?.throwIfAborted();
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found === null || found.mtime >= before) continue;
    await rm(path, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}

async function removeStored(
  context: Context,
  prefix: string,
  before: Date,
  signal: AbortSignal | undefined,
  listUsed: (keys: string[]) => Promise<string[]>,
): Promise<number> {
  let removed = 0;
  let batch: string[] = [];
  const removeUnused = async () => {
    const used = new Set(await listUsed(batch));
    for (const key of batch) {
      if (used.has(key)) continue;
      await context.storage.delete(key);
      removed += 1;
    }
    batch = [];
  };
  for await (const file of context.storage.list(prefix)) {
    signal?.throwIfAborted();
    if (file.modifiedAt >= before) continue;
    batch.push(file.key);
    if (batch.length >= batchSize) await removeUnused();
  }
  if (batch.length > 0) await removeUnused();
  return removed;
}
