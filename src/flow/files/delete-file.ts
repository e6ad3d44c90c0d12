import { fileNotFound, markFileDeleted } from '../../files/index.ts';
import { listUsedKeys } from '../../tasks/index.ts';
import type { Context } from '../context.ts';
import { keyOfFile } from '../storage/file-keys.ts';

/**
 * Deletes a file of the account: its place in the quota is free and its links end at once. The bytes go too, but for a file
 * that unfinished tasks were given: those keep it, and the sweep takes it after them. Throws 404 `file_not_found`.
 */
export async function deleteFile(context: Context, accountId: number, fileId: string): Promise<void> {
  const { clock, database, log, storage } = context;
  const deleted = await markFileDeleted(database.db, accountId, fileId, clock.now());
  if (deleted === null) throw fileNotFound();
  const key = keyOfFile(deleted);
  // A task that was being accepted has held the row until it was there: from here on none can begin to use it.
  if ((await listUsedKeys(database.db, [key])).length > 0) return;
  await storage.delete(key).catch((error) => log.warn({ err: error, file_id: fileId }, 'the sweep is left a file'));
}
