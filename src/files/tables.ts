import type { Selectable } from 'kysely';

interface FilesTable {
  id: string;
  account_id: number;
  /** What it counts in the quota: what was reserved until all of it has come, then its size. */
  size_bytes: number;
  /** Null once it has come. */
  arriving_until: Date | null;
  file_name: string;
  original_name: string;
  upload_path: string;
  media_type: string | null;
  sha256: Buffer | null;
  upload_id: string | null;
  created_at: Date;
  expires_at: Date;
  deleted_at: Date | null;
}

/** A file that has come, or is on its way. */
export type FileRow = Selectable<FilesTable>;

/** A file that has come whole. */
export type StoredFile = FileRow & { media_type: string; sha256: Buffer };

declare module '../db/connect.ts' {
  interface Tables {
    files: FilesTable;
  }
}
