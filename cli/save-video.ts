import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Client, download, getTask, parseVideoResult } from '../client/index.ts';
import { exitCodes } from './exit-codes.ts';
import { followTask } from './follow-task.ts';
import type { Typed } from './name-typed.ts';

/**
 * Waits for a video task, prints it and saves its video as `file`, which is replaced only once the whole video is here.
 * Folders that are missing are made: the video has been charged by then. Returns the exit code.
 */
export async function saveVideo(
  client: Client,
  taskId: string,
  file: string,
  folder: string,
  { json, typed }: { json: boolean; typed?: Typed },
): Promise<number> {
  const code = await followTask(client, taskId, { json, ...(typed === undefined ? {} : { typed }) });
  const video = parseVideoResult(await getTask(client, taskId));
  if (code !== exitCodes.done || video === undefined) return code;
  const path = resolve(folder, file);
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.part`;
  try {
    await pipeline(Readable.fromWeb(await download(client, video.video_url)), createWriteStream(partial));
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
  if (!json) process.stdout.write(`saved       ${file}\n`);
  return code;
}
