import type { VideoTools } from '../../engines/index.ts';
import type { Job } from '../../jobs/index.ts';
import type { Task, WorkQueue } from '../../tasks/index.ts';
import type { Context } from '../context.ts';
import type { FetchedSource } from './fetch-sources.ts';

/** One attempt at a task; the work folder is its own. */
export interface Attempt {
  context: Context;
  task: Task;
  workFolder: string;
  tools: VideoTools;
}

/** An attempt whose sources lie in its work folder. */
export interface Work extends Attempt {
  sources: readonly FetchedSource[];
}

/** A claimed task with the job that brought it here, and the queue that brought the job. */
export interface ClaimedTask {
  task: Task;
  job: BuildJob;
  queue: WorkQueue;
}

/** A job of either work queue. */
export type BuildJob = Job<{ task_id: string }>;
