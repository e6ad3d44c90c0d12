/**
 * Ground: the job engine (pg-boss on the same database). Owns queues, jobs and the signal that wakes a waiting worker;
 * knows no product word. A job sent in a transaction exists exactly when that transaction commits; a job that was
 * fetched is run again by somebody else once its heartbeat has stopped.
 */
export { findStalledQueues } from './find-stalled-queues.ts';
export { listWithoutJob } from './list-without-job.ts';
export { measureQueues } from './measure-queues.ts';
export { readDatabaseClock } from './mend-times.ts';
export { heartbeatSeconds, type Job, type Jobs, openJobs } from './open-jobs.ts';
export { type QueueRunner, type QueueRunnerOptions, runQueue } from './run-queue.ts';
export { createTurns, type Seat, type Turns, TurnsClosed } from './turns.ts';
export { announce } from './wake-up.ts';
