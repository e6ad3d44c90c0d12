import { claimOrphan } from './account-queries.ts';
import type { Desk } from './desk.ts';
import { vanishedAtKling } from './errors.ts';
import { getKlingTask, markFailed, returnToWaiting } from './queries.ts';
import { tryLookUp } from './resolve-sending.ts';
import { toFailure } from './stored-failure.ts';

/**
 * Asks about one task that holds a slot and that nobody follows any more: its owner cancelled it, or its process died
 * and hasn't come back. When it has ended, or never arrived, its slot is free; also when the upstream no longer knows it
 * and nobody can be waiting for it any more.
 */
export async function settleOrphan(desk: Desk, signal: AbortSignal): Promise<void> {
  const orphan = await claimOrphan(desk.db, desk.credential, desk.pace.orphanMs + desk.limits.timeoutMs);
  if (orphan === null) return;
  const { external_task_id, upstream_task_id, state, sends } = orphan;
  const isThere = await tryLookUp(desk, orphan, signal);
  if (isThere !== false) return;
  if (state === 'sending') return await returnToWaiting(desk.db, external_task_id, sends);
  const { sent_ago_ms } = await getKlingTask(desk.db, external_task_id);
  if ((sent_ago_ms ?? 0) < desk.limits.deadlineMs) return;
  const failure = vanishedAtKling(upstream_task_id ?? external_task_id);
  await markFailed(desk.db, external_task_id, toFailure(failure), null);
}
