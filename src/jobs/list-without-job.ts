import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { QueueName } from './open-jobs.ts';

/** Of `ids`, those that no job of `queues` carries as its `field`, neither one that waits nor one in work. */
export async function listWithoutJob(
  db: Db,
  queues: readonly QueueName[],
  field: string,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select wanted.id from unnest(${ids}::text[]) wanted (id) where not exists (
      select from jobs.job where name = any(${queues}::text[]) and state <= 'active' and data ->> ${field} = wanted.id)`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}
