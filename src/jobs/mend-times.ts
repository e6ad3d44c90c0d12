import { sql } from 'kysely';
import type { Db } from '../db/index.ts';

/** The engine deletes a job that has waited for so long, 63 years, the most it can be told. Its own 14 days lost what a stopped server had accepted. */
export const retentionSeconds = 2_000_000_000;

/** Seconds that a time may lie ahead before it was written by a clock that was wrong; no job is sent for more than three days later. */
const aheadSeconds = { written: 60, due: 4 * 86_400 };

/** Milliseconds by which a clock must have been set back to be told from a slow look at it. */
const setBackMs = 30_000;

/** Lets jobs wait for `retentionSeconds`, in queues that an earlier version made too. */
export async function keepWaitingJobs(db: Db, queues: readonly string[]): Promise<void> {
  await sql`
    with changed as (
      update jobs.queue set retention_seconds = ${retentionSeconds}
      where name = any(${queues}::text[]) and retention_seconds <> ${retentionSeconds}
      returning name
    )
    update jobs.job set keep_until = start_after + ${retentionSeconds} * interval '1 second'
    from changed where job.name = changed.name and state < 'active'`.execute(db);
}

/**
 * Brings back what was written while the database's clock was ahead: jobs that would wait for that time to come again are due now,
 * those in work have had their heartbeat now, and dead workers are looked for. Returns how many jobs had such times.
 */
export async function mendTimes(db: Db, queues: readonly string[]): Promise<number> {
  const ahead = sql`now() + ${aheadSeconds.written} * interval '1 second'`;
  await sql`
    update jobs.queue set monitor_on = least(monitor_on, now()), monitor_claim_on = least(monitor_claim_on, now()),
      maintain_on = least(maintain_on, now())
    where name = any(${queues}::text[]) and greatest(monitor_on, monitor_claim_on, maintain_on) > ${ahead}`.execute(db);
  const { numAffectedRows = 0n } = await sql`
    update jobs.job set created_on = least(created_on, now()), started_on = least(started_on, now()),
      heartbeat_on = least(heartbeat_on, now()), start_after = least(start_after, now())
    where name = any(${queues}::text[]) and (
      (state < 'active' and (created_on > ${ahead} or start_after > now() + ${aheadSeconds.due} * interval '1 second'))
      or (state = 'active' and greatest(started_on, heartbeat_on) > ${ahead}))`.execute(db);
  return Number(numAffectedRows);
}

export interface ClockWatch {
  close(): Promise<void>;
}

export interface ClockWatchOptions {
  readClock(): Promise<Date>;
  /** Milliseconds between two looks; default a minute. */
  everyMs?: number;
  onSetBack(): Promise<void>;
  onError(error: Error): void;
}

/** The database's clock, which the times of jobs are of. */
export async function readDatabaseClock(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  return (rows[0] as { now: Date }).now;
}

/** Calls `onSetBack` each time that a clock has been set back by half a minute or more. */
export function watchClock({ readClock, everyMs = 60_000, onSetBack, onError }: ClockWatchOptions): ClockWatch {
  let last: { clockMs: number; atMs: number } | null = null;
  let running = Promise.resolve();

  async function look(): Promise<void> {
    const seen = { clockMs: (await readClock()).getTime(), atMs: performance.now() };
    const isSetBack = last !== null && seen.atMs - last.atMs - (seen.clockMs - last.clockMs) >= setBackMs;
    // Again at the next look where it fails.
    if (isSetBack) await onSetBack();
    last = seen;
  }

  const timer = setInterval(() => {
    running = running.then(look).catch(onError);
  }, everyMs).unref();
  running = look().catch(onError);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
