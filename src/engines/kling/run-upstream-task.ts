import { randomUUID } from 'node:crypto';
import { AppError } from '../../lib/errors.ts';
import type { Desk } from './desk.ts';
import { klingTookTooLong, otherAccount } from './errors.ts';
import { followTask } from './follow-task.ts';
import { pause } from './pause.ts';
import { beginKlingTask, claimFreeSend, getKlingTask, type KlingTask, markFailed } from './queries.ts';
import { resolveSending } from './resolve-sending.ts';
import { sendTask } from './send-task.ts';
import { toAppError, toFailure } from './stored-failure.ts';
import type { StoredFailure } from './tables.ts';
import type { UpstreamOrder } from './upstream-order.ts';

/**
 * Has one thing made upstream and answers its row once it has succeeded. Calls with the same purpose and subject share
 * one upstream task, whether they come after each other, after a kill, or at once from several processes.
 *
 * Throws what the task failed with, in every later call the same; `generation_timeout` when it took too long; on abort
 * the signal's reason. Where a later call would go on, nothing is lost by throwing.
 */
export async function runUpstreamTask(desk: Desk, order: UpstreamOrder): Promise<KlingTask> {
  const { purpose, subject, endpoint, holdsSlot: holds_slot } = order;
  const task = await beginKlingTask(desk.db, {
    ...{ purpose, subject, endpoint, holds_slot, credential: desk.credential },
    external_task_id: `troupe-${randomUUID()}`,
  });
  if (task.credential !== desk.credential && task.state !== 'failed') throw otherAccount();
  const deadline = AbortSignal.timeout(Math.max(0, Math.round(desk.limits.deadlineMs - task.age_ms)));
  const signal = AbortSignal.any([order.signal, deadline]);
  try {
    return await takeSteps(desk, { ...order, signal }, task);
  } catch (error) {
    order.signal.throwIfAborted();
    throw deadline.aborted && error === deadline.reason ? await giveUp(desk, task.external_task_id) : error;
  } finally {
    desk.turnstile.look();
  }
}

async function takeSteps(desk: Desk, order: UpstreamOrder, begun: KlingTask): Promise<KlingTask> {
  /** The number of our own last create, when it ended without an answer. */
  let unanswered = 0;
  for (let task = begun; ; task = await getKlingTask(desk.db, task.external_task_id)) {
    if (task.state === 'succeeded') return task;
    if (task.state === 'failed') throw toAppError(task.failure as StoredFailure);
    order.signal.throwIfAborted();
    if (task.state === 'submitted') {
      await followTask(desk, task, order.signal, order.onProgress);
      continue;
    }
    const claimed =
      task.state === 'waiting'
        ? await waitForLeave(desk, order, task)
        : await resolveSending(desk, task, unanswered === task.sends, order.signal);
    if (claimed !== null && !(await sendTask(desk, order, claimed))) unanswered = claimed.sends;
  }
}

/** Waits for leave to send; null when somebody else has moved the task on, or it is worth another look. */
async function waitForLeave(desk: Desk, order: UpstreamOrder, task: KlingTask): Promise<KlingTask | null> {
  order.onProgress(0.05, 'waiting');
  try {
    await order.prepare?.();
    return await (order.holdsSlot ? waitForSlot(desk, order, task) : claimOrPause(desk, order, task));
  } catch (error) {
    // Refused while it waits, it has ended, and must not stand in the queue.
    const isFinal = error instanceof AppError && !error.retryable;
    if (isFinal) await markFailed(desk.db, task.external_task_id, toFailure(error), null);
    throw error;
  }
}

async function waitForSlot(desk: Desk, { signal }: UpstreamOrder, task: KlingTask): Promise<KlingTask | null> {
  const isOurs = await desk.turnstile.enter(task.external_task_id, signal);
  return isOurs ? await getKlingTask(desk.db, task.external_task_id) : null;
}

async function claimOrPause(desk: Desk, { signal }: UpstreamOrder, task: KlingTask): Promise<KlingTask | null> {
  const claimed = await claimFreeSend(desk.db, task.external_task_id);
  if (claimed === null) await pause(desk.pace.slotMs, signal);
  return claimed;
}

/** What was sent keeps its slot until somebody learns that it has ended; what was not leaves the queue. */
async function giveUp(desk: Desk, externalTaskId: string): Promise<AppError> {
  const failure = klingTookTooLong(desk.limits.deadlineMs / 1000);
  const { state } = await getKlingTask(desk.db, externalTaskId);
  if (state === 'waiting') await markFailed(desk.db, externalTaskId, toFailure(failure), null);
  return failure;
}
