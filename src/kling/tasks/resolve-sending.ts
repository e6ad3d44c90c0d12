import { pause } from '../account/polling-intervals.ts';
import type { KlingSession } from '../account/session.ts';
import { tryLookUp } from './look-up-task.ts';
import { claimResend, getKlingTask, type KlingTask } from './queries.ts';

/**
 * Finds out what became of a create whose answer nobody has: looks it up by the id that was sent with it, several times,
 * since the upstream may still be at work on it. Returns null once that is known, and the task, claimed for sending
 * again under the same id, when it is not there; the upstream refuses that id if the create arrives after all.
 *
 * `hasEnded`: whether the call is known to be over. Else another process may still be sending, and its time-out has to
 * pass before the task is sent again.
 */
export async function resolveSending(
  session: KlingSession,
  task: KlingTask,
  hasEnded: boolean,
  signal: AbortSignal,
): Promise<KlingTask | null> {
  const { lookUpMs, sendingGraceMs } = session.intervals;
  for (let looks = 0; ; looks += 1) {
    await pause(lookUpMs[Math.min(looks, lookUpMs.length - 1)] ?? 0, signal);
    const now = await getKlingTask(session.db, task.external_task_id);
    // Somebody else has found it, or has sent it again.
    if (now.state !== 'sending' || now.sends !== task.sends) return null;
    const isThere = await tryLookUp(session, task, signal);
    if (isThere) return null;
    const isLost = hasEnded || (now.sent_ago_ms ?? 0) > session.limits.timeoutMs + sendingGraceMs;
    if (isThere === false && isLost && looks + 1 >= lookUpMs.length) {
      return await claimResend(session.db, task.external_task_id, task.sends);
    }
  }
}
