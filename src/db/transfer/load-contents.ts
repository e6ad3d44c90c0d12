import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import type { Contents, TableShape } from './contents.ts';
import { describeTables, nameColumns, summarizeTable } from './describe-tables.ts';
import { openSession } from './open-session.ts';

export interface LoadContentsOptions {
  /** A database whose tables exist and hold nothing of anybody's: what a migration has put there is replaced. */
  url: string;
  schemas: readonly string[];
  onTable?(name: string, rows: number): void;
  /** Called when everything is there and checked; what it throws undoes all. */
  beforeCommit?(): Promise<void>;
}

/**
 * Copies the contents into a database in one transaction: all or nothing is there, whatever is killed. Counts the rows of each table and
 * compares their digests before it commits. Returns the rows copied. Throws an Error that names the table whose shape or
 * content differs.
 */
export async function loadContents(contents: Contents, options: LoadContentsOptions): Promise<number> {
  const client = await openSession(options.url);
  try {
    checkShapes(contents.tables, await describeTables(client, options.schemas));
    await client.query('begin');
    const names = contents.tables.map(({ name }) => name);
    // Rows that were written once must not be noted as changes again; what references what is checked all the same.
    for (const name of names) await client.query(`alter table ${name} disable trigger user`);
    if (names.length > 0) await client.query(`truncate ${names.join(', ')}`);
    let rows = 0;
    for (const table of contents.tables) rows += await copyTable(client, contents, table, options);
    for (const { name, last_value, is_called } of contents.sequences)
      await client.query('select setval($1::regclass, $2, $3)', [name, last_value, is_called]);
    await client.query('set constraints all immediate');
    for (const name of names) await client.query(`alter table ${name} enable trigger user`);
    await options.beforeCommit?.();
    await client.query('commit');
    return rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function checkShapes(given: readonly TableShape[], there: readonly TableShape[]): void {
  const columnsOf = new Map(there.map(({ name, columns }) => [name, [...columns].sort().join()]));
  for (const { name, columns } of given) {
    const found = columnsOf.get(name);
    if (found === undefined)
      throw new Error(`${name} is no table of this version of the program: if it is another program's, move it away`);
    if (found !== [...columns].sort().join())
      throw new Error(`${name} has other columns in this version of the program: use the version that wrote it`);
  }
}

async function copyTable(
  client: pg.Client,
  contents: Contents,
  table: TableShape,
  { onTable }: LoadContentsOptions,
): Promise<number> {
  const told = await contents.summarize(table);
  await pipeline(
    await contents.read(table),
    client.query(from(`copy ${table.name} (${nameColumns(table)}) from stdin`)),
  );
  const copied = await summarizeTable(client, table);
  if (copied.rows !== told.rows || copied.digest !== told.digest) {
    throw new Error(
      `${table.name} came over with ${copied.rows} rows of digest ${copied.digest}, was ${told.rows} of ${told.digest}; nothing was kept`,
    );
  }
  onTable?.(table.name, copied.rows);
  return copied.rows;
}
