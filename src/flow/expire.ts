import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../context.ts';
import { forgetDeletedFiles, listKnownStorageKeys } from '../elements/index.ts';
import { listUnfinishedIds } from '../tasks/index.ts';
import { publishedMs, publishedPrefix } from './publish.ts';
import { elementsPrefix, resultsPrefix } from './store-drafts.ts';
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
 * inputs of finished tasks; and what has run out: videos whose links have ended, files of deleted elements, copies that
 * services elsewhere have fetched; and what those have made for tasks that ended meanwhile. Rows never point at a file that this removes: a file is older than `leftoverAgeMs` or
 * kept.
 * Throws the reason of `signal` between two files when the process stops.
 */
export async function expire(context: Context, signal?: AbortSignal): Promise<Expired> {
  const before = new Date(context.clock.now().getTime() - leftoverAgeMs);
  await context.storage.sweep(before);
  const workFolders = await removeWorkFolders(context.workFolder, before, signal);
  await forgetDeletedElements(context, before);
  await tidyElsewhere(context, signal);
  const unusedFiles = await removeStored(context, elementsPrefix, before, signal, (keys) =>
    listKnownStorageKeys(context.database.db, keys),
  );
  const unusedInputs = await removeStored(context, inputsPrefix, before, signal, async (keys) => {
    const unfinished = new Set(await listUnfinishedIds(context.database.db, keys.map(taskIdOf)));
    return keys.filter((key) => unfinished.has(taskIdOf(key)));
  });
  const nobody = async () => [];
  // A video is stored before its task is finished, and lives as long as the links from then on.
  const resultsBefore = new Date(before.getTime() - context.config.resultHours * 3_600_000);
  const oldResults = await removeStored(context, resultsPrefix, resultsBefore, signal, nobody);
  const publishedBefore = new Date(context.clock.now().getTime() - publishedMs);
  const oldCopies = await removeStored(context, publishedPrefix, publishedBefore, signal, nobody);
  return { workFolders, storedFiles: unusedFiles + unusedInputs + oldResults + oldCopies };
}

/**
 * By now no video that was made while its element was deleted can be at work on it: what an engine has made of it
 * elsewhere meanwhile is removed there too. Where that fails, the log says so.
 */
async function forgetDeletedElements({ database, engines, log }: Context, before: Date): Promise<void> {
  for (const id of await forgetDeletedFiles(database.db, before)) {
    await engines.forgetElement(String(id)).catch((error) => {
      log.error({ err: error, element_id: String(id) }, 'a deleted element may still exist elsewhere');
    });
  }
}

/** A service elsewhere that can't be asked must not keep this machine from its own sweep. */
async function tidyElsewhere({ engines, log }: Context, signal = new AbortController().signal): Promise<void> {
  await engines.tidy(signal).catch((error) => {
    signal.throwIfAborted();
    log.warn({ err: error }, 'what is left elsewhere of ended tasks could not be removed now');
  });
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
