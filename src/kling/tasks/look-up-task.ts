import { type KlingSession, noteEnded, stopForOperator } from '../account/kling-session.ts';
import { absentCode, invalidValueCode } from '../api/codes.ts';
import { readTaskAnswer, type TaskAnswer } from '../api/read-answer.ts';
import { KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import { toVideoUnits } from '../api/units.ts';
import { failedAtKling, toFailure } from '../errors.ts';
import type { LookSaid } from '../tables.ts';
import { type KlingTask, markFailed, markSubmitted, markSucceeded, noteLook, setCredential } from './queries.ts';

type Known = Pick<KlingTask, 'external_task_id' | 'endpoint' | 'product' | 'upstream_task_id' | 'credential'>;

/**
 * Asks the upstream for a task and writes down what it says: by the upstream's id when that is known, else by the id of
 * our own that was sent with the create. What was sent to an account that the settings don't name is asked for with the keys of all
 * that they name: one of them may be its new key. Decides nothing ({@link reconcile}) but what the upstream itself says is the end.
 */
export async function lookUpTask(session: KlingSession, task: Known, signal: AbortSignal): Promise<void> {
  const asked = task.credential === session.credential ? [session] : session.peers;
  const said: LookSaid[] = [];
  for (const account of asked) {
    const answer = await lookUpAt(account, task, signal);
    if (answer === null) return;
    said.push(answer);
  }
  // Who can't be asked may have it.
  const isAbsent = said.every((one) => one === 'absent');
  await noteLook(session.db, task.external_task_id, isAbsent ? 'absent' : 'unclear', session.intervals.patienceMs);
}

/** Null when the account has it: then what it says is written down. */
async function lookUpAt(session: KlingSession, task: Known, signal: AbortSignal): Promise<LookSaid | null> {
  const { db, client } = session;
  const { external_task_id, endpoint, upstream_task_id } = task;
  const path = `${endpoint}/${encodeURIComponent(upstream_task_id ?? external_task_id)}`;
  try {
    const { data, text, requestId } = await client.call(path, { signal });
    const upstream = readTaskAnswer(data);
    if (upstream === null || !isAbout(task, upstream, session))
      throw new KlingNoAnswer('its answer is no such task', true);
    // The key of now found it: it is this account's, whatever that was called when it was begun.
    if (task.credential !== session.credential) await setCredential(db, external_task_id, session.credential);
    await markSubmitted(db, external_task_id, upstream.task_id, requestId);
    await noteState(session, task, upstream, { text, requestId });
    if (upstream.status === 'succeeded' || upstream.status === 'failed') await noteEnded(session, task.product);
    return null;
  } catch (error) {
    return await judgeFailedLook(session, task.product, error);
  }
}

/**
 * A relay or a cache that mixes answers up must not end a task with another one's video; nor must an account of another region, where
 * the upstream's own id may stand for something else.
 */
function isAbout(
  { external_task_id, upstream_task_id, credential }: Known,
  upstream: TaskAnswer,
  session: KlingSession,
): boolean {
  if (credential !== session.credential && session.peers.length > 1)
    return upstream.external_task_id === external_task_id;
  if (upstream_task_id !== null) return upstream.task_id === upstream_task_id;
  return upstream.external_task_id === null || upstream.external_task_id === external_task_id;
}

async function noteState(
  { db, intervals: { patienceMs } }: KlingSession,
  { external_task_id: externalTaskId, product }: Known,
  { task_id, status, message, videos, elements, images, final_unit_deduction }: TaskAnswer,
  { text, requestId }: { text: string; requestId: string | null },
): Promise<void> {
  if (status === 'failed') {
    return await markFailed(db, externalTaskId, toFailure(failedAtKling(message, task_id, requestId)), text);
  }
  if (status !== 'succeeded') return await noteLook(db, externalTaskId, 'running', patienceMs);
  if (videos.length + elements.length + images.length === 0)
    return await noteLook(db, externalTaskId, 'empty', patienceMs);
  const units = final_unit_deduction === null ? null : toVideoUnits(product, final_unit_deduction);
  await markSucceeded(db, externalTaskId, { answer: text, units, requestId });
}

/** An unknown task id was seen to answer 1201; 1203 is what the table has for it. Throws what is none of the upstream's. */
async function judgeFailedLook(session: KlingSession, product: string, error: unknown): Promise<LookSaid> {
  if (error instanceof KlingNoAnswer) return 'unclear';
  if (!(error instanceof KlingRefusal)) throw error;
  if (error.code === invalidValueCode || error.code === absentCode) return 'absent';
  // A page that isn't the API's, in answer to a look, is no reason to stop what was taken so far.
  if (error.kind === 'configuration' && error.code !== null) await stopForOperator(session, product, error);
  return 'unclear';
}
