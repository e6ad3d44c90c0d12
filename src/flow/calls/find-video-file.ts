import { mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { stillNames } from '../../media/index.ts';
import type { Task } from '../../tasks/index.ts';
import type { Context } from '../context.ts';
import { videoNotReady } from './errors.ts';

/** A finished video, its first frame, or four of its frames in one picture. */
export type VideoFile = 'video' | keyof typeof stillNames;

/**
 * Where a file of a finished video lies in storage; null when its time is over. The pictures are drawn when they are first
 * asked for and kept beside the video. Throws 404 `file_not_found` for a task that has no video (yet), and what drawing
 * throws.
 */
export async function findVideoFile(context: Context, task: Task, file: VideoFile): Promise<string | null> {
  const [video] = task.results ?? [];
  if (task.status !== 'completed' || task.dry_run || video === undefined) throw videoNotReady(task.status);
  if (task.deleted_at !== null) return null;
  if (file === 'video') return video;
  const key = keyBeside(video, file);
  if ((await context.storage.find(key)) !== null) return key;
  if ((await context.storage.find(video)) === null) return null;
  const known = underWay.get(video) ?? drawStills(context, task, video);
  underWay.set(video, known);
  try {
    await known;
  } finally {
    underWay.delete(video);
  }
  return key;
}

/** Being drawn in this process: several that ask at once wait for the same work. */
const underWay = new Map<string, Promise<void>>();

const keyBeside = (video: string, file: keyof typeof stillNames) =>
  `${video.slice(0, video.lastIndexOf('/'))}/${stillNames[file]}`;

async function drawStills({ engines, storage, workFolder }: Context, { id }: Task, video: string): Promise<void> {
  const folder = await mkdtemp(join(workFolder, `${id}-stills-`));
  try {
    const path = join(folder, 'video.mp4');
    await storage.copyTo(video, path);
    const { size: bytes } = await stat(path);
    await engines.drawStills({ path, bytes, param: 'the video' }, folder);
    for (const file of ['thumbnail', 'frames'] as const) {
      await storage.put(keyBeside(video, file), { path: join(folder, stillNames[file]) });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
