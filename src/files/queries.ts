import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../db/index.ts';
import type { FileRow, StoredFile } from './tables.ts';

export interface FileUsage {
  files: number;
  bytes: number;
}

/** Files of the account and their bytes together, as they count in its quota. */
export async function measureUsage(db: Db, accountId: number, now: Date): Promise<FileUsage> {
  const { rows } = await sql<FileUsage>`
    select count(*) as files, coalesce(sum(size_bytes), 0)::bigint as bytes
    from files where account_id = ${accountId} and ${isLive(now)}`.execute(db);
  return rows[0] as FileUsage;
}

/** What counts in the quota: what is there and hasn't ended, and what is on its way. */
function isLive(now: Date): RawBuilder<boolean> {
  return sql`(deleted_at is null and least(expires_at, arriving_until) > ${now}::timestamptz)`;
}

/** From here on uploads of the account are counted one after another, until the transaction ends. */
export async function lockQuota(tx: Db, accountId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('files of an account', ${accountId}::bigint))`.execute(tx);
}

export type Arrival = Pick<FileRow, 'id' | 'account_id' | 'size_bytes' | 'upload_id' | 'created_at' | 'expires_at'> & {
  arriving_until: Date;
};

/** Writes the row of a file that is about to come. */
export async function insertArrival(tx: Db, arrival: Arrival): Promise<void> {
  await tx
    .insertInto('files')
    .values(arrival as FileRow)
    .execute();
}

/** Frees the caller's own name of an upload of which nothing came, or nothing is left, so that it may be sent again. */
export async function freeUploadId(tx: Db, accountId: number, uploadId: string, now: Date): Promise<void> {
  await sql`update files set upload_id = null
    where account_id = ${accountId} and upload_id = ${uploadId} and not ${isLive(now)}`.execute(tx);
}

/** False when the arrival has lapsed, or was dropped. */
export async function renewArrival(db: Db, id: string, until: Date, now: Date): Promise<boolean> {
  const { numAffectedRows } = await sql`update files set arriving_until = ${until}
    where id = ${id} and arriving_until is not null and ${isLive(now)}`.execute(db);
  return numAffectedRows === 1n;
}

export type ArrivedFile = Pick<
  StoredFile,
  | 'id'
  | 'size_bytes'
  | 'file_name'
  | 'original_name'
  | 'upload_path'
  | 'media_type'
  | 'sha256'
  | 'created_at'
  | 'expires_at'
>;

/** The file has come whole; null when the arrival has lapsed meanwhile, and then nothing was written. */
export async function finishArrival(db: Db, file: ArrivedFile, now: Date): Promise<StoredFile | null> {
  const { rows } = await sql<StoredFile>`
    update files set arriving_until = null, size_bytes = ${file.size_bytes}, file_name = ${file.file_name},
      original_name = ${file.original_name}, upload_path = ${file.upload_path}, media_type = ${file.media_type},
      sha256 = ${file.sha256}, created_at = ${file.created_at}, expires_at = ${file.expires_at}
    where id = ${file.id} and arriving_until is not null and ${isLive(now)}
    returning *`.execute(db);
  return rows[0] ?? null;
}

/** Nothing comes of an upload: its place in the quota is free at once. */
export async function dropArrival(db: Db, id: string): Promise<void> {
  await db.deleteFrom('files').where('id', '=', id).where('arriving_until', 'is not', null).execute();
}

/** The stored file, of this account or with null of any; null when there is none, or no longer. */
export async function findFile(db: Db, accountId: number | null, id: string, now: Date): Promise<StoredFile | null> {
  const { rows } = await sql<StoredFile>`
    select * from files where id = ${id} and (${accountId}::bigint is null or account_id = ${accountId}::bigint)
      and arriving_until is null and ${isLive(now)}`.execute(db);
  return rows[0] ?? null;
}

/** What the caller's own name of an upload has come to. */
export async function findUpload(db: Db, accountId: number, uploadId: string, now: Date): Promise<FileRow | null> {
  const { rows } = await sql<FileRow>`
    select * from files where account_id = ${accountId} and upload_id = ${uploadId} and ${isLive(now)}`.execute(db);
  return rows[0] ?? null;
}

/** Newest first. `page` counts from 1. */
export async function listFiles(
  db: Db,
  accountId: number,
  now: Date,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<StoredFile[]> {
  const { rows } = await sql<StoredFile>`select * from files where ${isOfAccount(accountId, now)}
    order by created_at desc, id desc limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db);
  return rows;
}

/** Newest first, behind the file with this id, or the first ones for null; at most `countMax`. */
export async function listFilesAfter(
  db: Db,
  accountId: number,
  now: Date,
  afterId: string | null,
  countMax: number,
): Promise<StoredFile[]> {
  const isBehind =
    afterId === null
      ? sql`true`
      : sql`(created_at, id) < (select created_at, id from files where id = ${afterId} and account_id = ${accountId})`;
  const { rows } = await sql<StoredFile>`select * from files where ${isOfAccount(accountId, now)} and ${isBehind}
    order by created_at desc, id desc limit ${countMax}`.execute(db);
  return rows;
}

/** Of all pages of `listFiles`. */
export async function countFiles(db: Db, accountId: number, now: Date): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from files where ${isOfAccount(accountId, now)}`.execute(db);
  return rows[0]?.total ?? 0;
}

function isOfAccount(accountId: number, now: Date): RawBuilder<boolean> {
  return sql`(account_id = ${accountId} and arriving_until is null and ${isLive(now)})`;
}

/** Keeps `ids` from being deleted before the transaction ends; answers those that are there. */
export async function holdFiles(tx: Db, ids: readonly string[], now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from files where id = any(${ids}::text[]) and arriving_until is null and ${isLive(now)}
    order by id for share`.execute(tx);
  return rows.map((row) => row.id);
}

/** Marks the account's file deleted; null when there is none, or no longer. */
export async function markFileDeleted(db: Db, accountId: number, id: string, now: Date): Promise<StoredFile | null> {
  const { rows } = await sql<StoredFile>`
    update files set deleted_at = ${now}
    where id = ${id} and account_id = ${accountId} and arriving_until is null and ${isLive(now)}
    returning *`.execute(db);
  return rows[0] ?? null;
}

/** Of `ids`, those that are known, and whether their time is over. */
export async function listFileEnds(
  db: Db,
  ids: readonly string[],
  now: Date,
): Promise<{ id: string; has_ended: boolean }[]> {
  const { rows } = await sql<{ id: string; has_ended: boolean }>`
    select id, not ${isLive(now)} as has_ended from files where id = any(${ids}::text[])`.execute(db);
  return rows;
}

/** Forgets what had ended before `before`: by then the sweep has taken the bytes. Answers how many. */
export async function forgetFiles(db: Db, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from files where least(deleted_at, expires_at, arriving_until) < ${before}::timestamptz`.execute(db);
  return Number(numAffectedRows ?? 0n);
}
