import type pg from 'pg';
import type { SequenceState, TableShape, TableSummary } from './contents.ts';

/** The tables of `schemas`, referenced ones before those that reference them; partitions are read through their parents. */
export async function describeTables(client: pg.ClientBase, schemas: readonly string[]): Promise<TableShape[]> {
  const { rows } = await client.query<{ oid: string; name: string; columns: string[]; parents: string[] }>(
    `select c.oid::text as oid, format('%I.%I', n.nspname, c.relname) as name,
       (select coalesce(array_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)) order by a.attnum), '{}')
          from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       (select coalesce(array_agg(k.confrelid::text), '{}') from pg_constraint k
          where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as parents
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition
       and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
     order by n.nspname, c.relname`,
    [schemas],
  );
  return sortParentsFirst(rows).map(({ name, columns }) => ({ name, columns }));
}

function sortParentsFirst<Row extends { oid: string; name: string; parents: readonly string[] }>(
  rows: readonly Row[],
): Row[] {
  const waiting = new Map(rows.map((row) => [row.oid, row]));
  const sorted: Row[] = [];
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(({ parents }) => !parents.some((oid) => waiting.has(oid)));
    if (free.length === 0)
      throw new Error(`tables reference each other in a circle: ${[...waiting.values()].map(({ name }) => name)}`);
    for (const row of free) waiting.delete(row.oid);
    sorted.push(...free);
  }
  return sorted;
}

/** Where each sequence of `schemas` stands. */
export async function describeSequences(client: pg.ClientBase, schemas: readonly string[]): Promise<SequenceState[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, sequencename) as name from pg_sequences where schemaname = any($1) order by 1`,
    [schemas],
  );
  const states: SequenceState[] = [];
  for (const { name } of rows) {
    const found = await client.query<SequenceState>(`select '${name}' as name, last_value, is_called from ${name}`);
    states.push(...found.rows);
  }
  return states;
}

/** Computed by PostgreSQL, of the rows in any order. MD5 is the one hash that all versions have and none has changed. */
export async function summarizeTable(client: pg.ClientBase, table: TableShape): Promise<TableSummary> {
  const { rows } = await client.query<{ count: number; digest: string }>(
    `select count(*) as count,
       coalesce(sum(('x' || left(md5(row(${nameColumns(table)})::text), 16))::bit(64)::bigint::numeric), 0)::text as digest
     from ${table.name}`,
  );
  return { rows: rows[0]?.count ?? 0, digest: rows[0]?.digest ?? '' };
}

/** The columns' names, quoted where they must be, for a statement. A type begins behind the name's last sign. */
export function nameColumns({ columns }: TableShape): string {
  return columns.map((column) => /^("(?:[^"]|"")+"|\S+) /.exec(column)?.[1]).join(', ');
}
