import { choosePollDelay, pause } from '../account/polling-intervals.ts';
import type { KlingSession } from '../account/session.ts';
import { noResult, toFailure, vanishedAtKling } from '../errors.ts';
import { tryLookUp } from './look-up-task.ts';
import { getKlingTask, type KlingTask, markFailed } from './queries.ts';

/**
 * Looks in a row that must find no task before one that was there counts as gone, or no result before one that is done
 * counts as empty: either may only be late.
 */
const missesMax = 5;

/**
 * Follows a submitted task by asking for it, ever less often, until it has ended; a callback only brings the next look
 * forward. A refusal of a look is no reason to give up: the task may be paid for, and the operator may mend what is
 * wrong. `onProgress` hears an estimate that approaches but never reaches the end.
 */
export async function followTask(
  session: KlingSession,
  task: KlingTask,
  signal: AbortSignal,
  onProgress: (fraction: number, step: string) => void,
): Promise<void> {
  let misses = 0;
  for (let looks = 0; ; looks += 1) {
    onProgress(0.85 - 0.7 * 0.93 ** looks, 'generating');
    await waitForNextLook(session, task, looks, signal);
    const found = await tryLookUp(session, task, signal);
    misses = found === false || found === 'empty' ? misses + 1 : 0;
    if (misses === missesMax) {
      const id = task.upstream_task_id ?? task.external_task_id;
      const failure = found === 'empty' ? noResult('a result') : vanishedAtKling(id);
      await markFailed(session.db, task.external_task_id, toFailure(failure), null);
    }
    if ((await getKlingTask(session.db, task.external_task_id)).state !== 'submitted') return;
  }
}

/** The first look of a call that goes on with an old task comes at once. */
async function waitForNextLook(
  session: KlingSession,
  task: KlingTask,
  looks: number,
  signal: AbortSignal,
): Promise<void> {
  const { db, intervals, callbackUrl } = session;
  const delayMs = choosePollDelay(looks, intervals);
  if (looks === 0 && (task.sent_ago_ms ?? 0) > delayMs) return;
  if (callbackUrl === undefined) return await pause(delayMs, signal);
  const until = performance.now() + delayMs;
  while (performance.now() < until) {
    await pause(Math.min(intervals.hintMs, until - performance.now()), signal);
    if ((await getKlingTask(db, task.external_task_id)).hinted) return;
  }
}
