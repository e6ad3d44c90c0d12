import { AppError } from '../../lib/errors.ts';
import { workQueues } from '../../tasks/index.ts';
import type { Context } from '../context.ts';
import { attemptsExhausted, waitedTooLong } from '../errors.ts';
import type { ClaimedTask } from './work.ts';

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

/**
 * Why nothing new is begun in this attempt, or null. Work on this machine that too many workers died of would end the next one
 * too. Work elsewhere goes on whatever happens here, and only time ends it.
 */
export function judgeAttempt({ config, clock }: Context, { task, queue }: ClaimedTask): AppError | null {
  if (queue === workQueues.local) return task.losses > lossesMax ? attemptsExhausted(task.losses) : null;
  const { upstreamHours } = config.flow;
  const ageMs = clock.now().getTime() - task.created_at.getTime();
  return ageMs > upstreamHours * 3_600_000 ? waitedTooLong(upstreamHours) : null;
}

/** What follows a failed attempt: another after `delaySeconds`, or the end of the task. */
export type AfterFailure = { state: 'due'; delaySeconds: number } | { state: 'failed' };

/** Another attempt follows only a failure that it may mend, and while there are any left. */
export function chooseAfterFailure(claimed: ClaimedTask, failure: AppError): AfterFailure {
  if (!failure.retryable || isSlowAgain(claimed, failure)) return { state: 'failed' };
  const delaySeconds = chooseDelay(claimed);
  return delaySeconds === undefined ? { state: 'failed' } : { state: 'due', delaySeconds };
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
