import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { Element, ElementFile } from './tables.ts';
import { collectWords, foldText } from './words.ts';

/** All that is shown of an element: without what only searches read. */
export const columns = [
  'id',
  'account_id',
  'task_id',
  'name',
  'description',
  'reference_type',
  'voice_id',
  'engine',
  'tags',
  'labels',
  'imported_from',
  'manifest',
  'revision',
  'created_at',
  'deleted_at',
] as const;

/** The row of an element that is being made. */
export type NewElement = Omit<Element, 'created_at' | 'deleted_at' | 'imported_from' | 'revision'> & {
  imported_from?: number;
  /** Default: 1. */
  revision?: number;
};
/** A file of an element that is being made; its bytes lie in storage already. */
export type NewElementFile = Omit<ElementFile, 'element_id' | 'replaced_at'>;

/** An element that is being made, with its files. */
export interface ElementWithFiles {
  element: NewElement;
  files: readonly NewElementFile[];
}

/** One as in {@link insertElements}. */
export async function insertElement(tx: Db, element: NewElement, files: readonly NewElementFile[]): Promise<void> {
  await insertElements(tx, [{ element, files }]);
}

/** Elements and their files in one statement. The unique task id refuses a second element of one task. */
export async function insertElements(tx: Db, made: readonly ElementWithFiles[]): Promise<void> {
  // One parameter each whatever their number, since statements are prepared by their text.
  const elements = made.map(({ element }) => ({
    imported_from: null,
    revision: 1,
    ...element,
    words: collectWords(element.account_id, element),
    sort_name: foldText(element.name),
  }));
  const lines = made.flatMap(({ element, files }) =>
    files.map((file) => ({ ...file, element_id: element.id, sha256: file.sha256.toString('hex') })),
  );
  await sql`
    with element as (
      insert into elements (id, account_id, task_id, name, description, reference_type, voice_id, engine, tags, labels,
        words, sort_name, imported_from, revision, manifest)
      select id, account_id, task_id, name, description, reference_type, voice_id, engine, tags, labels,
        array_to_tsvector(words), sort_name, imported_from, revision, manifest
      from json_to_recordset(${JSON.stringify(elements)}::json) as given (
        id bigint, account_id bigint, task_id text, name text, description text, reference_type text, voice_id text, engine text,
        tags text[], labels text[], words text[], sort_name text, imported_from bigint, revision integer, manifest jsonb)
      returning id
    )
    insert into element_files (element_id, name, storage_key, media_type, size_bytes, sha256)
    select element.id, file.name, file.storage_key, file.media_type, file.size_bytes, decode(file.sha256, 'hex')
    from element join json_to_recordset(${JSON.stringify(lines)}::json)
      as file (element_id bigint, name text, storage_key text, media_type text, size_bytes bigint, sha256 text)
      on file.element_id = element.id`.execute(tx);
}

/** Of `keys`, those that an element's file lies under. */
export async function listKnownStorageKeys(db: Db, keys: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ storage_key: string }>`
    select storage_key from element_files where storage_key = any(${keys}::text[])`.execute(db);
  return rows.map((row) => row.storage_key);
}

