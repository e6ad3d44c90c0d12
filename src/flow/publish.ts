import type { Context } from '../context.ts';
import type { VideoTools } from '../engines/index.ts';
import { createRandomText } from '../lib/random.ts';
import { noPublicAddress } from './failures.ts';

/** Where copies lie that services elsewhere fetch while a task runs. */
export const publishedPrefix = 'published/';

/** Long enough for a service that queues for hours, short enough to be no archive. */
export const publishedMs = 6 * 3_600_000;

/** Letters and digits of a file's own folder: two files of a task never share a key. */
const folderAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Puts files into storage under signed links of this server's public address. */
export function createPublisher(context: Context, taskId: string): VideoTools['publish'] {
  return async (path, mediaType) => {
    const { publicUrl } = context.config.http;
    if (publicUrl === undefined) throw noPublicAddress();
    const extension = mediaType.split('/')[1]?.replace('quicktime', 'mov') ?? 'bin';
    const key = `${publishedPrefix}${taskId}/${createRandomText(12, folderAlphabet)}/file.${extension}`;
    await context.storage.put(key, { path });
    return `${publicUrl}${context.links.sign(key, new Date(context.clock.now().getTime() + publishedMs))}`;
  };
}

/** Removes what a task has published. What can't be removed now is left to the sweep. */
export async function withdrawPublished({ storage }: Context, taskId: string): Promise<void> {
  try {
    for await (const { key } of storage.list(`${publishedPrefix}${taskId}/`)) await storage.delete(key);
  } catch {
    // the sweep finds it
  }
}
