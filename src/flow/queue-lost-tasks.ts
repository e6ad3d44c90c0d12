import { transaction } from '../db/index.ts';
import { listWithoutJob } from '../jobs/index.ts';
import { listUnfinishedBefore, lockUnfinished, type Task, type WorkQueue, workQueues } from '../tasks/index.ts';
import { readAcceptedRequest } from './accepted-request.ts';
import type { Context } from './context.ts';

/** The oldest are looked at, so many at most. */
const tasksMax = 100_000;

/**
 * Gives unfinished tasks that were accepted before `before` and that no job is about a job again: a hand at the engine's tables or a
 * job engine that deletes what has waited for long would else leave them, and their credits, waiting for ever. Every change of a task and its
 * job is one transaction, so no other task is ever seen without one. Returns how many there were.
 */
export async function queueLostTasks(context: Context, before: Date): Promise<number> {
  const { database, jobs, log } = context;
  const queues = Object.values(workQueues);
  const ids = await listUnfinishedBefore(database.db, before, tasksMax);
  const lost = await listWithoutJob(database.db, queues, 'task_id', ids);
  if (lost.length === 0) return 0;
  const queued = await transaction(database.db, async (tx) => {
    // Once more, now that nobody else can give them one: another process sweeps too.
    const tasks = await lockUnfinished(tx, lost);
    const jobless = new Set(
      await listWithoutJob(
        tx,
        queues,
        'task_id',
        tasks.map(({ id }) => id),
      ),
    );
    const found = tasks.filter(({ id }) => jobless.has(id));
    for (const task of found) {
      await jobs.send(tx, chooseQueue(context, task), { task_id: task.id }, { group: String(task.account_id) });
    }
    return found;
  });
  for (const { id } of queued) log.warn({ task_id: id }, 'an unfinished task had lost its job and has one again');
  for (const queue of queues) if (queued.length > 0) jobs.wakeUp.wake(queue);
  return queued.length;
}

/**
 * As when it was accepted. Of an engine that the settings no longer have, the one where a task waits for hours until they have it again: elsewhere
 * it would end after three tries, and something may be paid for it.
 */
function chooseQueue({ engines }: Context, task: Task): WorkQueue {
  const { kind, engine } = readAcceptedRequest(task);
  if (task.dry_run) return workQueues.local;
  try {
    const { place } = kind === 'element' ? engines.getElementEngine(engine) : engines.getVideoEngine(engine);
    return workQueues[place];
  } catch {
    return workQueues.remote;
  }
}
