import type { ColumnType, JSONColumnType, Selectable } from 'kysely';
import type { ElementManifest } from '../media/index.ts';

interface ElementsTable {
  id: number;
  account_id: number;
  task_id: string;
  name: string;
  description: string;
  reference_type: 'image_refer' | 'video_refer';
  voice_id: string | null;
  engine: string;
  /** Ids of the upstream's categories. */
  tags: string[];
  manifest: JSONColumnType<ElementManifest>;
  created_at: ColumnType<Date, Date | undefined, never>;
  deleted_at: Date | null;
}

interface ElementFilesTable {
  element_id: number;
  name: string;
  storage_key: string;
  media_type: string;
  size_bytes: number;
  sha256: Buffer;
}

/** An element as its row has it. */
export type Element = Selectable<ElementsTable>;
export type ElementFile = Selectable<ElementFilesTable>;

declare module '../db/connect.ts' {
  interface Tables {
    elements: ElementsTable;
    element_files: ElementFilesTable;
  }
}
