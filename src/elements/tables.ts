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
  /** The id that it had where its archive was written, when that one wasn't free here. */
  imported_from: ColumnType<number | null, number | null | undefined, never>;
  /** Free words of the owner. */
  labels: string[];
  /** What it's found by (`words.ts`); null for elements of before, until a worker has filled it. */
  words: string | null;
  /** Its name as it's sorted. */
  sort_name: string;
  manifest: JSONColumnType<ElementManifest>;
  /** Begins at 1; one more with every cut-out that is mended or goes back. */
  revision: ColumnType<number, number | undefined, number>;
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
  /** Since then another file has its place; it stays a while for who works with it. */
  replaced_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
}

/** A task that named an element in `element_list`. */
interface ElementUsesTable {
  element_id: number;
  task_id: string;
}

/** An element as its row has it, without what only searches read. */
export type Element = Omit<Selectable<ElementsTable>, 'words' | 'sort_name'>;
export type ElementFile = Selectable<ElementFilesTable>;

declare module '../db/connect.ts' {
  interface Tables {
    elements: ElementsTable;
    element_files: ElementFilesTable;
    element_uses: ElementUsesTable;
  }
}
