import { resolve } from 'node:path';
import { type Client, download, getTask, parseVideoResult } from '../client/index.ts';
import { exitCodes } from './exit-codes.ts';
import { followTask } from './follow-task.ts';
import type { Typed } from './name-typed.ts';
import { saveStream } from './save-stream.ts';

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
  await saveStream(await download(client, video.video_url), resolve(folder, file));
  if (!json) process.stdout.write(`saved       ${file}\n`);
  return code;
}
