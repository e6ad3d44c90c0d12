import {
  build,
  type ClaimedTask,
  type Context,
  chooseAfterFailure,
  concludeCompleted,
  concludeFailed,
  describeFault,
  discardDraft,
  judgeAttempt,
  retryLater,
  tellChanged,
  toTaskFailure,
} from '../flow/index.ts';
import { type Seat, type Turns, TurnsClosed } from '../jobs/index.ts';
import type { AppError } from '../lib/errors.ts';
import { failpoint } from '../lib/failpoint.ts';
import { releaseTask, resumeTask } from '../tasks/index.ts';

export interface BuildTools {
  /** Places for work that uses this machine's cores; null where the work is done elsewhere. */
  turns: Turns | null;
  lookAgain(delayMs: number): void;
  /** The work only waits for a service elsewhere from now on, or does so no longer. */
  setIdle(isIdle: boolean): void;
  /** Whether this process was told to stop: what is lost from then on was no fault of its task. */
  isStopping(): boolean;
}

/** Builds a claimed task and concludes it, or puts it back for another attempt. */
export async function runBuild(
  context: Context,
  claimed: ClaimedTask,
  signal: AbortSignal,
  tools: BuildTools,
): Promise<void> {
  const { task } = claimed;
  const { turns } = tools;
  const log = context.log.child({ task_id: task.id, attempt: task.attempt });
  log.debug('claimed');
  tellChanged(context, task.account_id);
  failpoint('after-claim-of-build');
  const reason = judgeAttempt(context, claimed);
  const seat = turns?.enter(groupOf(claimed));
  try {
    const wait = (either: AbortSignal) => takeTurn(context, claimed, seat, either);
    const draft = await build(context, task, signal, reason === null, wait, tools.setIdle);
    seat?.leave();
    if (draft === null) await giveUp(context, claimed, reason);
    else if (await concludeCompleted(context, claimed, draft)) log.info('completed');
    else await discardDraft(context.storage, draft);
  } catch (error) {
    // The process is stopping: the task is free for another at once.
    if (signal.aborted || error instanceof TurnsClosed) {
      return void (await retryLater(context, claimed, 0, 'stopped'));
    }
    await settleFailure(context, claimed, { failure: toTaskFailure(error), overdue: reason }, tools);
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
  if (!(await releaseTask(db, task, 'waits'))) throw claimLost(task.id);
  tellChanged(context, task.account_id);
  await seat.wait(signal);
  if (!(await resumeTask(db, task))) throw claimLost(task.id);
  tellChanged(context, task.account_id);
}

/** Never shown: a worker that has lost the claim changes nothing. */
const claimLost = (taskId: string) => new Error(`the claim of ${taskId} was lost`);

async function giveUp(context: Context, claimed: ClaimedTask, reason: AppError | null): Promise<void> {
  if (reason === null) return;
  const { id: task_id, attempt } = claimed.task;
  if (!(await concludeFailed(context, claimed, reason))) return;
  context.log.error({ task_id, attempt, reason: reason.message }, 'given up');
}

async function settleFailure(
  context: Context,
  claimed: ClaimedTask,
  { failure, overdue }: { failure: AppError; overdue: AppError | null },
  { lookAgain, isStopping }: BuildTools,
): Promise<void> {
  const { task } = claimed;
  const log = context.log.child({ task_id: task.id, attempt: task.attempt, code: failure.code });
  // What stops a server is often sent to all its processes at once, so that work is lost before its time is up.
  if (isStopping() && failure.retryable) {
    if (await retryLater(context, claimed, 0, 'stopped')) log.info({ detail: failure.detail }, 'ended by the stop');
    return;
  }
  const next = await chooseAfterFailure(context, claimed, failure, overdue);
  if (next.state === 'failed') {
    if (!(await concludeFailed(context, claimed, next.failure))) return;
    // The caller's own mistakes are no news to an operator; what went wrong here is.
    const level = next.failure.code === 'service_error' || next.failure === overdue ? 'error' : 'info';
    log[level](describeFault(failure), 'failed');
    return;
  }
  if (!(await retryLater(context, claimed, next.delaySeconds))) return;
  lookAgain(next.delaySeconds * 1000);
  log.warn(describeFault(failure), 'attempt failed, will run again');
}
