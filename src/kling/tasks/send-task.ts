import { AppError } from '../../lib/errors.ts';
import { backOff, type Candidate, type KlingSession, noteAccepted, stopForOperator } from '../account/kling-session.ts';
import { invalidValueCode } from '../api/codes.ts';
import { readTaskAnswer } from '../api/read-answer.ts';
import { KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import { refusedByKling, toFailure } from '../errors.ts';
import type { Purpose } from '../tables.ts';
import { getKlingTask, type KlingTask, markFailed, markSubmitted, noteUnanswered, returnToWaiting } from './queries.ts';
import { type CreateAnswer, judgeCreate } from './reconcile.ts';

/** One thing to be made upstream. */
export interface KlingOrder {
  purpose: Purpose;
  /** Our task's id; of a provision the element's. */
  subject: string;
  /** Path of the create; a task of it is read at the path with its id behind. */
  endpoint: string;
  /** What the upstream counts and refuses it by, like `video/kling-v3`. */
  product: string;
  /** Whose it is of our accounts, '' of nobody's in particular. */
  owner: string;
  holdsSlot: boolean;
  /** How many it takes there, where it holds any: pictures take one each. Absent: 1. */
  slots?: number;
  /** What the upstream will take for it, in units; absent: nothing. */
  expectedUnits?: number;
  /** What must be there before the create is worth a slot. Called again in each call before it has been sent. */
  prepare?(): Promise<void>;
  /**
   * The body of the create, without the fields that all creates share. Called only by who sends, with the id that he
   * sends it under.
   */
  writeBody(externalTaskId: string): Promise<Record<string, unknown>>;
  /**
   * A create of this order was refused for good, and nothing of it is upstream. Answers whether something that it names was mended, so
   * that it may be sent anew: once in a call.
   */
  mend?(): Promise<boolean>;
  /** The upstream's words as who ordered it understands them. */
  explain?(said: string): string;
  signal: AbortSignal;
  onProgress(fraction: number, step: string): void;
  /** As of {@link Steps}, the three. */
  onIdle?: ((isIdle: boolean) => void) | undefined;
  candidates?: readonly Candidate[] | undefined;
  reconsider?: (() => Promise<boolean>) | undefined;
}

/**
 * Sends the create of a task that was claimed for sending, and writes down what came of it: submitted, failed, waiting
 * again, or not known ({@link judgeCreate}).
 */
export async function sendTask(
  session: KlingSession,
  given: KlingOrder,
  task: KlingTask,
  signal: AbortSignal,
): Promise<void> {
  const order = { ...given, signal };
  const body = await writeBody(session, order, task);
  if (body === null) return;
  try {
    const { data, requestId } = await session.client.call(order.endpoint, { body, signal });
    const upstream = readTaskAnswer(data);
    if (upstream === null) throw new KlingNoAnswer('its answer names no task', true);
    await markSubmitted(session.db, task.external_task_id, upstream.task_id, requestId);
    await noteAccepted(session, task.product);
  } catch (error) {
    await noteRefusal(session, order, task, error);
  }
}

/**
 * Nothing of this create has been sent yet: what goes wrong here gives the slot back, where no earlier one may have arrived.
 * Null where one may have: then only what the upstream says of it ends the task.
 */
async function writeBody(
  session: KlingSession,
  order: KlingOrder,
  { external_task_id, sends, is_resent }: KlingTask,
): Promise<Record<string, unknown> | null> {
  try {
    const body = await order.writeBody(external_task_id);
    order.signal.throwIfAborted();
    const callback = session.callbackUrl === undefined ? {} : { callback_url: session.callbackUrl };
    return { ...body, external_task_id, ...callback };
  } catch (error) {
    const isFinal = error instanceof AppError && !error.retryable;
    if (is_resent) {
      await noteUnanswered(session.db, external_task_id, sends, false);
      order.signal.throwIfAborted();
      if (!isFinal) throw error;
      session.log.warn(
        { external_task_id, err: error },
        'what a create was made of is gone; it is only looked for now',
      );
      return null;
    }
    if (isFinal) await markFailed(session.db, external_task_id, toFailure(error), null);
    else await returnToWaiting(session.db, external_task_id, sends);
    throw error;
  }
}

/** Throws what is no answer of the upstream's, as an abort: then it isn't known that the call has ended. */
async function noteRefusal(session: KlingSession, order: KlingOrder, task: KlingTask, error: unknown): Promise<void> {
  const { db, log } = session;
  const { external_task_id, subject, product, sends, is_resent: isResent } = task;
  const answer = readCreateAnswer(task, error);
  const isStop = error instanceof KlingRefusal && error.kind === 'configuration';
  if (isStop) await stopForOperator(session, product, error);
  else if (answer === 'not now') await backOff(session, product, error as KlingRefusal | KlingNoAnswer);
  const { sent_ago_ms } = await getKlingTask(db, external_task_id);
  const outcome = judgeCreate(answer, { isResent, sentMs: sent_ago_ms ?? 0 }, session);
  if (outcome === 'waiting') return await returnToWaiting(db, external_task_id, sends);
  if (outcome === 'failed') {
    const refusal = error as KlingRefusal;
    if (refusal.kind === 'caller' && (await order.mend?.())) return await returnToWaiting(db, external_task_id, sends);
    const upstreamMessage = order.explain?.(refusal.upstreamMessage) ?? refusal.upstreamMessage;
    const failure = toFailure(refusedByKling(new KlingRefusal({ ...refusal, upstreamMessage })));
    return await markFailed(db, external_task_id, failure, null);
  }
  await noteUnanswered(db, external_task_id, sends, outcome === 'taken');
  const reason = (error as Error).message;
  log.warn({ external_task_id, subject, reason, outcome }, 'a create at the Kling API is looked for');
}

function readCreateAnswer({ external_task_id, is_resent }: KlingTask, error: unknown): CreateAnswer {
  if (error instanceof KlingNoAnswer) return error.sent ? 'unknown' : 'not now';
  if (!(error instanceof KlingRefusal)) throw error;
  if (isDuplicate(error, external_task_id, is_resent)) return 'duplicate';
  if (error.kind === 'transient') return 'unknown';
  // What only the operator can mend holds the task, and fails nobody.
  return error.kind === 'capacity' || error.kind === 'configuration' || error.kind === 'token' ? 'not now' : 'never';
}

/**
 * Whether a refusal says that our id is taken. The code says no more than that some value is wrong; the words were seen
 * once, so they are read generously, and most so where an earlier create may have arrived.
 */
function isDuplicate(
  { code, upstreamMessage: said }: KlingRefusal,
  externalTaskId: string,
  isResent: boolean,
): boolean {
  if (code !== invalidValueCode) return false;
  if (said.includes(externalTaskId) || /external[_ ]?(task[_ ]?)?id/i.test(said)) return true;
  return isResent && /(?<!not )\bexist|already|duplicat|repeat|taken|重复|已/i.test(said);
}
