import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { QueueName } from './open-jobs.ts';

/** How full a queue is. */
export interface QueueMeasure {
  name: QueueName;
  /** Jobs that are due and not taken. */
  due: number;
  /** Jobs that wait for their time, of callbacks that are sent again for example. */
  later: number;
  /** Jobs that somebody works on. */
  active: number;
  /** Seconds that the oldest due job has been due; 0 where none is. */
  oldest_seconds: number;
}

/** One row for each of `queues`, by the database's clock. */
export async function measureQueues(db: Db, queues: readonly QueueName[]): Promise<QueueMeasure[]> {
  const { rows } = await sql<QueueMeasure>`
    select queue.name, count(*) filter (where state < 'active' and start_after <= now()) as due,
      count(*) filter (where state < 'active' and start_after > now()) as later,
      count(*) filter (where state = 'active') as active,
      coalesce(extract(epoch from now() - min(start_after) filter (where state < 'active' and start_after <= now())), 0)::float8
        as oldest_seconds
    from unnest(${queues}::text[]) queue (name) left join jobs.job on job.name = queue.name and state <= 'active'
    group by queue.name order by queue.name`.execute(db);
  return rows;
}
