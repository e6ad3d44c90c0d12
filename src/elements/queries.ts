import { sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { Element, ElementFile } from './tables.ts';

export type NewElement = Omit<Element, 'created_at'>;
export type NewElementFile = Omit<ElementFile, 'element_id'>;

/** The element and its files in one statement. The unique task id refuses a second element of one task. */
export async function insertElement(tx: Db, element: NewElement, files: readonly NewElementFile[]): Promise<void> {
  const lines = files.map((file) => ({ ...file, sha256: file.sha256.toString('hex') }));
  await sql`
    with element as (
      insert into elements (id, account_id, task_id, name, description, reference_type, voice_id, engine, manifest)
      values (${element.id}, ${element.account_id}, ${element.task_id}, ${element.name}, ${element.description},
        ${element.reference_type}, ${element.voice_id}, ${element.engine}, ${JSON.stringify(element.manifest)})
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
