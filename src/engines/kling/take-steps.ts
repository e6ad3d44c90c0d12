import { AppError } from '../../lib/errors.ts';
import type { Desk } from './desk.ts';
import { klingTookTooLong } from './errors.ts';
import { followTask } from './follow-task.ts';
import { pause } from './pause.ts';
import {
  claimFreeSend,
  failWaitingTask,
  getKlingTask,
  type KlingTask,
  markFailed,
  returnToWaiting,
} from './queries.ts';
import { resolveSending } from './resolve-sending.ts';
import { toAppError, toFailure } from './stored-failure.ts';
import type { StoredFailure } from './tables.ts';
import { takeOverTask } from './take-over-task.ts';

export interface Steps {
  signal: AbortSignal;
  onProgress(fraction: number, step: string): void;
  /** Null when there is nothing to send: then the steps end before the next create. */
  send: {
    /** What must be there before a create is worth a slot. */
    prepare(): Promise<void>;
    /** Sends a claimed task; false when its outcome is unknown. */
    create(claimed: KlingTask, signal: AbortSignal): Promise<boolean>;
  } | null;
}

/**
 * Moves a task on from wherever it stands until it has succeeded, and answers its row then; null when it stands before a
 * create and nothing can be sent. Throws what it failed with, `generation_timeout` after its deadline, on abort the
 * signal's reason.
 */
export async function takeSteps(desk: Desk, begun: KlingTask, steps: Steps): Promise<KlingTask | null> {
  /** The number of our own last create, when it ended without an answer. */
  let unanswered = 0;
  try {
    for (let task = begun; ; task = await getKlingTask(desk.db, begun.external_task_id)) {
      if (task.state === 'succeeded') return task;
      if (task.state === 'failed') throw toAppError(task.failure as StoredFailure);
      steps.signal.throwIfAborted();
      if (task.credential !== desk.credential) await beforeDeadline(desk, task, steps, takeOver);
      else if (task.state === 'submitted') await beforeDeadline(desk, task, steps, follow);
      else if (task.state === 'waiting' && steps.send === null) return null;
      else
        unanswered =
          (await beforeDeadline(desk, task, steps, (...step) => sendOnce(...step, unanswered))) ?? unanswered;
    }
  } finally {
    desk.turnstile.look();
  }
}

type Step<T> = (desk: Desk, task: KlingTask, steps: Steps) => Promise<T>;

const takeOver: Step<void> = (desk, task, { signal }) => takeOverTask(desk, task, signal);
const follow: Step<void> = (desk, task, { signal, onProgress }) => followTask(desk, task, signal, onProgress);

/**
 * Time to wait for a slot runs from the task's beginning, time to be made from when it was sent. What was sent is looked
 * at even after that: it may be done, and is paid for then, when its process was away for long. Undefined when the step
 * was cut off but has sent the task.
 */
async function beforeDeadline<T>(desk: Desk, task: KlingTask, steps: Steps, step: Step<T>): Promise<T | undefined> {
  const { deadlineMs, timeoutMs } = desk.limits;
  const wasSent = task.state !== 'waiting';
  const leftMs = wasSent ? Math.max(timeoutMs, deadlineMs - (task.sent_ago_ms ?? 0)) : deadlineMs - task.age_ms;
  const deadline = AbortSignal.timeout(Math.max(0, Math.round(leftMs)));
  try {
    return await step(desk, task, { ...steps, signal: AbortSignal.any([steps.signal, deadline]) });
  } catch (error) {
    steps.signal.throwIfAborted();
    if (!deadline.aborted || error !== deadline.reason) throw error;
    const failure = klingTookTooLong(deadlineMs / 1000);
    // What is to be made known upstream costs nothing there, and the next video may try it anew.
    if (task.purpose === 'provision') await markFailed(desk.db, task.external_task_id, toFailure(failure), null);
    if (wasSent) throw failure;
    await failWaitingTask(desk.db, task.external_task_id, toFailure(failure));
    return undefined;
  }
}

/** Sends what waits, or finds out what became of a create; answers the number of our own last one without an answer. */
async function sendOnce(desk: Desk, task: KlingTask, steps: Steps, unanswered: number): Promise<number> {
  const { send, signal } = steps;
  const claimed =
    task.state === 'waiting'
      ? await waitForLeave(desk, task, steps)
      : await resolveSending(desk, task, unanswered === task.sends, signal);
  if (claimed === null) return unanswered;
  if (send !== null) return (await send.create(claimed, signal)) ? unanswered : claimed.sends;
  // It isn't upstream, or nobody could have claimed it.
  await returnToWaiting(desk.db, task.external_task_id, claimed.sends);
  return unanswered;
}

/** Waits for leave to send; null when somebody else has moved the task on, or it is worth another look. */
async function waitForLeave(desk: Desk, task: KlingTask, { signal, onProgress, send }: Steps) {
  onProgress(0.05, 'waiting');
  try {
    await send?.prepare();
    return await (task.holds_slot ? waitForSlot(desk, task, signal) : claimOrPause(desk, task, signal));
  } catch (error) {
    // Refused while it waits, it has ended, and must not stand in the queue.
    const isFinal = error instanceof AppError && !error.retryable;
    if (isFinal) await markFailed(desk.db, task.external_task_id, toFailure(error), null);
    throw error;
  }
}

async function waitForSlot(desk: Desk, task: KlingTask, signal: AbortSignal): Promise<KlingTask | null> {
  const isOurs = await desk.turnstile.enter(task.external_task_id, signal);
  return isOurs ? await getKlingTask(desk.db, task.external_task_id) : null;
}

async function claimOrPause(desk: Desk, task: KlingTask, signal: AbortSignal): Promise<KlingTask | null> {
  const claimed = await claimFreeSend(desk.db, task.external_task_id);
  if (claimed === null) await pause(desk.pace.slotMs, signal);
  return claimed;
}
