import {
  type AttemptResult,
  attemptCallback,
  chooseNextAttempt,
  countAttempts,
  type DueCallback,
  deliverQueue,
  type FinishedAttempt,
  finishAttempts,
  type NextAttempt,
  nameCallback,
  type OpenAttempt,
  openAttempts,
} from '../callbacks/index.ts';
import { type Db, transaction } from '../db/index.ts';
import type { Job } from '../jobs/index.ts';
import { failpoint } from '../lib/failpoint.ts';
import { createGatherer } from '../lib/gather.ts';
import { listTasksByIds, type Task } from '../tasks/index.ts';
import { showTask } from './calls/show-task.ts';
import type { Context } from './context.ts';
import { loadSecrets, type Secrets } from './load-secrets.ts';

/** A job of the queue of callbacks. */
export type DeliverJob = Job<DueCallback>;

/** An attempt whose row stands, with all that is sent. */
export interface ClaimedCallback {
  job: DeliverJob;
  open: OpenAttempt;
  task: Task;
  secrets: Secrets;
}

/**
 * Opens the next attempt of each fetched callback, in the transaction that fetched the jobs. Jobs of callbacks that are
 * delivered or given up are finished here.
 */
export async function claimCallbacks(context: Context, tx: Db, jobs: DeliverJob[]): Promise<ClaimedCallback[]> {
  const opened = await openAttempts(
    tx,
    jobs.map((job) => job.data),
    countAttempts(context.config.callbacks.retrySeconds),
  );
  const tasks = new Map(
    (
      await listTasksByIds(
        tx,
        opened.map((open) => open.task_id),
      )
    ).map((task) => [task.id, task]),
  );
  const secretsOf = await loadSecrets(
    tx,
    opened.map((open) => open.account_id),
    context.clock.now(),
  );
  const claims: ClaimedCallback[] = [];
  for (const open of opened) {
    const job = jobs.find((one) => isOf(one, open));
    const task = tasks.get(open.task_id);
    if (job && task) claims.push({ job, open, task, secrets: secretsOf(open.account_id) });
  }
  const idle = jobs.filter((job) => !claims.some((claim) => claim.job === job));
  await context.jobs.finish(tx, deliverQueue, idle);
  return claims;
}

function isOf({ data }: DeliverJob, open: OpenAttempt): boolean {
  return data.task_id === open.task_id && (data.after ?? 0) === open.attempts_before;
}

export interface Delivery {
  /** Sends one claimed attempt and records its outcome. */
  deliver(claimed: ClaimedCallback, signal: AbortSignal): Promise<void>;
}

/** A retry further off is left to the queue's look each second: a timer for each would be held for days. */
const rememberedMs = 10_000;

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
      failpoint('before-callback');
      const { task, open, secrets } = claimed;
      const body = JSON.stringify(await presentBody(context, task));
      const callback = { id: nameCallback(task.id), url: open.url, body };
      const startedAt = performance.now();
      const result = await attemptTraced(context, claimed, (traceparent) =>
        attemptCallback(context.network, callback, { secrets, sentAt: context.clock.now(), signal, traceparent }),
      );
      context.metrics.delivered(result.outcome, (performance.now() - startedAt) / 1000);
      if (result.outcome === 'accepted') failpoint('after-accepted-callback');
      const { retrySeconds } = context.config.callbacks;
      const next = chooseNextAttempt(open.attempt - open.attempts_before, result.outcome, retrySeconds);
      await record({ claimed, result, next });
      if (next.state !== 'due') return;
      failpoint('after-commit-of-delivery');
      if (next.delayMs <= rememberedMs) lookAgain(next.delayMs);
    },
  };
}

/** One attempt as a part of the trace that its task began in; the receiver may go on with it. */
async function attemptTraced(
  { tracing }: Context,
  { task, open }: ClaimedCallback,
  attempt: (traceparent: string | null) => Promise<AttemptResult>,
): Promise<AttemptResult> {
  const facts = { 'troupe.task_id': task.id, 'troupe.callback.attempt': open.attempt, 'http.request.method': 'POST' };
  return await tracing.span('callback', { kind: 'client', parent: task.trace_parent, facts }, async (span) => {
    const result = await attempt(span.traceparent);
    if (result.status_code !== null) span.note({ 'http.response.status_code': result.status_code });
    if (result.outcome !== 'accepted') span.fail(result.outcome);
    return result;
  });
}

/** In the form that the task was asked for in. */
async function presentBody(context: Context, task: Task): Promise<object> {
  const present = task.callback_form === null ? undefined : context.callbackForms[task.callback_form];
  return (await present?.(context, task)) ?? (await showTask(context, task));
}

interface Result {
  claimed: ClaimedCallback;
  result: AttemptResult;
  next: NextAttempt;
}

/** The outcomes, the next attempts' jobs and the end of this one's, in one transaction. */
async function recordAll(context: Context, results: Result[]): Promise<void> {
  const givenUp = await transaction(context.database.db, async (tx) => {
    const latest = await finishAttempts(tx, results.map(toFinished));
    for (const { claimed, next } of results) {
      if (next.state !== 'due' || !latest.has(claimed.task.id)) continue;
      const group = new URL(claimed.open.url).host;
      const delaySeconds = next.delayMs / 1000;
      const { attempts_before } = claimed.open;
      const data: DueCallback = { task_id: claimed.task.id, ...(attempts_before > 0 && { after: attempts_before }) };
      await context.jobs.send(tx, deliverQueue, data, { delaySeconds, group });
    }
    await context.jobs.finish(
      tx,
      deliverQueue,
      results.map((result) => result.claimed.job),
    );
    return results.filter(({ claimed, next }) => next.state === 'given_up' && latest.has(claimed.task.id));
  });
  for (const result of givenUp) tellGivenUp(context, result);
}

/** Callbacks that this process gave up since its start. */
let givenUpCount = 0;

/** The host alone: the rest of a callback's address may hold its receiver's secrets. */
function tellGivenUp({ log }: Context, { claimed, result }: Result): void {
  givenUpCount += 1;
  const { outcome, status_code, detail } = result;
  const { host } = new URL(claimed.open.url);
  log.warn(
    {
      task_id: claimed.task.id,
      host,
      attempt: claimed.open.attempt,
      outcome,
      status_code,
      detail,
      given_up: givenUpCount,
    },
    'a callback was given up',
  );
}

function toFinished({ claimed, result, next }: Result): FinishedAttempt {
  return {
    task_id: claimed.task.id,
    attempt: claimed.open.attempt,
    ...result,
    state: next.state,
  };
}
