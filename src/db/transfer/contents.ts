import type { Readable } from 'node:stream';

/** A table with the columns that are written; what PostgreSQL computes itself is none. */
export interface TableShape {
  /** With its schema, quoted where it must be: `public.tasks`. */
  name: string;
  /** Each as `name type`. */
  columns: readonly string[];
}

/** What two copies of a table have in common: their rows and the sum over all rows of 64 bits of each one's MD5. */
export interface TableSummary {
  rows: number;
  digest: string;
}

/** Where a sequence stands. */
export interface SequenceState {
  /** With its schema, quoted where it must be. */
  name: string;
  last_value: number;
  is_called: boolean;
}

/** All that a database holds at one moment, wherever it lies. */
export interface Contents {
  /** Referenced tables before those that reference them. */
  tables: readonly TableShape[];
  sequences: readonly SequenceState[];
  summarize(table: TableShape): Promise<TableSummary>;
  /** The rows as PostgreSQL's COPY writes text. */
  read(table: TableShape): Promise<Readable>;
}
