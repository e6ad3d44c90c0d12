import type { Db } from '../../db/index.ts';
import { claimTasks, type WorkQueue } from '../../tasks/index.ts';
import type { Context } from '../context.ts';
import type { BuildJob, ClaimedTask } from './attempt.ts';

/** Claims the tasks of fetched jobs, in the transaction that fetched them; jobs of finished tasks are finished. */
export async function claimBuilds(
  context: Context,
  tx: Db,
  queue: WorkQueue,
  jobs: BuildJob[],
): Promise<ClaimedTask[]> {
  const tasks = new Map(
    (
      await claimTasks(
        tx,
        jobs.map((job) => job.data.task_id),
      )
    ).map((task) => [task.id, task]),
  );
  const claims: ClaimedTask[] = [];
  const idle: BuildJob[] = [];
  for (const job of jobs) {
    const task = tasks.get(job.data.task_id);
    if (task === undefined) idle.push(job);
    else claims.push({ task, job, queue });
    // One claim, one run: a second job of the same task finds it taken.
    tasks.delete(job.data.task_id);
  }
  await context.jobs.finish(tx, queue, idle);
  return claims;
}
