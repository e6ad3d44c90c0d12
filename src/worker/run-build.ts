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

/** What came of an attempt, with the code of its failure if it failed. */
type Outcome = Pick<Parameters<Context['metrics']['attempted']>[0], 'outcome' | 'code'>;

/** Builds a claimed task and concludes it, or puts it back for another attempt. */
export async function runBuild(
  context: Context,
  claimed: ClaimedTask,
  signal: AbortSignal,
  tools: BuildTools,
): Promise<void> {
  const { id, model, attempt: number, trace_parent: parent } = claimed.task;
  const startedAt = performance.now();
  const facts = { 'troupe.task_id': id, 'troupe.model': model, 'troupe.attempt': number };
  const outcome = await context.tracing.span(`attempt ${model}`, { kind: 'consumer', parent, facts }, async (span) => {
    const outcome = await attempt(context, claimed, signal, tools);
    span.note({ 'troupe.outcome': outcome.outcome });
    if (outcome.code !== undefined) span.fail(outcome.code);
    return outcome;
  });
  context.metrics.attempted({ model, ...outcome }, (performance.now() - startedAt) / 1000);
}

async function attempt(
  context: Context,
  claimed: ClaimedTask,
  signal: AbortSignal,
  tools: BuildTools,
): Promise<Outcome> {
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
    if (draft === null) return await giveUp(context, claimed, reason);
    const conclude = () => concludeCompleted(context, claimed, draft, signal);
    const isConcluded = await context.tracing.span('conclude', {}, conclude);
    if (!isConcluded) {
      await discardDraft(context.storage, draft);
      return { outcome: 'lost' };
    }
    log.info('completed');
    return { outcome: 'completed' };
  } catch (error) {
    // The process is stopping: the task is free for another at once.
    if (signal.aborted || error instanceof TurnsClosed) {
      return { outcome: (await retryLater(context, claimed, 0, 'stopped')) ? 'stopped' : 'lost' };
    }
    return await settleFailure(context, claimed, { failure: toTaskFailure(error), overdue: reason }, tools);
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

async function giveUp(context: Context, claimed: ClaimedTask, reason: AppError | null): Promise<Outcome> {
  const { id: task_id, attempt } = claimed.task;
  if (reason === null || !(await concludeFailed(context, claimed, reason))) return { outcome: 'lost' };
  context.log.error({ task_id, attempt, reason: reason.message }, 'given up');
  return { outcome: 'failed', code: reason.code };
}

async function settleFailure(
  context: Context,
  claimed: ClaimedTask,
  { failure, overdue }: { failure: AppError; overdue: AppError | null },
  { lookAgain, isStopping }: BuildTools,
): Promise<Outcome> {
  const { task } = claimed;
  const log = context.log.child({ task_id: task.id, attempt: task.attempt, code: failure.code });
  // What stops a server is often sent to all its processes at once, so that work is lost before its time is up.
  if (isStopping() && failure.retryable) {
    if (!(await retryLater(context, claimed, 0, 'stopped'))) return { outcome: 'lost' };
    log.info({ detail: failure.detail }, 'ended by the stop');
    return { outcome: 'stopped' };
  }
  const next = await chooseAfterFailure(context, claimed, failure, overdue);
  if (next.state === 'failed') {
    if (!(await concludeFailed(context, claimed, next.failure))) return { outcome: 'lost' };
    // The caller's own mistakes are no news to an operator; what went wrong here is.
    const level = next.failure.code === 'service_error' || next.failure === overdue ? 'error' : 'info';
    log[level](describeFault(failure), 'failed');
    return { outcome: 'failed', code: next.failure.code };
  }
  if (!(await retryLater(context, claimed, next.delaySeconds))) return { outcome: 'lost' };
  lookAgain(next.delaySeconds * 1000);
  log.warn(describeFault(failure), 'attempt failed, will run again');
  return { outcome: 'again', code: failure.code };
}
