import type { KlingSession } from '../account/session.ts';
import { toFailure, vanishedAtKling } from '../errors.ts';
import { tryLookUp } from './look-up-task.ts';
import { claimOrphan, getKlingTask, markFailed, returnToWaiting } from './queries.ts';

/**
 * Asks about one task that holds a slot and that nobody follows any more: its owner cancelled it, or its process died
 * and hasn't come back. When it has ended, or never arrived, its slot is free; also when the upstream no longer knows it
 * and nobody can be waiting for it any more.
 */
export async function settleOrphan(session: KlingSession, signal: AbortSignal): Promise<void> {
  const orphan = await claimOrphan(
    session.db,
    session.credential,
    session.intervals.orphanMs + session.limits.timeoutMs,
  );
  if (orphan === null) return;
  const { external_task_id, upstream_task_id, state, sends } = orphan;
  const isThere = await tryLookUp(session, orphan, signal);
  if (isThere !== false) return;
  if (state === 'sending') return await returnToWaiting(session.db, external_task_id, sends);
  const { sent_ago_ms } = await getKlingTask(session.db, external_task_id);
  if ((sent_ago_ms ?? 0) < session.limits.deadlineMs) return;
  const failure = vanishedAtKling(upstream_task_id ?? external_task_id);
  await markFailed(session.db, external_task_id, toFailure(failure), null);
}
