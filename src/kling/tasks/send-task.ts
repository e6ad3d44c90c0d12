import { AppError } from '../../lib/errors.ts';
import { backOff, type KlingSession, noteAccepted, stopForOperator } from '../account/session.ts';
import { invalidValueCode } from '../api/codes.ts';
import { readTaskAnswer } from '../api/read-answer.ts';
import { KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import { refusedByKling, toFailure } from '../errors.ts';
import type { Purpose } from '../tables.ts';
import { tryLookUp } from './look-up-task.ts';
import { type KlingTask, markFailed, markSubmitted, returnToWaiting } from './queries.ts';

/** One thing to be made upstream. */
export interface KlingOrder {
  purpose: Purpose;
  /** Our task's id; of a provision the element's. */
  subject: string;
  /** Path of the create; a task of it is read at the path with its id behind. */
  endpoint: string;
  holdsSlot: boolean;
  /** What must be there before the create is worth a slot. Called again in each call before it has been sent. */
  prepare?(): Promise<void>;
  /**
   * The body of the create, without the fields that all creates share. Called only by who sends, with the id that he
   * sends it under.
   */
  writeBody(externalTaskId: string): Promise<Record<string, unknown>>;
  signal: AbortSignal;
  onProgress(fraction: number, step: string): void;
}

/**
 * Sends the create of a task that was claimed for sending, and writes down what came of it: submitted, failed, or
 * waiting again. Returns whether that is known: false means that the create may or may not have been carried out.
 */
export async function sendTask(
  session: KlingSession,
  given: KlingOrder,
  task: KlingTask,
  signal: AbortSignal,
): Promise<boolean> {
  const order = { ...given, signal };
  const body = await writeBody(session, order, task);
  try {
    const answer = await session.client.call(order.endpoint, { body, signal: order.signal });
    const upstream = readTaskAnswer(answer.data);
    if (upstream === null) throw new KlingNoAnswer('its answer names no task', true);
    await markSubmitted(session.db, task.external_task_id, upstream.task_id, answer.requestId);
    await noteAccepted(session);
    return true;
  } catch (error) {
    if (error instanceof KlingRefusal) return await noteRefusal(session, order, task, error);
    if (error instanceof KlingNoAnswer) return await noteNoAnswer(session, task, error);
    throw error;
  }
}

/** Nothing of this create has been sent yet: what goes wrong here gives the slot back. */
async function writeBody(session: KlingSession, order: KlingOrder, task: KlingTask): Promise<Record<string, unknown>> {
  const { external_task_id, sends } = task;
  try {
    const body = await order.writeBody(external_task_id);
    order.signal.throwIfAborted();
    const callback = session.callbackUrl === undefined ? {} : { callback_url: session.callbackUrl };
    return { ...body, external_task_id, ...callback };
  } catch (error) {
    // An earlier create may be upstream: then only looking it up may end the task.
    if (sends === 1) {
      const isFinal = error instanceof AppError && !error.retryable;
      if (isFinal) await markFailed(session.db, external_task_id, toFailure(error), null);
      else await returnToWaiting(session.db, external_task_id, sends);
    }
    throw error;
  }
}

async function noteRefusal(
  session: KlingSession,
  order: KlingOrder,
  task: KlingTask,
  refusal: KlingRefusal,
): Promise<boolean> {
  const { external_task_id, sends } = task;
  switch (refusal.kind) {
    case 'transient':
      return noteUnknown(session, task, refusal.message);
    case 'capacity':
      await backOff(session);
      await returnToWaiting(session.db, external_task_id, sends);
      return true;
    case 'configuration':
      await stopForOperator(session, refusal);
      break;
    case 'caller':
      // The same code says that the external id is taken: then an earlier create did arrive.
      if (refusal.code === invalidValueCode) {
        const isThere = await tryLookUp(session, task, order.signal);
        if (isThere === null) return noteUnknown(session, task, refusal.message);
        if (isThere) return true;
      }
  }
  await markFailed(session.db, external_task_id, toFailure(refusedByKling(refusal)), null);
  return true;
}

async function noteNoAnswer(session: KlingSession, task: KlingTask, failure: KlingNoAnswer): Promise<boolean> {
  if (failure.sent) return noteUnknown(session, task, failure.message);
  session.log.warn({ external_task_id: task.external_task_id, reason: failure.message }, 'nothing could be sent');
  await backOff(session);
  await returnToWaiting(session.db, task.external_task_id, task.sends);
  return true;
}

function noteUnknown(session: KlingSession, { external_task_id, subject }: KlingTask, reason: string): false {
  session.log.warn({ external_task_id, subject, reason }, 'a create at the Kling API has an unknown outcome');
  return false;
}
