import type { Desk } from './desk.ts';
import { failedAtKling } from './errors.ts';
import { type KlingTask, markFailed, markSubmitted, markSucceeded, notePoll } from './queries.ts';
import { KlingRefusal, KlingSilence } from './refusal.ts';
import { toFailure } from './stored-failure.ts';
import { absentCode, invalidValueCode } from './upstream-codes.ts';
import { readUpstreamTask } from './upstream-task.ts';

type Known = Pick<KlingTask, 'external_task_id' | 'endpoint' | 'upstream_task_id'>;

/**
 * Asks the upstream for a task and writes down what it says: by the upstream's id when that is known, else by the id of
 * our own that was sent with the create. Returns whether it is there. Throws {@link KlingRefusal} and
 * {@link KlingSilence} where that can't be told.
 */
export async function lookUpTask({ db, client }: Desk, task: Known, signal: AbortSignal): Promise<boolean> {
  const { external_task_id, endpoint, upstream_task_id } = task;
  try {
    const answer = await client.call(`${endpoint}/${encodeURIComponent(upstream_task_id ?? external_task_id)}`, {
      signal,
    });
    const upstream = readUpstreamTask(answer.data);
    if (upstream === null) throw new KlingSilence('its answer is no task', true);
    if (upstream.status === 'failed') {
      const failure = failedAtKling(upstream.message, upstream.task_id, answer.requestId);
      await markSubmitted(db, external_task_id, upstream.task_id, answer.requestId);
      await markFailed(db, external_task_id, toFailure(failure), answer.text);
    } else {
      await markSubmitted(db, external_task_id, upstream.task_id, answer.requestId);
      if (upstream.status === 'succeeded') await markSucceeded(db, external_task_id, answer.text, answer.requestId);
      else await notePoll(db, external_task_id);
    }
    return true;
  } catch (error) {
    if (error instanceof KlingRefusal && isAbsent(error)) return false;
    throw error;
  }
}

/** An unknown task id was seen to answer 1201; 1203 is what the table has for it. */
function isAbsent({ code }: KlingRefusal): boolean {
  return code === invalidValueCode || code === absentCode;
}
