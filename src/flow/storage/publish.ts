import type { Publish } from '../../engines/index.ts';
import { createRandomText } from '../../lib/random.ts';
import type { Context, FlowConfig } from '../context.ts';
import { noPublicAddress } from './errors.ts';
import { publishedPrefix } from './stored-prefixes.ts';

/** Long enough for a service that queues for hours, short enough to be no archive. */
export const publishedMs = 6 * 3_600_000;

/** Letters and digits of a file's own folder: two files of a task never share a key. */
const folderAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Puts files into storage under signed links, to be withdrawn with the task: of the store where others reach it, else of
 * this server's public address.
 */
export function createPublisher(context: Context, taskId: string): Publish {
  return async (path, mediaType, until = taskId) => {
    const { config, clock, links, storage } = context;
    if (!canPublish(config)) throw noPublicAddress();
    const extension = mediaType.split('/')[1]?.replace('quicktime', 'mov') ?? 'bin';
    const key = `${publishedPrefix}${until}/${createRandomText(12, folderAlphabet)}/file.${extension}`;
    await storage.put(key, { path });
    const link = await storage.link(key, publishedMs / 1000);
    return link ?? `${config.flow.publicUrl}${links.sign(key, new Date(clock.now().getTime() + publishedMs))}`;
  };
}

/** Whether anything can be published at all. */
export function canPublish({ flow, storage }: Pick<FlowConfig, 'flow' | 'storage'>): boolean {
  return flow.publicUrl !== undefined || storage.linkEndpoint !== undefined;
}

/** Removes what was published until the end of a task, or of something else. What can't be is left to the sweep. */
export async function withdrawPublished({ storage }: Pick<Context, 'storage'>, until: string): Promise<void> {
  try {
    for await (const { key } of storage.list(`${publishedPrefix}${until}/`)) await storage.delete(key);
  } catch {
    // the sweep finds it
  }
}
