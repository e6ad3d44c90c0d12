import { type SqlBool, sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { Element, ElementFile } from './tables.ts';

/** The row of an element that is being made. */
export type NewElement = Omit<Element, 'created_at' | 'deleted_at'>;
/** A file of an element that is being made; its bytes lie in storage already. */
export type NewElementFile = Omit<ElementFile, 'element_id'>;

/** The element and its files in one statement. The unique task id refuses a second element of one task. */
export async function insertElement(tx: Db, element: NewElement, files: readonly NewElementFile[]): Promise<void> {
  const lines = files.map((file) => ({ ...file, sha256: file.sha256.toString('hex') }));
  await sql`
    with element as (
      insert into elements (id, account_id, task_id, name, description, reference_type, voice_id, engine, tags, manifest)
      values (${element.id}, ${element.account_id}, ${element.task_id}, ${element.name}, ${element.description},
        ${element.reference_type}, ${element.voice_id}, ${element.engine}, ${element.tags}::text[], ${JSON.stringify(element.manifest)})
      returning id
    )
    insert into element_files (element_id, name, storage_key, media_type, size_bytes, sha256)
    select element.id, file.name, file.storage_key, file.media_type, file.size_bytes, decode(file.sha256, 'hex')
    from element, jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as file (name text, storage_key text, media_type text, size_bytes bigint, sha256 text)`.execute(tx);
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
  const { rows } = await sql<Element>`
    select * from elements where id = any(${ids}::bigint[]) and account_id = ${accountId}`.execute(db);
  return rows;
}

/** The account's element, or that of any account for null; null when there is none. A deleted one counts as absent. */
export async function findElement(db: Db, accountId: number | null, id: number): Promise<Element | null> {
  const elements = db.selectFrom('elements').selectAll().where('id', '=', id).where('deleted_at', 'is', null);
  const row = await (accountId === null ? elements : elements.where('account_id', '=', accountId)).executeTakeFirst();
  return row ?? null;
}

/** Newest first, without the deleted. `page` counts from 1. */
export async function listElements(db: Db, accountId: number, page: number, pageSize: number): Promise<Element[]> {
  return await db
    .selectFrom('elements')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute();
}

/** Newest first, those behind the account's element `afterId`, or the first ones for null; at most `countMax`. */
export async function listElementsAfter(
  db: Db,
  accountId: number,
  afterId: number | null,
  countMax: number,
): Promise<Element[]> {
  const elements = db
    .selectFrom('elements')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(countMax);
  if (afterId === null) return await elements.execute();
  // By the row itself, which stays when the element is deleted: JavaScript's times have no microseconds.
  const isBehind = sql<SqlBool>`(created_at, id) < (
    select created_at, id from elements where id = ${afterId} and account_id = ${accountId})`;
  return await elements.where(isBehind).execute();
}

/** How many elements the account has, deleted ones left out. */
export async function countElements(db: Db, accountId: number): Promise<number> {
  const row = await db
    .selectFrom('elements')
    .select((expression) => expression.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return row.count;
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
