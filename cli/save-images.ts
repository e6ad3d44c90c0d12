import { parse, resolve } from 'node:path';
import { type Client, download, getTask, parseImageResult } from '../client/index.ts';
import { exitCodes } from './exit-codes.ts';
import { followTask } from './follow-task.ts';
import type { Typed } from './name-typed.ts';
import { saveStream } from './save-stream.ts';

/**
 * Waits for a task for pictures, prints it and saves its picture as `file`, or several as `NAME-1`, `NAME-2`, … with its ending, those of
 * sets as `NAME-0-1` and so on, each with the number of its set. Each is replaced only once all of it is here. Returns the exit code.
 */
export async function saveImages(
  client: Client,
  taskId: string,
  file: string,
  folder: string,
  { json, typed }: { json: boolean; typed: Typed },
): Promise<number> {
  const code = await followTask(client, taskId, { json, typed });
  const { images = [] } = parseImageResult(await getTask(client, taskId)) ?? {};
  if (code !== exitCodes.done) return code;
  const { dir, name, ext } = parse(file);
  const counts = new Map<number | undefined, number>();
  for (const { url, set } of images) {
    const nth = (counts.get(set) ?? 0) + 1;
    counts.set(set, nth);
    const mark = set === undefined ? `${nth}` : `${set}-${nth}`;
    const path = images.length === 1 ? resolve(folder, file) : resolve(folder, dir, `${name}-${mark}${ext}`);
    await saveStream(await download(client, url), path);
    if (!json) process.stdout.write(`saved       ${path}\n`);
  }
  return code;
}
