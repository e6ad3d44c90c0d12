import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import type { Contents, TableShape } from './contents.ts';
import { describeSequences, describeTables, nameColumns, summarizeTable } from './describe-tables.ts';
import { openSession } from './open-session.ts';

export interface LoadContentsOptions {
  /** A database whose tables exist and hold nothing of anybody's: what a migration has put there is replaced. */
  url: string;
  schemas: readonly string[];
  /** Tables that may hold rows already; any other with some has been filled by somebody meanwhile, and nothing is copied. */
  seeded: readonly string[];
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
  await checkShapes(options.url, options.schemas, contents);
  const client = await openSession(options.url);
  try {
    await client.query('begin');
    const names = contents.tables.map(({ name }) => name);
    // Rows that were written once must not be noted as changes again; what references what is checked all the same.
    for (const name of names) await client.query(`alter table ${name} disable trigger user`);
    if (names.length > 0) {
      await client.query(`lock table ${names.join(', ')} in access exclusive mode`);
      await refuseFilled(client, names, options.seeded);
      await client.query(`truncate ${names.join(', ')}`);
    }
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

/** Somebody may have begun to work there since it was found empty, such as a server that was started too early. */
async function refuseFilled(client: pg.Client, names: readonly string[], seeded: readonly string[]): Promise<void> {
  for (const name of names.filter((one) => !seeded.includes(one))) {
    const { rowCount } = await client.query(`select from ${name} limit 1`);
    if (rowCount !== 0)
      throw new Error(
        `${name} was filled by somebody else meanwhile; nothing was copied: stop all servers, and begin again in an empty database`,
      );
  }
}

/** Throws an Error that names a table or sequence which isn't both in the contents and, with the same columns, in the database at `url`. */
export async function checkShapes(
  url: string,
  schemas: readonly string[],
  { tables, sequences }: Pick<Contents, 'tables' | 'sequences'>,
): Promise<void> {
  const client = await openSession(url);
  try {
    compareShapes(tables, await describeTables(client, schemas));
    const there = (await describeSequences(client, schemas)).map(({ name }) => name);
    const given = sequences.map(({ name }) => name);
    const odd = [...there, ...given].find((name) => !there.includes(name) || !given.includes(name));
    if (odd !== undefined || new Set(given).size < given.length)
      throw new Error(
        `the sequence ${odd ?? 'list'} isn't the same in what is to be copied and in this version of the program`,
      );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function compareShapes(given: readonly TableShape[], there: readonly TableShape[]): void {
  const missing = there.find(({ name }) => !given.some((table) => table.name === name));
  if (missing !== undefined) throw new Error(`${missing.name} is missing in what is to be copied`);
  const twice = given.find(({ name }, at) => given.findIndex((table) => table.name === name) < at);
  if (twice !== undefined) throw new Error(`${twice.name} is twice in what is to be copied`);
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
  const target = client.query(from(`copy ${table.name} (${nameColumns(table)}) from stdin`));
  await pipeline(await contents.read(table), target).catch((error: Error) => {
    throw new Error(`${table.name} can't be copied (${error.message}); nothing was kept`, { cause: error });
  });
  const copied = await summarizeTable(client, table);
  if (copied.rows !== told.rows || copied.digest !== told.digest) {
    throw new Error(
      `${table.name} came over with ${copied.rows} rows of digest ${copied.digest}, was ${told.rows} of ${told.digest}; nothing was kept`,
    );
  }
  onTable?.(table.name, copied.rows);
  return copied.rows;
}
