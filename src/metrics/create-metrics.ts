import { setTimeout as sleep } from 'node:timers/promises';
import {
  Counter,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  openMetricsContentType,
  Registry,
} from '@prometheus-io/client';

/** A value of a gauge and what it is of. */
interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** A value that goes up and down. */
interface WatchedGauge {
  /** With the unit at its end, as collectors expect it. */
  name: string;
  help: string;
  labelNames?: readonly string[];
}

/** The page that a collector reads. */
interface Shown {
  contentType: string;
  text: string;
}

/** What a process counts as it happens, and reads when a collector looks. Nothing here throws. */
export interface Metrics {
  /** A request was answered; `route` is the pattern of its path, null where there is none. */
  answered(request: { method: string; route: string | null; status: number }, seconds: number): void;
  /** An attempt to build an element or to make a video is over, with the code of its failure if it failed. */
  attempted(attempt: { model: string; outcome: AttemptOutcome; code?: string }, seconds: number): void;
  /** A step of an attempt is over. */
  stepped(step: string, seconds: number): void;
  /** A callback was sent, or could not be. */
  delivered(outcome: string, seconds: number): void;
  /** A task was accepted, for which microcredits were reserved. */
  accepted(task: { model: string; dry_run: boolean; reserved_microcredits: number }): void;
  /** A task has ended: what was charged of its reservation is booked, and the rest was given back. */
  ended(task: EndedTask): void;
  /** A child process was lost or killed in the middle of a job. */
  childLost(reason: string): void;
  /** A value that is read at each look. What can't be read within three seconds is left out of that look. */
  watch(gauge: WatchedGauge, read: () => Promise<readonly Sample[]>): void;
  /** All of it, as OpenMetrics text 1.0.0. */
  show(): Promise<Shown>;
}

/** What is counted of a task that has ended. */
interface EndedTask {
  model: string;
  status: string;
  dry_run: boolean;
  reserved_microcredits: number;
  charged_microcredits: number | null;
}

/** How an attempt ended: `again` may succeed later, `lost` belongs to another worker by now. */
type AttemptOutcome = 'completed' | 'failed' | 'again' | 'stopped' | 'lost';

/** Seconds. An answer takes milliseconds, a wait for an event up to a minute. */
const requestBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Seconds. A build takes some, a video elsewhere many minutes. */
const workBuckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1200, 3600];

/** Milliseconds that one value may take to read; collectors wait for ten seconds in all. */
const readMs = 3_000;

/**
 * What a process of this kind shows of itself (memory, processor time, event loop, open files) is in the library's own names, and
 * begins with the first look: watching the event loop wakes a process a hundred times a second, and nothing ever ends it.
 */
export function createMetrics(): Metrics {
  const registry = new Registry(openMetricsContentType);
  const registers = [registry];
  let isWatchingItself = false;
  const requests = new Histogram({
    name: 'troupe_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer, by route pattern and status',
    labelNames: ['method', 'route', 'status'],
    buckets: requestBuckets,
    registers,
  });
  const accepted = new Counter({
    name: 'troupe_tasks_accepted_total',
    help: 'Tasks that were accepted; dry runs apart',
    labelNames: ['model', 'dry_run'],
    registers,
  });
  const ended = new Counter({
    name: 'troupe_tasks_ended_total',
    help: 'Tasks that have ended, by their last status; dry runs apart',
    labelNames: ['model', 'status', 'dry_run'],
    registers,
  });
  const attempts = new Histogram({
    name: 'troupe_attempt_duration_seconds',
    help: 'Time of one attempt of a task, from its claim to its outcome',
    labelNames: ['model', 'outcome'],
    buckets: workBuckets,
    registers,
  });
  const failures = new Counter({
    name: 'troupe_attempt_failures_total',
    help: 'Attempts that failed, by documented error code, whether or not another followed',
    labelNames: ['model', 'code'],
    registers,
  });
  const steps = new Histogram({
    name: 'troupe_step_duration_seconds',
    help: 'Time of one step of an attempt, as its progress is reported',
    labelNames: ['step'],
    buckets: workBuckets,
    registers,
  });
  const callbacks = new Histogram({
    name: 'troupe_callback_duration_seconds',
    help: 'Time of one attempt to deliver a callback, by outcome',
    labelNames: ['outcome'],
    buckets: requestBuckets,
    registers,
  });
  const credits = new Counter({
    name: 'troupe_credits_total',
    help: 'Credits that were reserved at acceptance, and charged or returned at the end',
    labelNames: ['kind'],
    registers,
  });
  const children = new Counter({
    name: 'troupe_media_children_lost_total',
    help: 'Child processes of media that were killed or crashed in the middle of a job',
    labelNames: ['reason'],
    registers,
  });
  return {
    answered: ({ method, route, status }, seconds) =>
      requests.observe({ method, route: route ?? 'none', status: String(status) }, seconds),
    attempted({ model, outcome, code }, seconds) {
      attempts.observe({ model, outcome }, seconds);
      if (code !== undefined) failures.inc({ model, code });
    },
    stepped: (step, seconds) => steps.observe({ step }, seconds),
    delivered: (outcome, seconds) => callbacks.observe({ outcome }, seconds),
    accepted({ model, dry_run, reserved_microcredits }) {
      accepted.inc({ model, dry_run: String(dry_run) });
      credits.inc({ kind: 'reserved' }, reserved_microcredits / 1_000_000);
    },
    ended({ model, status, dry_run, reserved_microcredits, charged_microcredits }) {
      ended.inc({ model, status, dry_run: String(dry_run) });
      const charged = charged_microcredits ?? 0;
      credits.inc({ kind: 'charged' }, charged / 1_000_000);
      credits.inc({ kind: 'returned' }, (reserved_microcredits - charged) / 1_000_000);
    },
    childLost: (reason) => children.inc({ reason }),
    watch({ name, help, labelNames = [] }, read) {
      new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers,
        async collect() {
          // What was read last may be long past: no value is truer than an old one.
          this.reset();
          const samples = await Promise.race([read(), sleep(readMs, [] as Sample[], { ref: false })]).catch(() => []);
          for (const { labels, value } of samples) this.set(labels, value);
        },
      });
    },
    async show() {
      if (!isWatchingItself) collectDefaultMetrics({ register: registry });
      isWatchingItself = true;
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
