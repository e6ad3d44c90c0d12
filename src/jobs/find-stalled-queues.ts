import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import { heartbeatSeconds, type QueueName } from './open-jobs.ts';

/** Seconds that a job may be due while nobody works on its queue: four times a killed worker's silence. */
const stalledSeconds = 4 * heartbeatSeconds;

/** Those of `queues` of which a job has been due for a minute while no living worker has any job of it. By the database's clock. */
export async function findStalledQueues(db: Db, queues: readonly QueueName[]): Promise<QueueName[]> {
  const { rows } = await sql<{ name: QueueName }>`
    select queue.name from unnest(${queues}::text[]) queue (name)
    where exists (select from jobs.job where job.name = queue.name and state < 'active'
        and start_after < now() - ${stalledSeconds} * interval '1 second')
      and not exists (select from jobs.job where job.name = queue.name and state = 'active'
        and heartbeat_on > now() - ${heartbeatSeconds} * interval '1 second')`.execute(db);
  return rows.map(({ name }) => name);
}
