import type { Db } from '../../db/index.ts';
import { endedBeforeSent } from './errors.ts';
import { failWaiting } from './queries.ts';
import { toFailure } from './stored-failure.ts';

/**
 * A task of ours has ended: what waits to be sent for it never is. What may have been sent is left alone, since only the
 * upstream knows its end. Meant for the transaction that ends the task, which so can't be overtaken by a free slot.
 */
export async function withdrawWaiting(tx: Db, taskId: string): Promise<void> {
  await failWaiting(tx, taskId, toFailure(endedBeforeSent()));
}
