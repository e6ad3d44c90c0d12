import { costsPath } from '../api/endpoints.ts';
import { type ResourcePack, readCosts, sumRemaining } from '../api/read-costs.ts';
import { KlingNoAnswer, KlingRefusal } from '../api/refusal.ts';
import type { KlingSession } from './kling-session.ts';
import { noteBalance } from './report-queries.ts';

/** Milliseconds over which the upstream is asked for costs. */
const periodMs = 30 * 86_400_000;

/**
 * The packs of the account as the upstream tells them now, kept for all processes. Null where it doesn't tell: not every relay has the path.
 * Throws as {@link KlingClient.call} does for everything else.
 */
export async function askBalance(
  { db, client, credential }: Pick<KlingSession, 'db' | 'client' | 'credential'>,
  now: Date,
  signal: AbortSignal,
): Promise<ResourcePack[] | null> {
  const query = `start_time=${now.getTime() - periodMs}&end_time=${now.getTime()}`;
  try {
    const packs = readCosts((await client.call(`${costsPath}?${query}`, { signal })).data);
    if (packs !== null) await noteBalance(db, credential, packs);
    return packs;
  } catch (error) {
    if (error instanceof KlingRefusal && (error.kind === 'caller' || error.status === 404)) return null;
    throw error;
  }
}

/** Asks for the balance and warns when there is little left. What can't be asked now is asked the next time. */
export async function watchBalance(session: KlingSession, now: Date, signal: AbortSignal): Promise<void> {
  const { credential, log, balanceWarning } = session;
  try {
    const packs = await askBalance(session, now, signal);
    if (packs === null || balanceWarning === 0) return;
    const remaining_units = sumRemaining(packs);
    if (remaining_units >= balanceWarning) return;
    log.warn(
      { credential, remaining_units },
      'the packs of the Kling account are nearly used up: buy another, or videos will be held',
    );
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KlingRefusal) && !(error instanceof KlingNoAnswer)) throw error;
    log.warn({ credential, reason: error.message }, 'the balance of the Kling account could not be asked for');
  }
}
