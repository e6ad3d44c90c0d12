import { type KlingSession, stopForOperator } from '../account/session.ts';
import type { KlingAnswer } from '../api/call-kling.ts';
import { absentCode, invalidValueCode } from '../api/codes.ts';
import { readTaskAnswer, type TaskAnswer } from '../api/read-answer.ts';
import { KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import { failedAtKling, toFailure } from '../errors.ts';
import { type KlingTask, markFailed, markSubmitted, markSucceeded, notePoll } from './queries.ts';

type Known = Pick<KlingTask, 'external_task_id' | 'endpoint' | 'upstream_task_id'>;

/** Null when the upstream can't tell at the moment. What was sent may be paid for: it's asked until the deadline. */
export async function tryLookUp(
  session: KlingSession,
  task: Pick<KlingTask, 'external_task_id' | 'endpoint' | 'upstream_task_id'>,
  signal: AbortSignal,
): Promise<boolean | 'empty' | null> {
  try {
    return await lookUpTask(session, task, signal);
  } catch (error) {
    // A page that isn't the API's, in answer to a look, is no reason to stop what was taken so far.
    const isForOperator = error instanceof KlingRefusal && error.kind === 'configuration' && error.code !== null;
    if (isForOperator) await stopForOperator(session, error);
    if (error instanceof KlingRefusal || error instanceof KlingNoAnswer) return null;
    throw error;
  }
}

/**
 * Asks the upstream for a task and writes down what it says: by the upstream's id when that is known, else by the id of
 * our own that was sent with the create. Returns whether it is there; `'empty'` when it is, and is said to be done, and
 * nothing came of it so far. Throws {@link KlingRefusal} and {@link KlingNoAnswer} where that can't be told.
 */
async function lookUpTask(session: KlingSession, task: Known, signal: AbortSignal): Promise<boolean | 'empty'> {
  const { db, client } = session;
  const { external_task_id, endpoint, upstream_task_id } = task;
  try {
    const answer = await client.call(`${endpoint}/${encodeURIComponent(upstream_task_id ?? external_task_id)}`, {
      signal,
    });
    const upstream = readTaskAnswer(answer.data);
    if (upstream === null || !isAbout(task, upstream)) throw new KlingNoAnswer('its answer is no such task', true);
    await markSubmitted(db, external_task_id, upstream.task_id, answer.requestId);
    return await noteState(session, task, upstream, answer);
  } catch (error) {
    if (error instanceof KlingRefusal && isAbsent(error)) return false;
    throw error;
  }
}

/** A relay or a cache that mixes answers up must not end a task with another one's video. */
function isAbout({ external_task_id, upstream_task_id }: Known, upstream: TaskAnswer): boolean {
  if (upstream_task_id !== null) return upstream.task_id === upstream_task_id;
  return upstream.external_task_id === null || upstream.external_task_id === external_task_id;
}

async function noteState(
  { db }: KlingSession,
  { external_task_id }: Known,
  { task_id, status, message, videos, elements }: TaskAnswer,
  { text, requestId }: KlingAnswer,
): Promise<true | 'empty'> {
  if (status === 'failed') {
    await markFailed(db, external_task_id, toFailure(failedAtKling(message, task_id, requestId)), text);
    return true;
  }
  const isDone = status === 'succeeded';
  if (isDone && videos.length + elements.length > 0) await markSucceeded(db, external_task_id, text, requestId);
  else await notePoll(db, external_task_id);
  return isDone && videos.length + elements.length === 0 ? 'empty' : true;
}

/** An unknown task id was seen to answer 1201; 1203 is what the table has for it. */
function isAbsent({ code }: KlingRefusal): boolean {
  return code === invalidValueCode || code === absentCode;
}
