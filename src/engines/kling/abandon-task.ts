import { randomUUID } from 'node:crypto';
import type { Db } from '../../db/index.ts';
import { engineName } from './check-video.ts';
import { endedBeforeSent } from './errors.ts';
import { toFailure } from './stored-failure.ts';
import { failWaiting, insertEnded, markUnwanted } from './unwanted-queries.ts';

/** A task of ours that has ended without a result, and the engine it was given to. */
export interface AbandonedTask {
  id: string;
  kind: 'element' | 'video';
  engine: string;
}

/**
 * A task of ours has ended: what waits to be sent for it never is, and what has not even begun can't begin any more. What
 * may have been sent is left alone, since only the upstream knows its end; an element that comes of it is deleted there
 * by {@link removeUnwanted}. Meant for the transaction that ends the task, which so can't be overtaken by a free slot.
 */
export async function abandonTask(tx: Db, { id, kind, engine }: AbandonedTask): Promise<void> {
  if (engine !== engineName) return;
  const failure = toFailure(endedBeforeSent());
  // First: it waits for whoever is just beginning the task, and the next statement sees what he wrote.
  await insertEnded(tx, { external_task_id: `never-${randomUUID()}`, purpose: kind, subject: id }, failure);
  await failWaiting(tx, { purpose: kind, subject: id }, failure);
  if (kind === 'element') await markUnwanted(tx, { purpose: kind, subject: id });
}
