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
 * is still due wait for it. What an engine has written down of deleted ones goes later, once nothing of it is left to be done or counted. In small transactions; throws the reason of `signal` between two. Returns how many went.
 */
export async function forgetOldTasks(context: Context, signal: AbortSignal): Promise<number> {
  const { taskDays } = context.config.flow;
  const gone = taskDays === 0 ? 0 : await forgetAll(context, taskDays, signal);
  // Whatever the setting is by now.
  while ((await context.engines.deleteForgotten(context.database.db, batchSize)) > 0) signal.throwIfAborted();
  return gone;
}

async function forgetAll(context: Context, taskDays: number, signal: AbortSignal): Promise<number> {
  const ageMs = Math.max(taskDays * dayMs, context.config.flow.resultHours * 3_600_000 + resultsGoneMs);
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

async function forgetSome({ database, engines }: Context, accountId: number, before: Date) {
  return await transaction(database.db, async (tx) => {
    const ended = await listEndedBefore(tx, accountId, before, batchSize);
    if (ended.length === 0) return { found: 0, forgotten: 0 };
    const due = new Set(await listDueAmong(tx, ended));
    const ids = ended.filter((id) => !due.has(id));
    await deleteCallbacks(tx, ids);
    await deleteElementUses(tx, ids);
    await engines.forgetTasks(tx, ids);
    await forgetTasks(tx, ids);
    return { found: ended.length, forgotten: ids.length };
  });
}
