import { AppError } from '../../lib/errors.ts';
import { workQueues } from '../../tasks/index.ts';
import { readAcceptedRequest } from '../accepted-request.ts';
import type { Context } from '../context.ts';
import type { ClaimedTask } from './attempt.ts';
import { attemptsExhausted, waitedTooLong } from './errors.ts';

/** Attempts that fail by a fault that another might mend. */
const triesMax = 3;

/**
 * Claims in a row whose worker was killed without a word. An operator, the kernel or a power cut did it, not the task, until it
 * has been too many for chance: what kills every worker that touches it ends as a failed task, not as an endless loop.
 */
const lossesMax = 10;

/** Seconds before the second and the third attempt. */
const retryDelaySeconds = [2, 5];

/** Seconds before the later attempts at work elsewhere. */
const upstreamRetrySeconds = 15;

/** The same once its time is over and it's paid for: what is in the way by then is mended by a person. */
const overdueRetrySeconds = 600;

/** Hours that the Kling API keeps what it has made, since the task was accepted: 30 days, by its documents and its links' ends. */
const keptElsewhereHours = 30 * 24;

/**
 * Why nothing new is begun in this attempt, or null. Work on this machine that too many workers died of would end the next one
 * too. Work elsewhere goes on whatever happens here, and only time ends it.
 */
export function judgeAttempt({ config, clock }: Context, { task, queue }: ClaimedTask): AppError | null {
  if (queue === workQueues.local) return task.losses > lossesMax ? attemptsExhausted(task.losses) : null;
  const { upstreamHours } = config.flow;
  return computeAgeHours(clock, task) > upstreamHours ? waitedTooLong(upstreamHours) : null;
}

/** What follows a failed attempt: another after `delaySeconds`, or the end of the task, by `failure`. */
export type AfterFailure = { state: 'due'; delaySeconds: number } | { state: 'failed'; failure: AppError };

/**
 * Another attempt follows only a failure that it may mend, and while there are any left; none when `overdue` says why nothing
 * is begun any more. Work that is paid for elsewhere ends by no fault of this machine or its network: it is tried again for as
 * long as its result is kept there.
 */
export async function chooseAfterFailure(
  context: Context,
  claimed: ClaimedTask,
  failure: AppError,
  overdue: AppError | null,
): Promise<AfterFailure> {
  if (!failure.retryable) return { state: 'failed', failure };
  const delaySeconds = chooseDelay(claimed);
  if (await isPaidElsewhere(context, claimed)) {
    if (computeAgeHours(context.clock, claimed.task) > keptElsewhereHours) return { state: 'failed', failure };
    return {
      state: 'due',
      delaySeconds: overdue === null ? (delaySeconds ?? upstreamRetrySeconds) : overdueRetrySeconds,
    };
  }
  if (overdue !== null) return { state: 'failed', failure: overdue };
  if (delaySeconds === undefined || isSlowAgain(claimed, failure)) return { state: 'failed', failure };
  return { state: 'due', delaySeconds };
}

async function isPaidElsewhere({ engines, database }: Context, { task, queue }: ClaimedTask): Promise<boolean> {
  if (queue === workQueues.local) return false;
  const { kind, engine } = readAcceptedRequest(task);
  return (await engines.listPaid(database.db, [{ id: task.id, kind, engine }])).length > 0;
}

function computeAgeHours(clock: Context['clock'], { created_at }: ClaimedTask['task']): number {
  return (clock.now().getTime() - created_at.getTime()) / 3_600_000;
}

/** A server that was too slow twice is slow: a third wait would only hold up the account's own tasks. */
function isSlowAgain({ task, queue }: ClaimedTask, { cause }: AppError): boolean {
  const used = queue === workQueues.local ? task.tries : task.attempt;
  return used > 1 && cause instanceof AppError && cause.code === 'timed_out';
}

/** Seconds until the next attempt after a failure that another may mend; undefined when there is none. */
function chooseDelay({ task, queue }: ClaimedTask): number | undefined {
  if (queue === workQueues.local) return task.tries < triesMax ? retryDelaySeconds[task.tries - 1] : undefined;
  return retryDelaySeconds[task.attempt - 1] ?? upstreamRetrySeconds;
}
