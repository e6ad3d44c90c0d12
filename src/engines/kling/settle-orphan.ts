import { claimOrphan } from './account-queries.ts';
import type { Desk } from './desk.ts';
import { returnToWaiting } from './queries.ts';
import { tryLookUp } from './resolve-sending.ts';

/**
 * Asks about one task that holds a slot and that nobody follows any more: its owner cancelled it, or its process died
 * and hasn't come back. When it has ended, or never arrived, its slot is free.
 */
export async function settleOrphan(desk: Desk, signal: AbortSignal): Promise<void> {
  const orphan = await claimOrphan(desk.db, desk.credential, desk.pace.orphanMs + desk.limits.timeoutMs);
  if (orphan === null) return;
  const isThere = await tryLookUp(desk, orphan, signal);
  if (isThere === false && orphan.state === 'sending') {
    await returnToWaiting(desk.db, orphan.external_task_id, orphan.sends);
  }
}
