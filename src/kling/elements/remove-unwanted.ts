import type { KlingSession } from '../account/kling-session.ts';
import { readWholeAnswer } from '../api/read-answer.ts';
import { lookInPassing } from '../tasks/choose-next.ts';
import type { KlingTask } from '../tasks/queries.ts';
import { claimUnwanted, isAdopted, markRemoved } from '../tasks/unwanted-queries.ts';
import { listUnwantedBindings } from './binding-queries.ts';
import { deleteBindings } from './delete-element.ts';

/** Elements looked after in one call; the next one goes on. */
const limit = 100;

/**
 * Deletes upstream the elements that came of tasks nobody wants any more, as far as they are there by now, and those that were
 * deleted here while this account couldn't be asked: the rest is looked at by a later call, of whichever process. What the
 * upstream can't be asked about stays on the list.
 */
export async function removeUnwanted(session: KlingSession, signal: AbortSignal): Promise<void> {
  const quietMs = session.intervals.orphanMs;
  for (const task of await claimUnwanted(session.db, session.credential, { quietMs, limit })) {
    signal.throwIfAborted();
    if (await isSettled(session, task, signal)) await markRemoved(session.db, task.external_task_id);
  }
  for (const id of await listUnwantedBindings(session.db, session.credential, limit)) {
    signal.throwIfAborted();
    await removeElement(session, id);
  }
}

async function isSettled(session: KlingSession, task: KlingTask, signal: AbortSignal): Promise<boolean> {
  const { db, credential } = session;
  const isRunning = task.state === 'sending' || task.state === 'submitted';
  const now = isRunning ? await lookInPassing(session, task, signal) : task;
  if (now.state === 'failed') return true;
  if (now.state !== 'succeeded') return false;
  const id = readWholeAnswer(now.last_answer)?.elements[0]?.element_id;
  if (id === undefined || (await isAdopted(db, credential, id))) return true;
  return await removeElement(session, id);
}

async function removeElement(session: KlingSession, id: string): Promise<boolean> {
  const { log } = session;
  try {
    await deleteBindings(session, id);
    log.info({ upstream_element_id: id }, 'deleted an element at the Kling API nobody wants');
    return true;
  } catch (error) {
    log.warn({ err: error, upstream_element_id: id }, 'an unwanted element is still at the Kling API');
    return false;
  }
}
