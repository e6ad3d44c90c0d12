import { listAccounts } from '../../accounts/index.ts';
import { deleteCallbacks, listDueAmong } from '../../callbacks/index.ts';
import { transaction } from '../../db/index.ts';
import { deleteElementUses } from '../../elements/index.ts';
import { forgetTasks, listEndedBefore } from '../../tasks/index.ts';
import type { Context } from '../context.ts';

const dayMs = 86_400_000;

/** Tasks of one transaction: short enough for nobody to wait for it. */
const batchSize = 200;

/** What a sweep needs to have deleted the results of a task before nobody knows the task any more. */
const resultsGoneMs = 7 * dayMs;

/**
 * Deletes tasks that ended and were accepted more than TROUPE_TASK_DAYS ago, with their callbacks, the attempts of these and what says that
 * an element was used in them. What they used stays in reports, the ledger keeps its transfers, elements and files stay. Tasks whose callback
 * is still due wait for it. In small transactions; throws the reason of `signal` between two. Returns how many went.
 */
export async function forgetOldTasks(context: Context, signal: AbortSignal): Promise<number> {
  const { taskDays, resultHours } = context.config.flow;
  if (taskDays === 0) return 0;
  const ageMs = Math.max(taskDays * dayMs, resultHours * 3_600_000 + resultsGoneMs);
  const before = new Date(context.clock.now().getTime() - ageMs);
  let gone = 0;
  for (const { id } of await listAccounts(context.database.db)) {
    for (;;) {
      signal.throwIfAborted();
      const { found, forgotten } = await forgetSome(context, id, before);
      gone += forgotten;
      // Nothing went: all that was found waits for its callbacks.
      if (found < batchSize || forgotten === 0) break;
    }
  }
  return gone;
}

async function forgetSome({ database }: Context, accountId: number, before: Date) {
  return await transaction(database.db, async (tx) => {
    const ended = await listEndedBefore(tx, accountId, before, batchSize);
    if (ended.length === 0) return { found: 0, forgotten: 0 };
    const due = new Set(await listDueAmong(tx, ended));
    const ids = ended.filter((id) => !due.has(id));
    await deleteCallbacks(tx, ids);
    await deleteElementUses(tx, ids);
    await forgetTasks(tx, ids);
    return { found: ended.length, forgotten: ids.length };
  });
}
