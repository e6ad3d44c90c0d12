import { setTimeout as sleep } from 'node:timers/promises';
import { deliverQueue } from '../../callbacks/index.ts';
import { findStalledQueues } from '../../jobs/index.ts';
import { findStorageIdentity, findStoredIdentity } from '../../storage/index.ts';
import { workQueues } from '../../tasks/index.ts';
import type { Context } from '../context.ts';

/** Milliseconds that one part may take to answer; a prober waits for little more. */
const partMs = 3_000;

export interface Readiness {
  /** `ok` when requests can be answered and tasks worked on. */
  status: 'ok' | 'unavailable';
  parts: {
    database: 'ok' | 'away';
    /** `foreign`: its identity isn't the database's, a folder was unmounted perhaps. */
    storage: 'ok' | 'away' | 'foreign';
    /** `stopped`: it would move too much aside, see the log. Work goes on. */
    sweep: 'ok' | 'stopped' | 'unknown';
    /** `stalled`: tasks or callbacks have been due for a minute, and no worker takes them. */
    queue: 'ok' | 'stalled' | 'unknown';
  };
}

/**
 * Asks each part, for three seconds at most. Never throws. A stalled queue makes a worker unready, which should have taken the
 * work, and no `api` process, which can still accept some.
 */
export async function checkReadiness(
  { database, storage }: Pick<Context, 'database' | 'storage'>,
  role: 'api' | 'worker',
): Promise<Readiness> {
  const [row, stored, stalled] = await Promise.all([
    answerOf(findStorageIdentity(database.db)),
    answerOf(findStoredIdentity(storage)),
    answerOf(findStalledQueues(database.db, [...Object.values(workQueues), deliverQueue])),
  ]);
  const parts: Readiness['parts'] = {
    database: row === 'away' ? 'away' : 'ok',
    storage: stored === 'away' ? 'away' : row === 'away' || row.value?.identity === stored.value ? 'ok' : 'foreign',
    sweep: row === 'away' ? 'unknown' : row.value?.sweep_stopped ? 'stopped' : 'ok',
    queue: stalled === 'away' ? 'unknown' : stalled.value.length > 0 ? 'stalled' : 'ok',
  };
  const works = parts.database === 'ok' && parts.storage === 'ok' && (role === 'api' || parts.queue !== 'stalled');
  return { status: works ? 'ok' : 'unavailable', parts };
}

async function answerOf<T>(work: Promise<T>): Promise<{ value: T } | 'away'> {
  const answer = work.then(
    (value) => ({ value }),
    () => 'away' as const,
  );
  return await Promise.race([answer, sleep(partMs, 'away' as const, { ref: false })]);
}
