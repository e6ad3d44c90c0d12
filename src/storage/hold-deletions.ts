import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { Storage } from './storage.ts';

/** Any number that nothing else on the same database takes; 'backup' on a telephone's keys. A backup holds this advisory lock. */
export const backupLock = 222_587;

/**
 * The storage, which takes no file away while a backup of its database is being made: the backup's rows may name it still. What was to
 * be deleted is left to a later sweep, what was to be moved stays. A caller changes its rows before it deletes: a backup that begins
 * after this has looked knows of the change, and needs the file no more.
 */
export function holdDeletions(storage: Storage, db: Db): Storage {
  return {
    ...storage,
    async delete(key) {
      if (!(await isHeld(db))) await storage.delete(key);
    },
    async move(key, to) {
      return !(await isHeld(db)) && (await storage.move(key, to));
    },
  };
}

async function isHeld(db: Db): Promise<boolean> {
  const { rows } = await sql<{ is_free: boolean }>`
    select pg_try_advisory_xact_lock_shared(${sql.lit(backupLock)}) as is_free`.execute(db);
  return rows[0]?.is_free !== true;
}
