import { type Desk, stopForOperator } from './desk.ts';
import { lookUpTask } from './look-up-task.ts';
import { pause } from './pause.ts';
import { claimResend, getKlingTask, type KlingTask } from './queries.ts';
import { KlingRefusal, KlingSilence } from './refusal.ts';

/**
 * Finds out what became of a create whose answer nobody has: looks it up by the id that was sent with it, several times,
 * since the upstream may still be at work on it. Returns null once that is known, and the task, claimed for sending
 * again under the same id, when it is not there; the upstream refuses that id if the create arrives after all.
 *
 * `hasEnded`: whether the call is known to be over. Else another process may still be sending, and its time-out has to
 * pass before the task is sent again.
 */
export async function resolveSending(
  desk: Desk,
  task: KlingTask,
  hasEnded: boolean,
  signal: AbortSignal,
): Promise<KlingTask | null> {
  const { lookUpMs, sendingGraceMs } = desk.pace;
  for (let looks = 0; ; looks += 1) {
    await pause(lookUpMs[Math.min(looks, lookUpMs.length - 1)] ?? 0, signal);
    const now = await getKlingTask(desk.db, task.external_task_id);
    // Somebody else has found it, or has sent it again.
    if (now.state !== 'sending' || now.sends !== task.sends) return null;
    const isThere = await tryLookUp(desk, task, signal);
    if (isThere) return null;
    const isLost = hasEnded || (now.sent_ago_ms ?? 0) > desk.limits.timeoutMs + sendingGraceMs;
    if (isThere === false && isLost && looks + 1 >= lookUpMs.length) {
      return await claimResend(desk.db, task.external_task_id, task.sends);
    }
  }
}

/** Null when the upstream can't tell at the moment. What was sent may be paid for: it's asked until the deadline. */
export async function tryLookUp(
  desk: Desk,
  task: Pick<KlingTask, 'external_task_id' | 'endpoint' | 'upstream_task_id'>,
  signal: AbortSignal,
): Promise<boolean | 'empty' | null> {
  try {
    return await lookUpTask(desk, task, signal);
  } catch (error) {
    // A page that isn't the API's, in answer to a look, is no reason to stop what was taken so far.
    const isForOperator = error instanceof KlingRefusal && error.kind === 'configuration' && error.code !== null;
    if (isForOperator) await stopForOperator(desk, error);
    if (error instanceof KlingRefusal || error instanceof KlingSilence) return null;
    throw error;
  }
}
