import { deliverQueue, insertCallbacks } from '../../callbacks/index.ts';
import { allSettledOrThrow, type Db } from '../../db/index.ts';
import type { Task } from '../../tasks/index.ts';
import type { ConclusionPlace } from './completed-task.ts';

/** Writes the callbacks of tasks that have just ended, of those that asked for one, and the jobs that send them. */
export async function makeCallbacksDue(jobs: ConclusionPlace['jobs'], tx: Db, ended: readonly Task[]): Promise<void> {
  const due = ended.flatMap(({ id: task_id, account_id, callback_url: url }) =>
    url === null ? [] : [{ task_id, account_id, url }],
  );
  if (due.length === 0) return;
  const sent = due.map(({ task_id, url }) => ({ data: { task_id }, group: new URL(url).host }));
  await allSettledOrThrow(insertCallbacks(tx, due), jobs.sendAll(tx, deliverQueue, sent));
}
