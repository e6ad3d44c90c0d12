import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/index.ts';
import type { OwnTask } from '../../engines/index.ts';
import { endedBeforeSent, toFailure } from '../errors.ts';
import { failWaiting, insertEnded, isPaid, lockVideo, markUnwanted } from './unwanted-queries.ts';

/**
 * A task of ours has ended: what waits to be sent for it never is, and what has not even begun can't begin any more. What
 * may have been sent is left alone, since only the upstream knows its end; an element that comes of it is deleted there
 * by {@link removeUnwanted}. Meant for the transaction that ends the task, which so can't be overtaken by a free slot.
 *
 * Returns whether it is a video, or pictures, that is paid for upstream, or may be: a transaction that would give its price back for
 * nothing but a change of mind has to be rolled back then. Whichever comes first at the row, this or the claim for
 * sending, decides, over all processes.
 */
export async function abandonTask(tx: Db, { id, kind: made }: OwnTask): Promise<boolean> {
  const failure = toFailure(endedBeforeSent());
  const kind = toPurpose(made);
  // First: it waits for who is just beginning the task, and the next statement sees what he wrote.
  await insertEnded(tx, { external_task_id: `never-${randomUUID()}`, purpose: kind, subject: id }, failure);
  const isPaidVideo = kind === 'video' && isPaid(await lockVideo(tx, id));
  await failWaiting(tx, { purpose: kind, subject: id }, failure);
  if (kind === 'element') await markUnwanted(tx, { purpose: kind, subject: id });
  return isPaidVideo;
}

/** What a task of ours is written down for: what is billed goes the same way, whatever it is. */
export function toPurpose(kind: OwnTask['kind']): 'video' | 'element' {
  return kind === 'element' ? 'element' : 'video';
}
