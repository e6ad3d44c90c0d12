import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { NewElementFile } from './queries.ts';
import type { Element } from './tables.ts';

/** What a mended element is from now on. */
export interface ElementMending {
  account_id: number;
  id: number;
  /** The revision it was made from. */
  revision: number;
  manifest: Element['manifest'];
  /** Files that come new; their bytes lie in storage already. */
  files: readonly NewElementFile[];
  /** Names of those that go. */
  replaced: readonly string[];
}

/**
 * Puts the new manifest and files of a mended element in the place of the old, as one more revision. `absent` when the account
 * has no such element, or no longer, and `changed` when it has another revision by now: then nothing is written. Meant for a
 * transaction of its own.
 */
export async function mendElement(
  tx: Db,
  { account_id, id, revision, manifest, files, replaced }: ElementMending,
): Promise<'done' | 'absent' | 'changed'> {
  const found = await tx
    .selectFrom('elements')
    .select('revision')
    .where('id', '=', id)
    .where('account_id', '=', account_id)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (found === undefined) return 'absent';
  if (found.revision !== revision) return 'changed';
  await tx
    .updateTable('elements')
    .set({ manifest: JSON.stringify(manifest), revision: revision + 1 })
    .where('id', '=', id)
    .execute();
  // A name that comes again, as that of the manifest's own file does, is free for it: no file may be called so.
  await sql`
    update element_files set replaced_at = now(),
      name = case when name = any(${files.map(({ name }) => name)}::text[]) then name || '~' || ${revision}::text else name end
    where element_id = ${id} and name = any(${replaced}::text[])`.execute(tx);
  for (const file of files)
    await tx
      .insertInto('element_files')
      .values({ element_id: id, ...file })
      .execute();
  return 'done';
}

/** Ids of the elements that have files which were replaced before `before`. */
export async function listReplacedOwners(db: Db, before: Date): Promise<number[]> {
  const { rows } = await sql<{ element_id: number }>`
    select distinct element_id from element_files where replaced_at < ${before}`.execute(db);
  return rows.map((row) => row.element_id);
}

/** Drops the record of an element's files that were replaced before `before`; answers where they lie. */
export async function forgetReplacedFiles(db: Db, id: number, before: Date): Promise<string[]> {
  const { rows } = await sql<{ storage_key: string }>`
    delete from element_files where element_id = ${id} and replaced_at < ${before} returning storage_key`.execute(db);
  return rows.map((row) => row.storage_key);
}
