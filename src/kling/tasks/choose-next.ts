import { getProduct, listOverBudget } from '../account/account-queries.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { pause } from '../account/polling-intervals.ts';
import { klingTookTooLong, neverSent, noResult, otherAccount, toFailure, vanishedAtKling } from '../errors.ts';
import { lookUpTask } from './look-up-task.ts';
import { getKlingTask, type KlingTask, markFailed } from './queries.ts';
import { type Asker, type KnownTask, type Next, type ReconcileRules, reconcile } from './reconcile.ts';

/** What is to be done next about a row as it was just read. */
export function chooseNext(session: KlingSession, row: KlingTask, asker: Asker): Next {
  return reconcile(presentKnown(row, session.credential), asker, rulesOf(session));
}

/** Waits for its time and looks, unless it has moved on meanwhile; a callback brings the look forward. */
export async function lookLater(
  session: KlingSession,
  row: KlingTask,
  inMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { db, intervals, callbackUrl } = session;
  const until = performance.now() + inMs;
  for (let leftMs = inMs; leftMs > 0; leftMs = until - performance.now()) {
    await pause(callbackUrl === undefined ? leftMs : Math.min(intervals.hintMs, leftMs), signal);
    const now = await getKlingTask(db, row.external_task_id);
    if (now.hinted) break;
    if (now.state !== row.state || now.sends !== row.sends) return;
  }
  await lookUpTask(session, row, signal);
}

/**
 * One look at a task that nobody of ours waits for, by who comes by: it may be done, have failed, or be given up.
 * Answers its row then.
 */
export async function lookInPassing(session: KlingSession, row: KlingTask, signal: AbortSignal): Promise<KlingTask> {
  await lookUpTask(session, row, signal);
  const now = await getKlingTask(session.db, row.external_task_id);
  const next = chooseNext(session, now, { canSend: false, isAwaited: false });
  if (next.do !== 'fail' || next.why === 'said') return now;
  await fail(session, now, next.why);
  return await getKlingTask(session.db, row.external_task_id);
}

/** The row has ended by what {@link reconcile} says. */
export async function fail(
  { db, credential, limits }: KlingSession,
  { external_task_id, upstream_task_id, product }: KlingTask,
  why: Exclude<(Next & { do: 'fail' })['why'], 'said'>,
): Promise<void> {
  const { stop_reason } = await getProduct(db, { credential, product });
  const unaffordable = await listOverBudget(db, credential, limits.budget, [external_task_id]);
  const failures = {
    'no slot': () => neverSent(limits.deadlineMs / 1000, stop_reason, unaffordable.length > 0),
    'never arrived': () => klingTookTooLong(limits.deadlineMs / 1000),
    vanished: () => vanishedAtKling(upstream_task_id ?? external_task_id),
    'no result': () => noResult('a result'),
  };
  await markFailed(db, external_task_id, toFailure(failures[why]()), null);
}

/** What our task ends with, while the upstream's goes on. */
export function toRefund({ limits }: KlingSession, why: (Next & { do: 'refund' })['why']) {
  return why === 'other account' ? otherAccount() : klingTookTooLong(limits.deadlineMs / 1000);
}

function rulesOf({ limits: { deadlineMs, timeoutMs }, intervals }: KlingSession): ReconcileRules {
  return { deadlineMs, timeoutMs, intervals };
}

function presentKnown(row: KlingTask, credential: string): KnownTask {
  const { look: said, looks: times, look_ago_ms: agoMs, look_since_ms: sinceMs } = row;
  return {
    purpose: row.purpose,
    state: row.state,
    isForeign: row.credential !== credential,
    isKnown: row.upstream_task_id !== null || row.is_taken,
    ageMs: row.age_ms,
    sentMs: row.sent_ago_ms,
    lastSentMs: row.last_sent_ago_ms,
    isUnanswered: row.is_unanswered,
    look: said === null ? null : { said, times, agoMs, sinceMs },
    isHinted: row.hinted,
  };
}
