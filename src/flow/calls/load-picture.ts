import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { findElementFile } from '../../elements/index.ts';
import type { Task } from '../../tasks/index.ts';
import type { Context } from '../context.ts';
import { findVideoFile } from './find-video-file.ts';

/** Longer side in pixels: small enough for a model's context, large enough to know a subject again. */
const sideMaxPx = 1024;

/** The sheet of an element as a JPEG of at most 1,024 px; null where it has none. */
export async function loadSheet(context: Context, elementId: number): Promise<Buffer | null> {
  const file = await findElementFile(context.database.db, elementId, 'sheet.webp');
  return file === null ? null : await loadSmall(context, file.storage_key);
}

/** The sheet that a dry run of an element has left, like {@link loadSheet}; null where it has none any more. */
export async function loadPreview(context: Context, task: Task): Promise<Buffer | null> {
  return task.dry_run ? await loadOne(context, task, 0) : null;
}

/** One of finished pictures, by its place from 0, like {@link loadSheet}; null where its time is over. */
export async function loadImage(context: Context, task: Task, at = 0): Promise<Buffer | null> {
  return task.deleted_at === null ? await loadOne(context, task, at) : null;
}

async function loadOne(context: Context, { results }: Task, at: number): Promise<Buffer | null> {
  const key = results?.[at];
  return key === undefined || (await context.storage.find(key)) === null ? null : await loadSmall(context, key);
}

/** Four frames of a finished video in one JPEG of at most 1,024 px; null where its time is over. */
export async function loadFrames(context: Context, task: Task): Promise<Buffer | null> {
  const key = await findVideoFile(context, task, 'frames');
  return key === null ? null : await inFolder(context, (folder) => copyOut(context, key, join(folder, 'frames')));
}

function loadSmall(context: Context, key: string): Promise<Buffer> {
  return inFolder(context, async (folder) => {
    const path = join(folder, 'whole');
    const into = join(folder, 'small.jpg');
    await context.storage.copyTo(key, path);
    await context.engines.shrinkPicture(path, into, sideMaxPx);
    return await readFile(into);
  });
}

async function copyOut({ storage }: Context, key: string, path: string): Promise<Buffer> {
  await storage.copyTo(key, path);
  return await readFile(path);
}

async function inFolder(context: Context, work: (folder: string) => Promise<Buffer>): Promise<Buffer> {
  const folder = await mkdtemp(join(context.workFolder, 'picture-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
