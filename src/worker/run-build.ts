import type { Db } from '../db/index.ts';
import {
  build,
  type ClaimedTask,
  type Context,
  concludeCompleted,
  concludeFailed,
  discardDraft,
  gaveUp,
  retryLater,
  toTaskFailure,
  waitedTooLong,
} from '../flow/index.ts';
import { type Job, type Seat, type Turns, TurnsClosed } from '../jobs/index.ts';
import { AppError } from '../lib/errors.ts';
import { failpoint } from '../lib/failpoint.ts';
import { claimTasks, releaseTask, resumeTask, type WorkQueue, workQueues } from '../tasks/index.ts';

/** A file that kills every worker that touches it ends as a failed task, not as an endless loop. */
const triesMax = 3;

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

export interface BuildTools {
  /** Places for work that uses this machine's cores; null where the work is done elsewhere. */
  turns: Turns | null;
  lookAgain(delayMs: number): void;
}

/** Builds a claimed task and concludes it, or puts it back for another attempt. */
export async function runBuild(
  context: Context,
  claimed: ClaimedTask,
  signal: AbortSignal,
  { turns, lookAgain }: BuildTools,
): Promise<void> {
  const { task } = claimed;
  const log = context.log.child({ task_id: task.id, attempt: task.attempt });
  log.debug('claimed');
  failpoint('F3');
  const tooMuch = judgeAttempt(context, claimed);
  const seat = turns?.enter(groupOf(claimed));
  try {
    const draft = await build(context, task, signal, tooMuch, (either) => takeTurn(context, claimed, seat, either));
    seat?.leave();
    if (await concludeCompleted(context, claimed, draft)) log.info('completed');
    else await discardDraft(context.storage, draft);
  } catch (error) {
    // The process is stopping: the task is free for another at once.
    if (signal.aborted || error instanceof TurnsClosed) {
      return void (await retryLater(context, claimed, 0, { counts: false }));
    }
    if (tooMuch !== null && error === tooMuch) return await giveUp(context, claimed, tooMuch);
    await settleFailure(context, claimed, toTaskFailure(error), lookAgain);
  } finally {
    seat?.leave();
  }
}

/** Whose turn it is goes by accounts. */
export function groupOf({ task }: ClaimedTask): string {
  return String(task.account_id);
}

/** The sources are there: takes a place among the builds, and says that the task waits as long as there is none. */
async function takeTurn(
  context: Context,
  { task }: ClaimedTask,
  seat: Seat | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (seat === undefined || seat.tryTake()) return;
  const { db } = context.database;
  if (!(await releaseTask(db, task, { counts: false }))) throw claimLost(task.id);
  await seat.wait(signal);
  if (!(await resumeTask(db, task))) throw claimLost(task.id);
}

/** Never shown: whoever has lost the claim changes nothing. */
const claimLost = (taskId: string) => new Error(`the claim of ${taskId} was lost`);

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
  if (queue === workQueues.local) return task.tries > triesMax ? gaveUp(triesMax) : null;
  const { upstreamHours } = config.flow;
  const ageMs = clock.now().getTime() - task.created_at.getTime();
  return ageMs > upstreamHours * 3_600_000 ? waitedTooLong(upstreamHours) : null;
}

/** Seconds until the next attempt after a failure that another may mend; undefined when there is none. */
function chooseDelay({ task, queue }: ClaimedTask): number | undefined {
  if (queue === workQueues.local) return task.tries < triesMax ? retryDelaySeconds[task.tries - 1] : undefined;
  return retryDelaySeconds[task.attempt - 1] ?? upstreamRetrySeconds;
}

/** A server that was too slow twice is slow: a third wait would only hold up the account's own tasks. */
function isSlowAgain({ task, queue }: ClaimedTask, { cause }: AppError): boolean {
  const used = queue === workQueues.local ? task.tries : task.attempt;
  return used > 1 && cause instanceof AppError && cause.code === 'timed_out';
}

async function settleFailure(
  context: Context,
  claimed: ClaimedTask,
  failure: AppError,
  lookAgain: (delayMs: number) => void,
): Promise<void> {
  const { task } = claimed;
  const log = context.log.child({ task_id: task.id, attempt: task.attempt, code: failure.code });
  const delaySeconds = failure.retryable && !isSlowAgain(claimed, failure) ? chooseDelay(claimed) : undefined;
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
