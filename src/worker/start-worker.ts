import { deliverQueue } from '../callbacks/index.ts';
import {
  type BuildJob,
  type ClaimedCallback,
  type ClaimedTask,
  type Context,
  claimBuilds,
  claimCallbacks,
  createDelivery,
  type DeliverJob,
  describeFault,
} from '../flow/index.ts';
import { createTurns, type QueueRunner, type QueueRunnerOptions, runQueue, type Turns } from '../jobs/index.ts';
import { createQuietNote } from '../lib/create-quiet-note.ts';
import { type WorkQueue, workQueues } from '../tasks/index.ts';
import type { WorkerSettings } from './config.ts';
import { groupOf, runBuild } from './run-build.ts';
import { startSweeps } from './start-sweeps.ts';

export interface Worker {
  /** Takes no more work, lets what runs end within the configured time, then cuts it off. */
  close(): Promise<void>;
}

/** Tasks that only wait for a service elsewhere, for each slot. Each holds a folder with its sources and a little memory. */
const idlePerSlot = 16;

/**
 * Milliseconds in which a source is usually there. A fetch that takes longer is held up by its server, and the next task is
 * fetched beside it; until then no more is taken than can be built, so that other workers get the rest.
 */
const usualFetchMs = 1000;

/** Starts the queues and the timetable in this process. */
export function startWorker(context: Context, settings: WorkerSettings): Worker {
  const { jobs, log } = context;
  // One line, without a stack: a database that is away or a stop is all it ever is.
  let stopping = false;
  const isStopping = () => stopping;
  const weather = createWeather(log, isStopping);
  const { buildSlots, fetchSlots, upstreamSlots } = settings;
  const turns = createTurns({ places: buildSlots, preparedMs: usualFetchMs });
  const here = { queue: workQueues.local, slots: buildSlots + fetchSlots, buildSlots, turns, isStopping };
  const builds = startBuilds(context, here, weather);
  const follows = startBuilds(
    context,
    { queue: workQueues.remote, slots: upstreamSlots, buildSlots, turns: null, isStopping },
    weather,
  );
  const deliveries = startDeliveries(context, settings.deliverSlots, weather);
  jobs.wakeUp.startListening();
  const sweeps = startSweeps(context);
  return {
    async close() {
      stopping = true;
      const graceMs = settings.stopSeconds * 1000;
      turns.close();
      // What is done elsewhere goes on there; somebody follows it again.
      await Promise.all([builds.close(graceMs), follows.close(0), deliveries.close(graceMs), sweeps.close()]);
    },
  };
}

type Weather = Pick<QueueRunnerOptions<never, never>, 'onError' | 'onLook'>;

/** What goes wrong around the jobs, as an operator reads it: one line when it begins and one when it's over. */
function createWeather(log: Context['log'], isStopping: () => boolean): Weather {
  const level = () => (isStopping() ? 'debug' : 'warn');
  const tellInterrupted = createQuietNote(60_000, ({ message: reason }, repeated) =>
    log[level()]({ reason, repeated }, 'a job was interrupted and will run again'),
  );
  let awaySince: number | null = null;
  return {
    onError: (error) => tellInterrupted(error as Error),
    onLook(error) {
      if (error !== null && awaySince === null) {
        awaySince = performance.now();
        log[level()](describeFault(error), 'no work can be taken for the moment');
      } else if (error === null && awaySince !== null) {
        const seconds = Math.round((performance.now() - awaySince) / 1000);
        awaySince = null;
        log.info({ seconds }, 'work is taken again');
      }
    },
  };
}

interface WorkPlan {
  queue: WorkQueue;
  /** Tasks that are fetched, waited for or worked on at once. */
  slots: number;
  /** Places among the builds of this process. */
  buildSlots: number;
  turns: Turns | null;
  isStopping(): boolean;
}

function startBuilds(
  context: Context,
  { queue, slots, buildSlots, turns, isStopping }: WorkPlan,
  weather: Weather,
): QueueRunner {
  const { database, jobs } = context;
  const runner = runQueue<BuildJob['data'], ClaimedTask>({
    database,
    jobs,
    queue,
    slots,
    guestSlots: slots,
    ...(turns === null ? { idleMax: slots * idlePerSlot } : {}),
    groupOf,
    isEnough: (_, running) => running >= Math.max(buildSlots, slots / 2),
    ...(turns === null ? {} : { room: turns.room }),
    claim: (tx, fetched) => claimBuilds(context, tx, queue, fetched),
    jobOf: (claimed) => claimed.job,
    run: (claimed, signal) =>
      runBuild(context, claimed, signal, {
        turns,
        lookAgain: (delayMs) => runner.lookAgain(delayMs),
        setIdle: (isIdle) => runner.setIdle(claimed, isIdle),
        isStopping,
      }),
    ...weather,
  });
  return runner;
}

function startDeliveries(context: Context, slots: number, weather: Weather): QueueRunner {
  const { config, database, jobs } = context;
  const delivery = createDelivery(context, (delayMs) => runner.lookAgain(delayMs));
  const runner = runQueue<DeliverJob['data'], ClaimedCallback>({
    database,
    jobs,
    queue: deliverQueue,
    slots,
    groupSlots: config.callbacks.attemptsPerHostMax,
    groupOf: (claimed) => new URL(claimed.open.url).host,
    claim: (tx, fetched) => claimCallbacks(context, tx, fetched),
    jobOf: (claimed) => claimed.job,
    run: (claimed, signal) => delivery.deliver(claimed, signal),
    ...weather,
  });
  return runner;
}
