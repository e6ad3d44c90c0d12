import { pause } from '../account/polling-intervals.ts';
import type { KlingSession } from '../account/session.ts';
import { otherAccount } from '../errors.ts';
import { tryLookUp } from './look-up-task.ts';
import { type KlingTask, setCredential } from './queries.ts';

/**
 * Makes a task that was begun under another name of the account one of this account's. What was sent is asked for with
 * the key of now: a key that was replaced finds it, and it is followed on; another account's does not. Throws
 * `service_error` then, since nobody can follow it.
 */
export async function takeOverTask(session: KlingSession, task: KlingTask, signal: AbortSignal): Promise<void> {
  const { lookUpMs } = session.intervals;
  for (let absences = 0; ; ) {
    const isThere = task.state === 'waiting' || (await tryLookUp(session, task, signal));
    if (isThere) return await setCredential(session.db, task.external_task_id, session.credential);
    if (isThere === false) absences += 1;
    if (absences === lookUpMs.length) throw otherAccount();
    await pause(lookUpMs[absences] ?? 0, signal);
  }
}
