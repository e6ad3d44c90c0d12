import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from './connect.ts';

/** Any number that nothing else on the same database takes; 'troupe' on a telephone's keys. */
const lockKey = 876_873;

/** Asked again and again rather than waited for in one statement, which would look like a silent server. */
const lockPauseMs = 100;

/**
 * Runs `work` while no other process of this program on the same database runs its own: for what is made once, such as
 * schemas, which even `create … if not exists` doesn't survive twice at the same moment. `session` is the connection
 * that holds the lock; when it breaks, the lock is free.
 */
export async function withAdvisoryLock<T>(db: Db, work: (session: Db) => Promise<T>): Promise<T> {
  return await db.connection().execute(async (session) => {
    while (!(await tryLock(session))) await sleep(lockPauseMs);
    try {
      return await work(session);
    } finally {
      await sql`select pg_advisory_unlock(${sql.lit(lockKey)})`.execute(session);
    }
  });
}

async function tryLock(session: Db): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select pg_try_advisory_lock(${sql.lit(lockKey)}) as taken`.execute(session);
  return rows[0]?.taken === true;
}
