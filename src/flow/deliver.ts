import { findCallbackSecrets } from '../accounts/index.ts';
import {
  type AttemptOutcome,
  attemptCallback,
  chooseAfterAttempt,
  deliverQueue,
  type FinishedAttempt,
  finishAttempts,
  type OpenAttempt,
  openAttempts,
  retrySchedule,
} from '../callbacks/index.ts';
import type { Context } from '../context.ts';
import { type Db, transaction } from '../db/index.ts';
import type { Job } from '../jobs/index.ts';
import { failpoint } from '../lib/failpoint.ts';
import { createGatherer } from '../lib/gather.ts';
import { listTasksByIds, presentTask, type Task } from '../tasks/index.ts';

export type DeliverJob = Job<{ task_id: string }>;

/** An attempt whose row stands, with all that is sent. */
export interface ClaimedCallback {
  job: DeliverJob;
  open: OpenAttempt;
  task: Task;
  secrets: readonly string[];
}

/**
 * Opens the next attempt of each fetched callback, in the transaction that fetched the jobs. Jobs of callbacks that are
 * delivered or given up are finished here.
 */
export async function claimCallbacks(context: Context, tx: Db, jobs: DeliverJob[]): Promise<ClaimedCallback[]> {
  const opened = await openAttempts(
    tx,
    jobs.map((job) => job.data.task_id),
    retrySchedule.attemptsMax,
  );
  const tasks = new Map((await listTasksByIds(tx, opened.map((open) => open.task_id))).map((task) => [task.id, task]));
  const secrets = await findCallbackSecrets(tx, [...new Set(opened.map((open) => open.account_id))]);
  const claims: ClaimedCallback[] = [];
  for (const open of opened) {
    const job = jobs.find((one) => one.data.task_id === open.task_id);
    const task = tasks.get(open.task_id);
    if (job && task) claims.push({ job, open, task, secrets: secrets.get(open.account_id) ?? [] });
  }
  const idle = jobs.filter((job) => !claims.some((claim) => claim.job === job));
  await context.jobs.finish(tx, deliverQueue, idle);
  return claims;
}

export interface Delivery {
  /** Sends one claimed attempt and records its outcome. */
  deliver(claimed: ClaimedCallback, signal: AbortSignal): Promise<void>;
}

/** Long enough to write the outcomes of a burst in one commit, short against the least retry gap of 1 s. */
const gatherMs = 5;

/**
 * Sends callbacks. `lookAgain` is told when a retry falls due, so that this process fetches it on time rather than at
 * its next look; any other process would find it at most a second later.
 */
export function createDelivery(context: Context, lookAgain: (delayMs: number) => void): Delivery {
  const record = createGatherer(gatherMs, (results: Result[]) => recordAll(context, results));
  return {
    async deliver(claimed, signal) {
      failpoint('F11');
      const body = JSON.stringify(presentTask(claimed.task, 0, context.clock.now()));
      const outcome = await attemptCallback(context.network, {
        url: claimed.open.url,
        webhook_id: `msg_${claimed.task.id}`,
        secrets: claimed.secrets,
        body,
        now: context.clock.now(),
        signal,
      });
      failpoint('F12');
      const next = chooseAfterAttempt(claimed.open.attempt, outcome);
      await record({ claimed, outcome, next });
      if (next.state !== 'due') return;
      failpoint('F13');
      lookAgain(next.delaySeconds * 1000);
    },
  };
}

interface Result {
  claimed: ClaimedCallback;
  outcome: AttemptOutcome;
  next: ReturnType<typeof chooseAfterAttempt>;
}

/** The outcomes, the next attempts' jobs and the end of this one's, in one transaction. */
async function recordAll(context: Context, results: Result[]): Promise<void> {
  await transaction(context.database.db, async (tx) => {
    await finishAttempts(tx, results.map(toFinished));
    for (const { claimed, next } of results) {
      if (next.state !== 'due') continue;
      const group = new URL(claimed.open.url).host;
      const delaySeconds = next.delaySeconds;
      await context.jobs.send(tx, deliverQueue, { task_id: claimed.task.id }, { delaySeconds, group });
    }
    await context.jobs.finish(tx, deliverQueue, results.map((result) => result.claimed.job));
  });
}

function toFinished({ claimed, outcome, next }: Result): FinishedAttempt {
  return {
    task_id: claimed.task.id,
    attempt: claimed.open.attempt,
    outcome: outcome.outcome,
    status_code: outcome.status_code,
    detail: outcome.detail,
    duration_ms: outcome.duration_ms,
    state: next.state,
  };
}
