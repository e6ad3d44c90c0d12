import type { Context } from '../context.ts';
import type { Db } from '../db/index.ts';
import {
  build,
  type ClaimedTask,
  concludeCompleted,
  concludeFailed,
  discardDraft,
  gaveUp,
  retryLater,
  toTaskFailure,
  waitedTooLong,
} from '../flow/index.ts';
import type { Job } from '../jobs/index.ts';
import type { AppError } from '../lib/errors.ts';
import { failpoint } from '../lib/failpoint.ts';
import { claimTasks, type WorkQueue, workQueues } from '../tasks/index.ts';

/** A file that kills every worker that touches it ends as a failed task, not as an endless loop. */
const attemptsMax = 3;

/** Seconds before the second and the third attempt. */
const retryDelaySeconds = [2, 5];

/** Seconds before the later attempts at work elsewhere. */
const upstreamRetrySeconds = 15;

export type BuildJob = Job<{ task_id: string }>;

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

/** Builds a claimed task and concludes it, or puts it back for another attempt. */
export async function runBuild(
  context: Context,
  claimed: ClaimedTask,
  signal: AbortSignal,
  lookAgain: (delayMs: number) => void,
): Promise<void> {
  const { task } = claimed;
  const log = context.log.child({ task_id: task.id, attempt: task.attempt });
  log.debug('claimed');
  failpoint('F3');
  const tooMuch = judgeAttempt(context, claimed);
  try {
    const draft = await build(context, task, signal, tooMuch);
    if (await concludeCompleted(context, claimed, draft)) log.info('completed');
    else await discardDraft(context.storage, draft);
  } catch (error) {
    // The process is stopping: the task is free for another at once.
    if (signal.aborted) return void (await retryLater(context, claimed, 0));
    if (tooMuch !== null && error === tooMuch) return await giveUp(context, claimed, tooMuch);
    await settleFailure(context, claimed, toTaskFailure(error), lookAgain);
  }
}

async function giveUp(context: Context, claimed: ClaimedTask, tooMuch: AppError): Promise<void> {
  const { id: task_id, attempt } = claimed.task;
  if (!(await concludeFailed(context, claimed, tooMuch))) return;
  context.log.error({ task_id, attempt, reason: tooMuch.message }, 'given up');
}

/**
 * Why nothing new is begun in this attempt, or null. Work on this machine that was cut off too often would cut off the next attempt
 * too. Work elsewhere goes on whatever happens here, and only time ends it.
 */
function judgeAttempt({ config, clock }: Context, { task, queue }: ClaimedTask): AppError | null {
  if (queue === workQueues.here) return task.attempt > attemptsMax ? gaveUp(attemptsMax) : null;
  const { upstreamHours } = config.worker;
  const ageMs = clock.now().getTime() - task.created_at.getTime();
  return ageMs > upstreamHours * 3_600_000 ? waitedTooLong(upstreamHours) : null;
}

/** Seconds until the next attempt after a failure that another may mend; undefined when there is none. */
function chooseDelay({ task, queue }: ClaimedTask): number | undefined {
  if (queue === workQueues.here) return task.attempt < attemptsMax ? retryDelaySeconds[task.attempt - 1] : undefined;
  return retryDelaySeconds[task.attempt - 1] ?? upstreamRetrySeconds;
}

async function settleFailure(
  context: Context,
  claimed: ClaimedTask,
  failure: AppError,
  lookAgain: (delayMs: number) => void,
): Promise<void> {
  const { task } = claimed;
  const log = context.log.child({ task_id: task.id, attempt: task.attempt, code: failure.code });
  const delaySeconds = failure.retryable ? chooseDelay(claimed) : undefined;
  if (delaySeconds === undefined) {
    if (!(await concludeFailed(context, claimed, failure))) return;
    // The caller's own mistakes are no news to an operator; what went wrong here is.
    const level = failure.code === 'service_error' ? 'error' : 'info';
    log[level]({ reason: failure.message, detail: failure.detail, err: failure.cause }, 'failed');
    return;
  }
  if (!(await retryLater(context, claimed, delaySeconds))) return;
  lookAgain(delaySeconds * 1000);
  log.warn({ reason: failure.message, detail: failure.detail, err: failure.cause }, 'attempt failed, will run again');
}
