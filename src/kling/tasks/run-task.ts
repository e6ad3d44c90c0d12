import { randomUUID } from 'node:crypto';
import type { KlingSession } from '../account/kling-session.ts';
import { followTask, type Steps } from './follow-task.ts';
import { beginKlingTask, findKlingTask, getKlingTask, type KlingTask, renewWaiting } from './queries.ts';
import type { KlingOrder } from './send-task.ts';
import { sendTask } from './send-task.ts';

/**
 * Has one thing made upstream and answers its row once it has succeeded. Calls with the same purpose and subject share
 * one upstream task, whether they come after each other, after a kill, or at once from several processes.
 *
 * Throws what the task failed with, in every later call the same; `generation_timeout` when it took too long; on abort
 * the signal's reason. Where a later call would go on, nothing is lost by throwing.
 */
export async function runKlingTask(session: KlingSession, order: KlingOrder): Promise<KlingTask> {
  const {
    purpose,
    subject,
    endpoint,
    product,
    owner,
    holdsSlot: holds_slot,
    slots = 1,
    expectedUnits: expected_units = 0,
    signal,
    onProgress,
    onIdle,
    prepare,
    candidates,
    reconsider,
  } = order;
  const begun = await beginKlingTask(session.db, {
    purpose,
    subject,
    endpoint,
    product,
    owner,
    holds_slot,
    slots,
    expected_units,
    credential: session.credential,
    external_task_id: `troupe-${randomUUID()}`,
  });
  const task = await renewForgotten(session, begun);
  const send = { prepare: async () => await prepare?.(), create: sendTask.bind(null, session, order) };
  const done = await followTask(session, task, {
    signal,
    onProgress,
    onIdle,
    send,
    candidates,
    reconsider,
    units: expected_units,
  });
  if (done === null) throw new Error('a task that can be sent never stops short of its end');
  return done;
}

/**
 * An element that a video needed, which was cancelled or has moved to another account before it was sent, may have been waiting for longer
 * than anything may: those who wait for it fail it themselves when its time is over, so that nobody does.
 */
async function renewForgotten({ db, limits }: KlingSession, task: KlingTask): Promise<KlingTask> {
  const isForgotten = task.purpose === 'provision' && task.state === 'waiting' && task.age_ms >= limits.deadlineMs;
  if (!isForgotten) return task;
  await renewWaiting(db, task.external_task_id);
  return await getKlingTask(db, task.external_task_id);
}

/**
 * As {@link runKlingTask}, for a video that an earlier call may have sent: from then on only the upstream decides about
 * it, and nothing that its create was made of is asked for. Null when none was begun, or what was begun has to be sent.
 */
export async function resumeKlingTask(
  session: KlingSession,
  taskId: string,
  steps: Omit<Steps, 'send'>,
): Promise<KlingTask | null> {
  const task = await findKlingTask(session.db, { purpose: 'video', subject: taskId });
  return task === null ? null : await followTask(session, task, { ...steps, send: null });
}
