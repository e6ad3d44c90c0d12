import type { Desk } from './desk.ts';
import { otherAccount } from './errors.ts';
import { pause } from './pause.ts';
import { type KlingTask, setCredential } from './queries.ts';
import { tryLookUp } from './resolve-sending.ts';

/**
 * Makes a task that was begun under another name of the account one of this account's. What was sent is asked for with
 * the key of now: a key that was replaced finds it, and it is followed on; another account's does not. Throws
 * `service_error` then, since nobody can follow it.
 */
export async function takeOverTask(desk: Desk, task: KlingTask, signal: AbortSignal): Promise<void> {
  const { lookUpMs } = desk.pace;
  for (let absences = 0; ; ) {
    const isThere = task.state === 'waiting' || (await tryLookUp(desk, task, signal));
    if (isThere) return await setCredential(desk.db, task.external_task_id, desk.credential);
    if (isThere === false) absences += 1;
    if (absences === lookUpMs.length) throw otherAccount();
    await pause(lookUpMs[absences] ?? 0, signal);
  }
}
