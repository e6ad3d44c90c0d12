import { AppError } from '../../lib/errors.ts';
import { getProduct } from '../account/account-queries.ts';
import type { Candidate, KlingSession } from '../account/kling-session.ts';
import { moveWaiting } from '../account/move-waiting.ts';
import { pause } from '../account/polling-intervals.ts';
import { toAppError, toFailure } from '../errors.ts';
import type { StoredFailure } from '../tables.ts';
import { chooseNext, fail, lookLater, toRefund } from './choose-next.ts';
import { claimFreeSend, claimResend, getKlingTask, type KlingTask, markFailed, setCredential } from './queries.ts';
import type { Next } from './reconcile.ts';

export interface Steps {
  signal: AbortSignal;
  /** Where else it could be made, as long as it waits to be sent; absent: nowhere. */
  candidates?: readonly Candidate[] | undefined;
  /** What it will take there. */
  units?: number | undefined;
  /** It can't be sent now: whether what it is a part of is made at another account from now on, and no longer here. */
  reconsider?: (() => Promise<boolean>) | undefined;
  onProgress(fraction: number, step: string): void;
  /** It only waits from now on, or does so no longer. */
  onIdle?: ((isIdle: boolean) => void) | undefined;
  /** Null when there is nothing to send: then the steps end before the next create. */
  send: {
    /** What must be there before a create is worth a slot. */
    prepare(): Promise<void>;
    /** Sends a claimed task and writes down what came of it. */
    create(claimed: KlingTask, signal: AbortSignal): Promise<void>;
  } | null;
}

/**
 * Moves a task on from wherever it stands until it has succeeded, and answers its row then; null when it stands before a
 * create and nothing can be sent. Throws what the task failed with, `generation_timeout` after its deadline, on abort the
 * signal's reason; {@link MovedElsewhere} once it belongs to another account of the settings. What to do next is decided by
 * {@link reconcile}, from the row alone.
 */
export async function followTask(session: KlingSession, begun: KlingTask, steps: Steps): Promise<KlingTask | null> {
  const asker = { canSend: steps.send !== null, isAwaited: true };
  try {
    for (let task = begun; ; task = await getKlingTask(session.db, begun.external_task_id)) {
      if (isElsewhere(session, task)) throw new MovedElsewhere();
      const next = chooseNext(session, task, asker);
      if (next.do === 'finish') return task;
      if (next.do === 'leave') return null;
      if (next.do === 'fail' && next.why === 'said') throw toAppError(task.failure as StoredFailure);
      if (next.do === 'refund') throw toRefund(session, next.why);
      steps.signal.throwIfAborted();
      await take(session, task, next, steps);
    }
  } finally {
    session.slotQueue.poll();
  }
}

/** The work goes on at another account: who sees this looks where it is. */
export class MovedElsewhere extends Error {
  constructor() {
    super('the work goes on at another Kling account');
  }
}

function isElsewhere({ credential, peers }: KlingSession, task: KlingTask): boolean {
  return task.credential !== credential && peers.some((peer) => peer.credential === task.credential);
}

async function take(session: KlingSession, task: KlingTask, next: Next, steps: Steps): Promise<void> {
  const { external_task_id } = task;
  switch (next.do) {
    case 'fail':
      return next.why === 'said' ? undefined : await fail(session, task, next.why);
    case 'take over':
      return await setCredential(session.db, external_task_id, session.credential);
    case 'look':
      tell(session, task, steps);
      return await waitIdly(steps, () => lookLater(session, task, next.inMs, steps.signal));
    case 'send':
      return await create(steps, await waitForLeave(session, task, steps, next.untilMs));
    case 'send again':
      return await create(steps, await claimResend(session.db, session.credential, external_task_id, task.sends));
  }
}

/** What was sent to an account that the settings no longer name is held: no key of now finds it, and it is sent nowhere else. */
function tell(session: KlingSession, task: KlingTask, { onProgress }: Steps): void {
  if (task.credential !== session.credential) onProgress(estimateFraction(task), 'held');
  else if (task.state === 'submitted') onProgress(estimateFraction(task), 'generating');
}

/** An estimate that approaches but never reaches the end: most of the way after some minutes. */
function estimateFraction({ sent_ago_ms }: KlingTask): number {
  return 0.85 - 0.7 * Math.exp(-(sent_ago_ms ?? 0) / 90_000);
}

/** Nothing to send when somebody else has moved the task on. */
async function create({ send, signal }: Steps, claimed: KlingTask | null): Promise<void> {
  if (claimed !== null) await send?.create(claimed, signal);
}

async function waitForLeave(
  session: KlingSession,
  task: KlingTask,
  steps: Steps,
  untilMs: number,
): Promise<KlingTask | null> {
  const { signal, onProgress, send } = steps;
  if (task.holds_slot) onProgress(0.05, 'waiting');
  const onWait = (step: 'waiting' | 'held') => onProgress(0.05, step);
  const deadline = AbortSignal.timeout(Math.max(1, Math.round(untilMs)));
  try {
    await send?.prepare();
    const either = AbortSignal.any([signal, deadline]);
    const wait = task.holds_slot ? waitForSlot : claimOrPause;
    return await waitIdly(steps, () => wait(session, task, { ...steps, signal: either, onWait }));
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted && error === deadline.reason) return null;
    // Refused while it waits, it has ended, and must not stand in the queue.
    const isFinal = error instanceof AppError && !error.retryable;
    if (isFinal) await markFailed(session.db, task.external_task_id, toFailure(error), null);
    throw error;
  }
}

/** What only waits takes no place of a worker. */
async function waitIdly<T>({ onIdle }: Steps, wait: () => Promise<T>): Promise<T> {
  onIdle?.(true);
  try {
    return await wait();
  } finally {
    onIdle?.(false);
  }
}

interface Waiting extends Pick<Steps, 'signal' | 'candidates' | 'units' | 'reconsider'> {
  onWait(step: 'waiting' | 'held'): void;
}

async function waitForSlot(
  session: KlingSession,
  task: KlingTask,
  { signal, onWait, candidates = [], units = 0 }: Waiting,
): Promise<KlingTask | null> {
  const { external_task_id, product } = task;
  const place = { external_task_id, product, onWait, candidates, units };
  const isOurs = await session.slotQueue.acquire(place, signal);
  return isOurs ? await getKlingTask(session.db, external_task_id) : null;
}

async function claimOrPause(
  session: KlingSession,
  task: KlingTask,
  { signal, onWait, candidates = [], units = 0, reconsider }: Waiting,
): Promise<KlingTask | null> {
  const { db, credential, intervals } = session;
  const { external_task_id, product } = task;
  const claimed = await claimFreeSend(db, credential, external_task_id);
  if (claimed !== null) return claimed;
  const moved = await moveWaiting(session, product, [{ external_task_id, candidates, units }], false);
  if (moved.length > 0) return null;
  if (await reconsider?.()) throw new MovedElsewhere();
  const { stop_reason } = await getProduct(db, { credential, product });
  onWait(stop_reason === null ? 'waiting' : 'held');
  await pause(intervals.slotMs, signal);
  return null;
}
