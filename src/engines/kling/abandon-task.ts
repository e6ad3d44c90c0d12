import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/index.ts';
import { engineName } from './check-video.ts';
import { endedBeforeSent } from './errors.ts';
import { toFailure } from './stored-failure.ts';
import { failWaiting, insertEnded, isPaid, listPaidVideos, lockVideo, markUnwanted } from './unwanted-queries.ts';

/** A task of ours, and the engine it was given to. */
export interface GivenTask {
  id: string;
  kind: 'element' | 'video';
  engine: string;
}

/**
 * A task of ours has ended: what waits to be sent for it never is, and what has not even begun can't begin any more. What
 * may have been sent is left alone, since only the upstream knows its end; an element that comes of it is deleted there
 * by {@link removeUnwanted}. Meant for the transaction that ends the task, which so can't be overtaken by a free slot.
 *
 * Returns whether it is a video that is paid for upstream, or may be: a transaction that would give its price back for
 * nothing but a change of mind has to be rolled back then. Whichever comes first at the row, this or the claim for
 * sending, decides, over all processes.
 */
export async function abandonTask(tx: Db, { id, kind, engine }: GivenTask): Promise<boolean> {
  if (engine !== engineName) return false;
  const failure = toFailure(endedBeforeSent());
  // First: it waits for whoever is just beginning the task, and the next statement sees what he wrote.
  await insertEnded(tx, { external_task_id: `never-${randomUUID()}`, purpose: kind, subject: id }, failure);
  const isPaidVideo = kind === 'video' && isPaid(await lockVideo(tx, id));
  await failWaiting(tx, { purpose: kind, subject: id }, failure);
  if (kind === 'element') await markUnwanted(tx, { purpose: kind, subject: id });
  return isPaidVideo;
}

/** Of these tasks of ours, the ids of those that are paid for upstream, or may be: they can't be cancelled any more. */
export async function listPaidTasks(db: Db, tasks: readonly GivenTask[]): Promise<string[]> {
  const ids = tasks.filter(({ kind, engine }) => kind === 'video' && engine === engineName).map(({ id }) => id);
  return ids.length === 0 ? [] : await listPaidVideos(db, ids);
}
