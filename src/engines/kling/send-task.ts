import { AppError } from '../../lib/errors.ts';
import { type Desk, noteAccepted, noteFull, stopForOperator } from './desk.ts';
import { refusedByKling } from './errors.ts';
import { type KlingTask, markFailed, markSubmitted, returnToWaiting } from './queries.ts';
import { KlingRefusal, KlingSilence } from './refusal.ts';
import { tryLookUp } from './resolve-sending.ts';
import { toFailure } from './stored-failure.ts';
import { invalidValueCode } from './upstream-codes.ts';
import type { UpstreamOrder } from './upstream-order.ts';
import { readUpstreamTask } from './upstream-task.ts';

/**
 * Sends the create of a task that was claimed for sending, and writes down what came of it: submitted, failed, or
 * waiting again. Returns whether that is known: false means that the create may or may not have been carried out.
 */
export async function sendTask(
  desk: Desk,
  given: UpstreamOrder,
  task: KlingTask,
  signal: AbortSignal,
): Promise<boolean> {
  const order = { ...given, signal };
  const body = await writeBody(desk, order, task);
  try {
    const answer = await desk.client.call(order.endpoint, { body, signal: order.signal });
    const upstream = readUpstreamTask(answer.data);
    if (upstream === null) throw new KlingSilence('its answer names no task', true);
    await markSubmitted(desk.db, task.external_task_id, upstream.task_id, answer.requestId);
    await noteAccepted(desk);
    return true;
  } catch (error) {
    if (error instanceof KlingRefusal) return await noteRefusal(desk, order, task, error);
    if (error instanceof KlingSilence) return await noteSilence(desk, task, error);
    throw error;
  }
}

/** Nothing of this create has been sent yet: what goes wrong here gives the slot back. */
async function writeBody(desk: Desk, order: UpstreamOrder, task: KlingTask): Promise<Record<string, unknown>> {
  const { external_task_id, sends } = task;
  try {
    const body = await order.writeBody(external_task_id);
    order.signal.throwIfAborted();
    const callback = desk.callbackUrl === undefined ? {} : { callback_url: desk.callbackUrl };
    return { ...body, external_task_id, ...callback };
  } catch (error) {
    // An earlier create may be upstream: then only looking it up may end the task.
    if (sends === 1) {
      const isFinal = error instanceof AppError && !error.retryable;
      if (isFinal) await markFailed(desk.db, external_task_id, toFailure(error), null);
      else await returnToWaiting(desk.db, external_task_id, sends);
    }
    throw error;
  }
}

async function noteRefusal(desk: Desk, order: UpstreamOrder, task: KlingTask, refusal: KlingRefusal): Promise<boolean> {
  const { external_task_id, sends } = task;
  switch (refusal.kind) {
    case 'transient':
      return noteUnknown(desk, task, refusal.message);
    case 'capacity':
      await noteFull(desk);
      await returnToWaiting(desk.db, external_task_id, sends);
      return true;
    case 'configuration':
      await stopForOperator(desk, refusal);
      break;
    case 'caller':
      // The same code says that the external id is taken: then an earlier create did arrive.
      if (refusal.code === invalidValueCode) {
        const isThere = await tryLookUp(desk, task, order.signal);
        if (isThere === null) return noteUnknown(desk, task, refusal.message);
        if (isThere) return true;
      }
  }
  await markFailed(desk.db, external_task_id, toFailure(refusedByKling(refusal)), null);
  return true;
}

async function noteSilence(desk: Desk, task: KlingTask, silence: KlingSilence): Promise<boolean> {
  if (silence.sent) return noteUnknown(desk, task, silence.message);
  await noteFull(desk);
  await returnToWaiting(desk.db, task.external_task_id, task.sends);
  return true;
}

function noteUnknown(desk: Desk, { external_task_id, subject }: KlingTask, reason: string): false {
  desk.log.warn({ external_task_id, subject, reason }, 'a create at the Kling API has an unknown outcome');
  return false;
}
