import { AppError } from '../../lib/errors.ts';
import { pause } from '../account/polling-intervals.ts';
import type { KlingSession } from '../account/session.ts';
import { klingTookTooLong, toAppError, toFailure } from '../errors.ts';
import type { StoredFailure } from '../tables.ts';
import { followTask } from './follow-task.ts';
import {
  claimFreeSend,
  failWaitingTask,
  getKlingTask,
  type KlingTask,
  markFailed,
  returnToWaiting,
} from './queries.ts';
import { resolveSending } from './resolve-sending.ts';
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
export async function takeSteps(session: KlingSession, begun: KlingTask, steps: Steps): Promise<KlingTask | null> {
  /** The number of our own last create, when it ended without an answer. */
  let unanswered = 0;
  try {
    for (let task = begun; ; task = await getKlingTask(session.db, begun.external_task_id)) {
      if (task.state === 'succeeded') return task;
      if (task.state === 'failed') throw toAppError(task.failure as StoredFailure);
      steps.signal.throwIfAborted();
      if (task.credential !== session.credential) await beforeDeadline(session, task, steps, takeOver);
      else if (task.state === 'submitted') await beforeDeadline(session, task, steps, follow);
      else if (task.state === 'waiting' && steps.send === null) return null;
      else
        unanswered =
          (await beforeDeadline(session, task, steps, (...step) => sendOnce(...step, unanswered))) ?? unanswered;
    }
  } finally {
    session.slotQueue.poll();
  }
}

type Step<T> = (session: KlingSession, task: KlingTask, steps: Steps) => Promise<T>;

const takeOver: Step<void> = (session, task, { signal }) => takeOverTask(session, task, signal);
const follow: Step<void> = (session, task, { signal, onProgress }) => followTask(session, task, signal, onProgress);

/**
 * Time to wait for a slot runs from the task's beginning, time to be made from when it was sent. What was sent is looked
 * at even after that: it may be done, and is paid for then, when its process was away for long. Undefined when the step
 * was cut off but has sent the task.
 */
async function beforeDeadline<T>(
  session: KlingSession,
  task: KlingTask,
  steps: Steps,
  step: Step<T>,
): Promise<T | undefined> {
  const { deadlineMs, timeoutMs } = session.limits;
  const wasSent = task.state !== 'waiting';
  const leftMs = wasSent ? Math.max(timeoutMs, deadlineMs - (task.sent_ago_ms ?? 0)) : deadlineMs - task.age_ms;
  const deadline = AbortSignal.timeout(Math.max(0, Math.round(leftMs)));
  try {
    return await step(session, task, { ...steps, signal: AbortSignal.any([steps.signal, deadline]) });
  } catch (error) {
    steps.signal.throwIfAborted();
    if (!deadline.aborted || error !== deadline.reason) throw error;
    const failure = klingTookTooLong(deadlineMs / 1000);
    // What is to be made known upstream costs nothing there, and the next video may try it anew.
    if (task.purpose === 'provision') await markFailed(session.db, task.external_task_id, toFailure(failure), null);
    if (wasSent) throw failure;
    await failWaitingTask(session.db, task.external_task_id, toFailure(failure));
    return undefined;
  }
}

/** Sends what waits, or finds out what became of a create; answers the number of our own last one without an answer. */
async function sendOnce(session: KlingSession, task: KlingTask, steps: Steps, unanswered: number): Promise<number> {
  const { send, signal } = steps;
  const claimed =
    task.state === 'waiting'
      ? await waitForLeave(session, task, steps)
      : await resolveSending(session, task, unanswered === task.sends, signal);
  if (claimed === null) return unanswered;
  if (send !== null) return (await send.create(claimed, signal)) ? unanswered : claimed.sends;
  // It isn't upstream, or nobody could have claimed it.
  await returnToWaiting(session.db, task.external_task_id, claimed.sends);
  return unanswered;
}

/** Waits for leave to send; null when somebody else has moved the task on, or it is worth another look. */
async function waitForLeave(session: KlingSession, task: KlingTask, { signal, onProgress, send }: Steps) {
  onProgress(0.05, 'waiting');
  try {
    await send?.prepare();
    return await (task.holds_slot ? waitForSlot(session, task, signal) : claimOrPause(session, task, signal));
  } catch (error) {
    // Refused while it waits, it has ended, and must not stand in the queue.
    const isFinal = error instanceof AppError && !error.retryable;
    if (isFinal) await markFailed(session.db, task.external_task_id, toFailure(error), null);
    throw error;
  }
}

async function waitForSlot(session: KlingSession, task: KlingTask, signal: AbortSignal): Promise<KlingTask | null> {
  const isOurs = await session.slotQueue.acquire(task.external_task_id, signal);
  return isOurs ? await getKlingTask(session.db, task.external_task_id) : null;
}

async function claimOrPause(session: KlingSession, task: KlingTask, signal: AbortSignal): Promise<KlingTask | null> {
  const claimed = await claimFreeSend(session.db, task.external_task_id);
  if (claimed === null) await pause(session.intervals.slotMs, signal);
  return claimed;
}
