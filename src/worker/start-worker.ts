import { deliverQueue } from '../callbacks/index.ts';
import type { Context } from '../context.ts';
import {
  type ClaimedCallback,
  type ClaimedTask,
  claimCallbacks,
  createDelivery,
  type DeliverJob,
  expire,
} from '../flow/index.ts';
import { type QueueRunner, runQueue } from '../jobs/index.ts';
import { type WorkQueue, workQueues } from '../tasks/index.ts';
import { type BuildJob, claimBuilds, runBuild } from './run-build.ts';

export interface Worker {
  /** Takes no more work, lets what runs end within the configured time, then cuts it off. */
  close(): Promise<void>;
}

const expireEveryMs = 600_000;

/** Starts the queues and the timetable in this process. */
export function startWorker(context: Context): Worker {
  const { config, jobs, log } = context;
  const onError = (error: unknown) => log.warn({ err: error }, 'a job was interrupted and will run again');
  const builds = startBuilds(context, workQueues.here, config.worker.buildSlots, onError);
  const follows = startBuilds(context, workQueues.elsewhere, config.worker.upstreamSlots, onError);
  const deliveries = startDeliveries(context, onError);
  jobs.wakeUp.hear();
  const sweeps = startSweeps(context);
  return {
    async close() {
      const graceMs = config.worker.stopSeconds * 1000;
      // What is done elsewhere goes on there; somebody follows it again.
      await Promise.all([builds.close(graceMs), follows.close(0), deliveries.close(graceMs), sweeps.close()]);
    },
  };
}

function startBuilds(
  context: Context,
  queue: WorkQueue,
  slots: number,
  onError: (error: unknown) => void,
): QueueRunner {
  const { database, jobs } = context;
  const runner = runQueue<BuildJob['data'], ClaimedTask>({
    database,
    jobs,
    queue,
    slots,
    claim: (tx, fetched) => claimBuilds(context, tx, queue, fetched),
    jobOf: (claimed) => claimed.job as BuildJob,
    run: (claimed, signal) => runBuild(context, claimed, signal, (delayMs) => runner.lookAgain(delayMs)),
    onError,
  });
  return runner;
}

/** One sweep at a time, the first at once. */
function startSweeps(context: Context): { close(): Promise<void> } {
  const stop = new AbortController();
  const ignoreStop = (error: unknown) => {
    if (!stop.signal.aborted) context.log.warn({ err: error }, 'a sweep was interrupted and will run again');
  };
  let running = Promise.resolve();
  const sweep = () => {
    running = running.then(() => expire(context, stop.signal).then(() => undefined, ignoreStop));
  };
  const timetable = setInterval(sweep, expireEveryMs);
  sweep();
  return {
    async close() {
      clearInterval(timetable);
      stop.abort();
      await running;
    },
  };
}

function startDeliveries(context: Context, onError: (error: unknown) => void): QueueRunner {
  const { config, database, jobs } = context;
  const delivery = createDelivery(context, (delayMs) => runner.lookAgain(delayMs));
  const runner = runQueue<DeliverJob['data'], ClaimedCallback>({
    database,
    jobs,
    queue: deliverQueue,
    slots: config.worker.deliverSlots,
    groupSlots: config.callbacks.attemptsPerHostMax,
    groupOf: (claimed) => new URL(claimed.open.url).host,
    claim: (tx, fetched) => claimCallbacks(context, tx, fetched),
    jobOf: (claimed) => claimed.job,
    run: (claimed, signal) => delivery.deliver(claimed, signal),
    onError,
  });
  return runner;
}
