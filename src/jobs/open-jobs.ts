import { fromKysely, PgBoss } from 'pg-boss';
import { type Database, type Db, withAdvisoryLock } from '../db/index.ts';
import { keepWaitingJobs, mendTimes, readDatabaseClock, retentionSeconds, watchClock } from './mend-times.ts';
import { createWakeUp, type WakeUp } from './wake-up.ts';

export type QueueName = string;

/** A fetched job. `retryCount` tells this fetch from a later one of the same job: the engine's own fence. */
export interface Job<T = unknown> {
  id: string;
  retryCount: number;
  data: T;
}

interface SendOptions {
  /** Seconds from now, on the database's clock. Default 0. */
  delaySeconds?: number;
  /** Jobs of one group can be left out of a fetch together. */
  group?: string;
  /** Before all that wait, for a job that has been at the head of the queue once. */
  first?: boolean;
}

/** The job engine. What takes a `tx` happens with that transaction or not at all. */
export interface Jobs {
  /** Adds a job in `tx`. Tell the workers with `wake` after the commit. */
  send(tx: Db, queue: QueueName, data: object, options?: SendOptions): Promise<void>;
  /** Adds jobs in `tx` by one statement, due at once; as `send`. */
  sendAll(tx: Db, queue: QueueName, jobs: readonly { data: object; group: string }[]): Promise<void>;
  /** Takes up to `count` due jobs, oldest first, leaving out those of `ignoreGroups`. They're active when `tx` commits. */
  fetch<T>(tx: Db, queue: QueueName, count: number, ignoreGroups?: readonly string[]): Promise<Job<T>[]>;
  /** Deletes finished jobs; those that were fetched again in the meantime stay. */
  finish(tx: Db, queue: QueueName, jobs: readonly Job[]): Promise<void>;
  /** Heartbeat of jobs in work. */
  touch(queue: QueueName, jobs: readonly Job[]): Promise<void>;
  wakeUp: WakeUp;
  close(): Promise<void>;
}

export interface OpenJobsOptions {
  database: Database;
  /**
   * A pool of the engine's own. Inside a caller's transaction the engine may have to look something up; on the same pool
   * that look-up would wait for a connection while every connection waits for such a look-up.
   */
  engineDatabase: Database;
  queues: readonly QueueName[];
  /** Whether this process watches for jobs whose worker has died. */
  supervise: boolean;
  onError(error: Error): void;
}

/**
 * Silence after which a job counts as abandoned; the engine's least is 10 s. With a look every 5 s a killed worker's job
 * runs again after at most 20 s, well inside the 60 s that are promised.
 */
export const heartbeatSeconds = 15;
const superviseSeconds = 5;

const schema = 'jobs';

/** A task is given up by its own count of attempts; the engine must not lose a job before that. */
const queueSettings = {
  heartbeatSeconds,
  retryLimit: 1000,
  retryDelay: 0,
  expireInSeconds: 23 * 3600,
  retentionSeconds,
  notify: false,
};

/** Connects the job engine to `database`; makes its schema and queues when they are missing, also when many start at once. */
export async function openJobs(options: OpenJobsOptions): Promise<Jobs> {
  const { pool } = options.engineDatabase;
  const boss = new PgBoss({
    db: { executeSql: async (text: string, values?: unknown[]) => await pool.query(text, values) },
    schema,
    supervise: options.supervise,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    schedule: false,
  });
  boss.on('error', options.onError);
  const stop = async () => {
    await boss.stop({ graceful: false, close: false });
    await options.engineDatabase.close();
  };
  try {
    await withAdvisoryLock(options.database.db, async (session) => {
      await boss.start();
      for (const queue of options.queues) await boss.createQueue(queue, queueSettings);
      // By the connection that holds the lock: the pool may have no other.
      await keepWaitingJobs(session, options.queues);
      if (options.supervise) await mendTimes(session, options.queues);
    });
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  // At once as well, not only in `superviseSeconds`: workers that die sooner than that would never look.
  if (options.supervise) void boss.supervise().catch(options.onError);
  const wakeUp = createWakeUp(options.database, options.onError);
  const { onError } = options;
  const readClock = () => readDatabaseClock(options.database.db);
  const watch = options.supervise ? watchClock({ readClock, onSetBack: mendAfterSetBack, onError }) : null;

  async function mendAfterSetBack(): Promise<void> {
    const mended = await mendTimes(options.database.db, options.queues);
    onError(new Error(`the database's clock was set back; ${mended} jobs had times that were yet to come`));
  }

  return {
    wakeUp,
    async send(tx, queue, data, { delaySeconds, group, first } = {}) {
      await boss.send(queue, data, {
        db: fromKysely(tx),
        ...(delaySeconds === undefined ? {} : { startAfter: delaySeconds }),
        ...(group === undefined ? {} : { group: { id: group } }),
        ...(first ? { priority: 1 } : {}),
      });
    },
    async sendAll(tx, queue, sent) {
      const rows = sent.map(({ data, group }) => ({ data, group: { id: group } }));
      await boss.insert(queue, rows, { db: fromKysely(tx) });
    },
    async fetch<T>(tx: Db, queue: QueueName, count: number, ignoreGroups: readonly string[] = []) {
      const jobs = await boss.fetch<T>(queue, {
        db: fromKysely(tx),
        batchSize: count,
        ignoreGroups: [...ignoreGroups],
      });
      return jobs.map(({ id, retryCount, data }) => ({ id, retryCount, data }));
    },
    async finish(tx, queue, jobs) {
      if (jobs.length > 0) await boss.deleteJob(queue, jobs.map(toAttempt), { db: fromKysely(tx) });
    },
    async touch(queue, jobs) {
      if (jobs.length > 0) await boss.touch(queue, jobs.map(toAttempt));
    },
    async close() {
      await watch?.close();
      await wakeUp.close();
      await stop();
    },
  };
}

const toAttempt = ({ id, retryCount }: Job) => ({ id, retryCount });
