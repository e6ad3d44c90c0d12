import type { KlingSession } from '../account/kling-session.ts';
import { lookInPassing } from './choose-next.ts';
import { claimOrphan } from './queries.ts';

/**
 * Asks about one task that holds a slot and that nobody follows any more: its owner cancelled it, or its process died
 * and hasn't come back. When it has ended, its slot is free.
 */
export async function settleOrphan(session: KlingSession, signal: AbortSignal): Promise<void> {
  const { intervals, credential } = session;
  const orphan = await claimOrphan(session.db, credential, intervals.orphanMs);
  if (orphan !== null) await lookInPassing(session, orphan, signal);
}
