import { deleteBindings } from './delete-element-upstream.ts';
import type { Desk } from './desk.ts';
import { getKlingTask, type KlingTask } from './queries.ts';
import { tryLookUp } from './resolve-sending.ts';
import { claimUnwanted, isAdopted, markRemoved } from './unwanted-queries.ts';
import { readAnswerTask } from './upstream-task.ts';

/** Elements looked after in one call; the next one goes on. */
const limit = 100;

/** Milliseconds for which a create that isn't there may still arrive. */
const arrivalMs = 3_600_000;

/**
 * Deletes upstream the elements that came of tasks nobody wants any more, as far as they are there by now: the rest is
 * looked at by a later call, of whichever process. What the upstream can't be asked about stays on the list.
 */
export async function removeUnwanted(desk: Desk, signal: AbortSignal): Promise<void> {
  const quietMs = desk.pace.orphanMs;
  for (const task of await claimUnwanted(desk.db, desk.credential, { quietMs, limit })) {
    signal.throwIfAborted();
    if (await isSettled(desk, task, signal)) await markRemoved(desk.db, task.external_task_id);
  }
}

async function isSettled(desk: Desk, task: KlingTask, signal: AbortSignal): Promise<boolean> {
  const { db, credential, log } = desk;
  const isRunning = task.state === 'sending' || task.state === 'submitted';
  if (isRunning && (await tryLookUp(desk, task, signal)) === false) return (task.sent_ago_ms ?? 0) > arrivalMs;
  const now = await getKlingTask(db, task.external_task_id);
  if (now.state === 'failed') return true;
  if (now.state !== 'succeeded') return false;
  const id = readAnswerTask(now.last_answer)?.elements[0]?.element_id;
  if (id === undefined || (await isAdopted(db, credential, id))) return true;
  try {
    await deleteBindings(desk, id);
    log.info({ upstream_element_id: id, subject: task.subject }, 'deleted an element at the Kling API nobody wants');
    return true;
  } catch (error) {
    log.warn({ err: error, upstream_element_id: id }, 'an unwanted element is still at the Kling API');
    return false;
  }
}
