import type { Database, Db } from '../../db/index.ts';
import type { ElementWithFiles } from '../../elements/index.ts';
import type { Job, Jobs } from '../../jobs/index.ts';
import type { Claim, Completion, WorkQueue } from '../../tasks/index.ts';

/** Where tasks are concluded. */
export interface ConclusionPlace {
  database: Pick<Database, 'db'>;
  jobs: Pick<Jobs, 'send' | 'sendAll' | 'finish'>;
}

/** A claimed task whose work is done, of which nothing is missing but its transaction. */
export interface CompletedTask {
  claim: Claim;
  /** That brought the task here, and the queue that brought the job. */
  job: Job;
  queue: WorkQueue;
  completion: Completion;
  /** What was made for the library, and what else the engine writes of it, in its transaction; null for other tasks. */
  element: (ElementWithFiles & { record(tx: Db): Promise<void> }) | null;
}
