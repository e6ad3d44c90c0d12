import { returnKeyAllowance } from '../accounts/index.ts';
import { deliverQueue, insertCallback } from '../callbacks/index.ts';
import type { Context } from '../context.ts';
import { refund, settle } from '../credits/index.ts';
import { type Db, together, transaction } from '../db/index.ts';
import { insertElement, type NewElement, presentElementResult } from '../elements/index.ts';
import type { Job } from '../jobs/index.ts';
import type { AppError } from '../lib/errors.ts';
import { failpoint } from '../lib/failpoint.ts';
import {
  buildQueue,
  cancelTask,
  completeTask,
  confirmClaim,
  failTask,
  findTask,
  type Task,
  taskFinished,
  taskNotFound,
} from '../tasks/index.ts';
import type { AcceptedRequest } from './accepted-request.ts';
import { cancelledByOwner, presentFailure } from './failures.ts';
import type { StoredDraft } from './store-files.ts';
import { removeInputs } from './store-inputs.ts';

/** A claimed task with the job that brought it here. */
export interface ClaimedTask {
  task: Task;
  job: Job;
}

/**
 * The work is done: in one transaction the task is completed, its element exists, the reservation is settled and the
 * callback is due. Returns false when the claim was lost meanwhile: then nothing was written and the draft is to be
 * thrown away.
 */
export async function concludeCompleted(context: Context, claimed: ClaimedTask, draft: StoredDraft): Promise<boolean> {
  const { task } = claimed;
  const element = toElement(task, draft);
  const result = presentElementResult(element);
  return await conclude(context, claimed, async (tx) => {
    const done = await completeTask(tx, task, {
      result_data: result,
      results: [],
      charged_microcredits: task.reserved_microcredits,
    });
    if (done === null) return null;
    await together(
      insertElement(tx, element, draft.files).then(() => failpoint('F8')),
      settle(tx, { task_id: task.id, charged_microcredits: task.reserved_microcredits }),
    );
    failpoint('F9');
    return done;
  });
}

/** The task has failed for good: refunded in full. Returns false when the claim was lost meanwhile. */
export async function concludeFailed(context: Context, claimed: ClaimedTask, failure: AppError): Promise<boolean> {
  return await conclude(context, claimed, async (tx) => {
    const failed = await failTask(tx, claimed.task, presentFailure(failure));
    if (failed !== null) await giveBack(tx, failed);
    return failed;
  });
}

/**
 * This attempt failed but another may succeed: the task runs again after `delaySeconds`. Returns false when the claim was
 * lost meanwhile: then somebody else works on the task or it's finished, and a second job would only shut them out.
 */
export async function retryLater(context: Context, { task, job }: ClaimedTask, delaySeconds: number): Promise<boolean> {
  return await transaction(context.database.db, async (tx) => {
    const holds = await confirmClaim(tx, task);
    if (holds) await context.jobs.send(tx, buildQueue, { task_id: task.id }, { delaySeconds });
    await context.jobs.finish(tx, buildQueue, [job]);
    return holds;
  });
}

/**
 * Cancels an unfinished task of the account and refunds it in full; whoever works on it finds its claim lost. Errors:
 * 404 `task_not_found`, 409 `task_not_cancellable` when it's finished already.
 */
export async function cancel(context: Context, accountId: number, taskId: string): Promise<Task> {
  const cancelled = await transaction(context.database.db, async (tx) => {
    const task = await cancelTask(tx, accountId, taskId, presentFailure(cancelledByOwner()));
    if (task === null) return null;
    await giveBack(tx, task);
    await makeCallbackDue(context, tx, task);
    return task;
  });
  if (cancelled === null) {
    const task = await findTask(context.database.db, accountId, taskId);
    throw task === null ? taskNotFound() : taskFinished(task.status);
  }
  if (cancelled.callback_url !== null) context.jobs.wakeUp.wake(deliverQueue);
  await removeInputs(context.storage, cancelled);
  return cancelled;
}

async function conclude(
  context: Context,
  { job }: ClaimedTask,
  end: (tx: Db) => Promise<Task | null>,
): Promise<boolean> {
  const ended = await transaction(context.database.db, async (tx) => {
    const done = await end(tx);
    await together(done && makeCallbackDue(context, tx, done), context.jobs.finish(tx, buildQueue, [job]));
    return done;
  });
  failpoint('F10');
  if (ended === null) return false;
  if (ended.callback_url !== null) context.jobs.wakeUp.wake(deliverQueue);
  await removeInputs(context.storage, ended);
  return true;
}

async function giveBack(tx: Db, task: Task): Promise<void> {
  const { booked, returned_microcredits } = await refund(tx, { task_id: task.id });
  if (booked) await returnKeyAllowance(tx, task.api_key_id, returned_microcredits, task.created_at);
  failpoint('F14');
}

async function makeCallbackDue(context: Context, tx: Db, task: Task): Promise<void> {
  if (task.callback_url === null) return;
  await together(
    insertCallback(tx, { task_id: task.id, account_id: task.account_id, url: task.callback_url }),
    context.jobs.send(tx, deliverQueue, { task_id: task.id }, { group: new URL(task.callback_url).host }),
  );
}

function toElement(task: Task, draft: StoredDraft): NewElement {
  const request = task.request as unknown as AcceptedRequest;
  return {
    id: draft.element_id,
    account_id: task.account_id,
    task_id: task.id,
    name: request.element_name,
    description: request.element_description,
    reference_type: request.reference_type,
    voice_id: request.voice_id ?? null,
    engine: draft.engine,
    manifest: draft.manifest,
  };
}
