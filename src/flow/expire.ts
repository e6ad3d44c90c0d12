import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { forgetEndedSessions } from '../accounts/index.ts';
import { fillElementWords, forgetDeletedFiles } from '../elements/index.ts';
import { forgetFiles } from '../files/index.ts';
import { deleteChangesBefore } from '../tasks/index.ts';
import type { Context } from './context.ts';
import { describeFault } from './describe-fault.ts';
import { queueLostTasks } from './queue-lost-tasks.ts';
import { forgetOldAttempts } from './storage/forget-attempts.ts';
import { forgetReplaced } from './storage/forget-replaced.ts';
import { forgetOldRequests } from './storage/forget-requests.ts';
import { forgetOldTasks } from './storage/forget-tasks.ts';
import { sumPastDays } from './storage/sum-past-days.ts';
import { sweepStoredFiles } from './storage/sweep-stored-files.ts';

/** Whatever is younger may belong to work that runs right now; the longest build is a few minutes. */
const leftoverAgeMs = 3_600_000;

/** A row outlives its file's bytes: what a sweep that stops leaves behind is known to have ended until then. */
const forgetFilesMs = 7 * 86_400_000;

/** Longer than a stream may resume from, by what the clocks of two machines may differ. */
const changesAgeMs = 30 * 60_000;

export interface Expired {
  workFolders: number;
  /** Deleted or moved aside. */
  storedFiles: number;
}

/**
 * Gives unfinished tasks without a job one again. Removes what killed processes left behind: work folders, interrupted writes and inputs of finished tasks; and what has run
 * out: sessions of browsers, videos whose links have ended, uploaded files, files of deleted elements and those that mended ones have replaced, copies that services elsewhere have fetched; and what those have
 * made for tasks that ended meanwhile; and ended tasks, what their requests say, and attempts of callbacks that are older than the settings keep them. Adds up the use of days that are over. Stored files that the database doesn't know are moved aside, see
 * `sweepStoredFiles`. Rows never point at a file that this removes: a file is older than `leftoverAgeMs` or kept.
 * Throws the reason of `signal` between two files when the process stops.
 */
export async function expire(context: Context, signal = new AbortController().signal): Promise<Expired> {
  const before = new Date(context.clock.now().getTime() - leftoverAgeMs);
  await queueLostTasks(context, before);
  await context.storage.sweep(before);
  const workFolders = await removeWorkFolders(context.workFolder, before, signal);
  await forgetDeletedElements(context, before);
  await forgetReplaced(context, before, signal);
  while ((await fillElementWords(context.database.db, 200)) > 0) signal.throwIfAborted();
  await forgetEndedSessions(context.database.db, context.clock.now());
  await deleteChangesBefore(context.database.db, new Date(context.clock.now().getTime() - changesAgeMs));
  await tidyElsewhere(context, signal);
  const swept = await sweepStoredFiles(context, before, signal);
  const summedDays = await sumPastDays(context, signal);
  const tasks = await forgetOldTasks(context, signal);
  const requests = await forgetOldRequests(context, signal);
  const attempts = await forgetOldAttempts(context, signal);
  await forgetFiles(context.database.db, new Date(context.clock.now().getTime() - forgetFilesMs));
  context.log.info(
    { ...swept, work_folders: workFolders, summed_days: summedDays, tasks, requests, attempts },
    'swept',
  );
  return { workFolders, storedFiles: swept.deleted + swept.quarantined };
}

/**
 * By now no video that was made while its element was deleted can be at work on it: what an engine has made of it
 * elsewhere meanwhile is removed there too. Where that fails, the log says so.
 */
async function forgetDeletedElements({ database, engines, log }: Context, before: Date): Promise<void> {
  for (const id of await forgetDeletedFiles(database.db, before)) {
    await engines.forgetElement(database.db, String(id)).catch((error) => {
      log.error({ ...describeFault(error), element_id: String(id) }, 'a deleted element may still exist elsewhere');
    });
  }
}

/** A service elsewhere that can't be asked must not keep this machine from its own sweep. */
async function tidyElsewhere({ engines, log }: Context, signal: AbortSignal): Promise<void> {
  await engines.tidy(signal).catch((error) => {
    signal.throwIfAborted();
    log.warn(describeFault(error), 'what is left elsewhere of ended tasks could not be removed now');
  });
}

async function removeWorkFolders(folder: string, before: Date, signal: AbortSignal): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder)) {
    signal.throwIfAborted();
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (found === null || found.mtime >= before) continue;
    await rm(path, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}
