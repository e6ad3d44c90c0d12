import {
  beginRound,
  callbackNotResendable,
  type DueCallback,
  deliverQueue,
  findCallback,
} from '../../callbacks/index.ts';
import { transaction } from '../../db/index.ts';
import { findTask, taskNotFound } from '../../tasks/index.ts';
import type { Context } from '../context.ts';

/**
 * Has a finished task's callback sent again: a new round of attempts, the first at once, under the same `webhook-id` and on the way
 * of all callbacks. One that is due and not tried yet is left alone, so the call may be repeated. Throws 404
 * `task_not_found`, 409 `callback_not_resendable` for an unfinished task and for one without `callback_url`.
 */
export async function resendCallback(context: Context, accountId: number, taskId: string): Promise<void> {
  await transaction(context.database.db, async (tx) => {
    const task = await findTask(tx, accountId, taskId);
    if (task === null) throw taskNotFound();
    if (task.callback_url === null) throw callbackNotResendable('the task named no callback_url');
    if ((await findCallback(tx, taskId)) === null) throw callbackNotResendable(`the task is still ${task.status}`);
    const after = await beginRound(tx, taskId);
    if (after === null) return;
    const data: DueCallback = { task_id: taskId, after };
    await context.jobs.send(tx, deliverQueue, data, { group: new URL(task.callback_url).host });
  });
  context.jobs.wakeUp.wake(deliverQueue);
}
