import { AppError } from '../../lib/errors.ts';
import type { Network } from '../../lib/safe-fetch/index.ts';
import type { Media } from '../../media/index.ts';
import type { KlingSession } from '../account/kling-session.ts';
import { pause } from '../account/polling-intervals.ts';
import { readWholeAnswer, type TaskAnswer } from '../api/read-answer.ts';
import { noResult, resultUnusable } from '../errors.ts';
import { lookUpTask } from '../tasks/look-up-task.ts';
import { getKlingTask, type KlingTask } from '../tasks/queries.ts';

/** What results are fetched and looked into with. */
export interface ResultTools {
  media: Pick<Media, 'inspect'>;
  download: Network['download'];
}

/** Fetches that are tried in one call, each with the links of a fresh look. */
const attemptsMax = 3;

/** Milliseconds for one download. */
export const downloadMs = 600_000;

/** Milliseconds after which a result whose fresh links are all refused stays so; a day for whom a proxy or a region keeps out. */
const refusedMs = 86_400_000;

/**
 * Does `fetch` with the links that `list` finds in the answer of a task that has succeeded, anew with those of a fresh look where
 * it fails. Throws `service_error`, retryable when it can't be had for now; `generation_failed_no_content` when there are none
 * (`what` says of what).
 */
export async function withFreshLinks<T>(
  session: KlingSession,
  done: KlingTask,
  { what, list, signal }: { what: string; list(task: TaskAnswer): readonly string[]; signal: AbortSignal },
  fetch: (links: readonly string[]) => Promise<T>,
): Promise<{ task: TaskAnswer; made: T }> {
  for (let attempt = 1, row = done; ; attempt += 1) {
    const task = readWholeAnswer(row.last_answer);
    const links = task === null ? [] : list(task);
    if (task === null || links.length === 0) throw noResult(what);
    try {
      return { task, made: await fetch(links) };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      if (attempt === attemptsMax) throw resultUnusable(error.message, error, mayMend(error, row));
    }
    // The link may have run out: asking again brings a fresh one.
    await pause(session.intervals.lookUpMs[attempt - 1] ?? 0, signal);
    await lookUpTask(session, row, signal);
    row = await getKlingTask(session.db, row.external_task_id);
  }
}

/**
 * Whether a later attempt may have it: a line that breaks, or a link that isn't good yet. What is too large, no video, or at an
 * address that this server doesn't go to stays so.
 */
function mayMend({ code, retryable }: AppError, { ended_ago_ms }: KlingTask): boolean {
  return retryable || ((code as string) === 'bad_status' && (ended_ago_ms ?? 0) < refusedMs);
}
