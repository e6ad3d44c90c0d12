import { sql } from 'kysely';
import type { Db } from './connect.ts';

/** Numbers that nothing else on the same database takes: 'troupe' on a telephone's keys, and the next one. */
export const lockKeys = { migrate: 876_873, openJobs: 876_874 } as const;

/**
 * Runs `work` while no other process runs anything under the same key; the others wait. Holds one connection of the pool
 * besides those that `work` takes, and hands it over for statements that belong to the same session.
 */
export async function holdLock<T>(
  db: Db,
  key: (typeof lockKeys)[keyof typeof lockKeys],
  work: (session: Db) => Promise<T>,
): Promise<T> {
  return await db.connection().execute(async (session) => {
    await sql`select pg_advisory_lock(${sql.lit(key)})`.execute(session);
    try {
      return await work(session);
    } finally {
      await sql`select pg_advisory_unlock(${sql.lit(key)})`.execute(session);
    }
  });
}
