import { sql } from 'kysely';
import type { Db } from './connect.ts';

/** Any number that nothing else on the same database takes; 'troupe' on a telephone's keys. */
const lockKey = 876_873;

/**
 * Runs `work` while no other process of this program on the same database runs its own: for what is made once, such as
 * schemas, which even `create … if not exists` doesn't survive twice at the same moment. `session` is the connection
 * that holds the lock; when it breaks, the lock is free.
 */
export async function runAlone<T>(db: Db, work: (session: Db) => Promise<T>): Promise<T> {
  return await db.connection().execute(async (session) => {
    await sql`select pg_advisory_lock(${sql.lit(lockKey)})`.execute(session);
    try {
      return await work(session);
    } finally {
      await sql`select pg_advisory_unlock(${sql.lit(lockKey)})`.execute(session);
    }
  });
}