/** Of `ids`, those of elements that were deleted. */
export async function listDeletedElementIds(db: Db, ids: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select id from elements where id = any(${ids}::bigint[]) and deleted_at is not null`.execute(db);
  return rows.map((row) => row.id);
}

/** At most `count` records of files, of elements in the order of their ids, which are random. */
export async function listSomeElementFiles(db: Db, count: number): Promise<ElementFile[]> {
  const { rows } = await sql<ElementFile>`
    select * from element_files order by element_id, name limit ${count}`.execute(db);
  return rows;
}

/** Those of `ids` that belong to the account, deleted ones too, in no order. */
export async function findElements(db: Db, accountId: number, ids: readonly number[]): Promise<Element[]> {
  return await db
    .selectFrom('elements')
    .select(columns)
    .where(sql<boolean>`id = any(${ids}::bigint[])`)
    .where('account_id', '=', accountId)
    .execute();
}

/** The account's element, or that of any account for null; null when there is none. A deleted one counts as absent. */
export async function findElement(db: Db, accountId: number | null, id: number): Promise<Element | null> {
  const elements = db.selectFrom('elements').select(columns).where('id', '=', id).where('deleted_at', 'is', null);
  const row = await (accountId === null ? elements : elements.where('account_id', '=', accountId)).executeTakeFirst();
  return row ?? null;
}

/** One file of an element, or null. Whose element it is, the caller has asked before. */
export async function findElementFile(db: Db, elementId: number, name: string): Promise<ElementFile | null> {
  const row = await db
    .selectFrom('element_files')
    .selectAll()
    .where('element_id', '=', elementId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row ?? null;
}

/** Marks the account's element deleted; false when there is none, or no longer. */
export async function deleteElement(db: Db, accountId: number, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('elements')
    .set({ deleted_at: sql`now()` })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0;
}

/** Drops the record of files of elements deleted before `before`, so that the sweep takes the files; answers whose. */
export async function forgetDeletedFiles(db: Db, before: Date): Promise<number[]> {
  const { rows } = await sql<{ element_id: number }>`
    with gone as (
      delete from element_files using elements
      where element_files.element_id = elements.id and elements.deleted_at < ${before}
      returning element_files.element_id
    )
    select distinct element_id from gone`.execute(db);
  return rows.map((row) => row.element_id);
}

/** The fields of an element that its owner may change. */
export type ElementChange = Partial<Pick<Element, 'name' | 'description' | 'labels'>>;

/** Changes the given fields, and what the element is found by; false when the account has no such element, or no longer. */
export async function changeElement(tx: Db, accountId: number, id: number, change: ElementChange): Promise<boolean> {
  const found = await tx
    .selectFrom('elements')
    .select(['name', 'description', 'labels', 'tags'])
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (found === undefined) return false;
  const { name, description, labels, tags } = { ...found, ...change };
  const words = collectWords(accountId, { name, description, labels, tags });
  await sql`
    update elements set name = ${name}, description = ${description}, labels = ${labels}::text[],
      words = array_to_tsvector(${words}::text[]), sort_name = ${foldText(name)}
    where id = ${id}`.execute(tx);
  return true;
}

/** Notes which elements tasks name. Meant for the transaction that inserts the tasks. */
export async function insertElementUses(
  tx: Db,
  uses: readonly { task_id: string; element_id: number }[],
): Promise<void> {
  await sql`
    insert into element_uses (element_id, task_id)
    select distinct element_id, task_id from unnest(
      ${uses.map((use) => use.element_id)}::bigint[], ${uses.map((use) => use.task_id)}::text[]) as uses (element_id, task_id)`.execute(
    tx,
  );
}

/** Forgets that these tasks named elements. Meant for the transaction that deletes the tasks. */
export async function deleteElementUses(tx: Db, taskIds: readonly string[]): Promise<void> {
  await sql`delete from element_uses where task_id = any(${taskIds}::text[])`.execute(tx);
}

/** Ids of at most `limit` tasks that named the element, newest first; after the task `after`, where it's given. */
export async function listElementUses(db: Db, id: number, limit: number, after?: string): Promise<string[]> {
  const uses = db.selectFrom('element_uses').select('task_id').where('element_id', '=', id);
  const from = after === undefined ? uses : uses.where('task_id', '<', after);
  return (await from.orderBy('task_id', 'desc').limit(limit).execute()).map((use) => use.task_id);
}

/** Fills what at most `limit` elements of before are found by; answers how many it filled. */
export async function fillElementWords(db: Db, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('elements')
    .select(['id', 'account_id', 'name', 'description', 'labels', 'tags'])
    .where('words', 'is', null)
    .limit(limit)
    .execute();
  for (const row of rows) {
    const words = collectWords(row.account_id, row);
    // Not over a change that came in between.
    await sql`
      update elements set words = array_to_tsvector(${words}::text[]), sort_name = ${foldText(row.name)}
      where id = ${row.id} and words is null`.execute(db);
  }
  return rows.length;
}

/** Whether an element has this id, in any account, deleted ones too. */
export async function isElementIdTaken(db: Db, id: number): Promise<boolean> {
  return (await db.selectFrom('elements').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

/** Every record of a file of the element. */
export async function listFilesOfElements(db: Db, ids: readonly number[]): Promise<ElementFile[]> {
  const { rows } = await sql<ElementFile>`
    select * from element_files where element_id = any(${ids}::bigint[]) and replaced_at is null`.execute(db);
  return rows;
}

/** Every file of an element, by name. */
export async function listElementFiles(db: Db, id: number): Promise<ElementFile[]> {
  return await db.selectFrom('element_files').selectAll().where('element_id', '=', id).orderBy('name').execute();
}
